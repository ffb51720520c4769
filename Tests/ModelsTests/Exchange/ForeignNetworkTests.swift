import Features
import Foundation
import Numerics
import Testing

@testable import Models

/// Networks of PyTorch and of Keras's formulas with their forecasts, made by Tests/Goldens/foreign_network.py.
@Suite("Networks of other programs forecast here what they forecast there")
struct ForeignNetworkTests {
  private struct Golden: Decodable {
    struct One: Decodable {
      let name: String
      let text: String
      let forecasts: [Double]
    }

    let names: [String]
    let window: Int
    let models: [One]
  }

  private func golden() throws -> Golden {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Goldens/foreign_network.json")
    return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: path))
  }

  private func read(_ text: String) throws -> ForeignModel {
    try ForeignModel(.network, Array(text.utf8))
  }

  /// The rows of the script's formula, scaled.
  private func windows(_ golden: Golden, _ count: Int, _ scaler: Scaler) -> WindowedRows {
    var (x, values) = (1, [Float]())
    for _ in 0..<count + golden.window - 1 {
      var row = golden.names.map { _ in
        x = (1_103_515_245 * x + 12_345) % 2_147_483_648
        return Float((x >> 8) % 2_049 - 1_024) / 1_024
      }
      scaler.apply(to: &row)
      values += row
    }
    return WindowedRows(
      values, features: golden.names.count, window: golden.window,
      ends: (0..<count).map { $0 + golden.window }, labels: [Double](repeating: 0, count: count))
  }

  @Test("A thousand windows, to a hundred-thousandth of what they are worth")
  func forecasts() throws {
    let golden = try golden()
    #expect(golden.models.map(\.name) == ["pytorch", "keras"])
    for one in golden.models {
      #expect(one.forecasts.count == 1_000)
      let model = try read(one.text)
      #expect(model.names == golden.names)
      guard case .network(let networks) = model.model else {
        Issue.record("\(one.name) is no network")
        continue
      }
      let spread = Statistics.deviation(one.forecasts, ddof: 0)
      #expect(spread > 2e-5, "\(one.name) forecasts something")
      let found = networks.predict(windows(golden, one.forecasts.count, model.scaler))
      for (window, (ours, theirs)) in zip(found, one.forecasts).enumerated() {
        #expect(abs(ours - theirs) < 1e-5 * 0.003, "\(one.name), window \(window)")
        #expect(abs(ours - theirs) < 1e-3 * spread, "\(one.name), window \(window)")
      }
    }
  }

  @Test("What cannot be taken over is named with its line")
  func refusals() throws {
    let text = try #require(try golden().models.first { $0.name == "keras" }?.text)
    for (from, into, line) in [
      ("network 1\n", "network 2\n", 1), ("names change ", "names strength ", 2),
      ("window 12", "window 0", 3), ("centre ", "centre 1 ", 4), ("spread 0.5", "spread 0", 5),
      ("unit 0.003", "unit -1", 6), ("unit 0.003", "unit inf", 6), ("layers 4", "layers 5", 22),
      ("layers 4", "layers 3", 19), ("lstm 6", "lstm 7", 9), ("lstm 6", "gru 6", 8),
      ("lstm 6", "lstm 1000000", 8), ("hidden ", "hidden 1e60 ", 11), ("bias ", "bias nan ", 9),
      ("dense 7 relu", "dense 7 selu", 16), ("dense 7 relu", "lstm 7", 17),
      ("dense 1 linear", "dense 1 relu", 21), ("dense 1 linear", "tail 1", 19),
    ] {
      let at = try #require(text.range(of: from), "\(from)")
      let changed = text.replacingCharacters(in: at, with: into)
      let error = #expect(throws: ModelsError.self, "\(into)") { try read(changed) }
      guard case .foreignLine(let found, _, _) = error else {
        Issue.record("\(into): \(String(describing: error))")
        continue
      }
      #expect(found == line, "\(into): \(String(describing: error))")
    }
    #expect(throws: ModelsError.self) { try read("") }
    #expect(throws: ModelsError.self) { try read(text + "more 1\n") }
  }

  @Test("Bytes changed at random give an error or a network, never a trap")
  func mutations() throws {
    var generator = Xoshiro256(seed: 12)
    for one in try golden().models {
      let bytes = Array(one.text.utf8)
      for _ in 0..<200 {
        var changed = bytes
        for _ in 0...generator.int(below: 3) {
          changed[generator.int(below: changed.count)] = UInt8(generator.int(below: 96) + 32)
        }
        if generator.int(below: 4) == 0 {
          changed.removeSubrange(generator.int(below: changed.count)...)
        }
        guard let model = try? ForeignModel(.network, changed),
          case .network(let networks) = model.model
        else { continue }
        let length = networks.shape.window * networks.shape.features
        _ = networks.predict([Float](repeating: 0.5, count: length))
      }
    }
  }
}
