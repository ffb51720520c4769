import Features
import Foundation
import Numerics
import Testing

@testable import Models

/// Models and forecasts of LightGBM and scikit-learn, made by Tests/Goldens/exchange.py.
@Suite("Models of other programs forecast here what they forecast there")
struct ForeignModelTests {
  private struct Golden: Decodable {
    struct One: Decodable {
      let name: String
      let format: String
      let text: String
      let forecasts: [Double]
    }

    let names: [String]
    let rows: [[Float?]]
    let models: [One]
  }

  private func golden() throws -> Golden {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Goldens/exchange.json")
    return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: path))
  }

  private func read(_ one: Golden.One) throws -> ForeignModel {
    let format = try #require(ForeignModel.Format(rawValue: one.format))
    return try ForeignModel(format, Array(one.text.utf8))
  }

  @Test("Every kind of question, absent values and unknown categories included")
  func forecasts() throws {
    let golden = try golden()
    #expect(golden.models.count == 10)
    for one in golden.models {
      let model = try read(one)
      #expect(model.names == golden.names, "\(one.name)")
      for (row, expected) in zip(golden.rows, one.forecasts) {
        let found = model.model.predict(row.map { $0 ?? .nan })
        #expect(abs(found - expected) <= 1e-6 * max(1, abs(expected)), "\(one.name): \(row)")
      }
    }
  }

  @Test("LightGBM's text, read and written, reads the same")
  func again() throws {
    for one in try golden().models where one.format == "lightgbm" {
      let model = try read(one)
      let identity = Scaler.identity(columns: model.names.count)
      let text = try model.model.lightGbm(names: model.names, scaler: identity)
      let other = try ForeignModel(.lightgbm, text)
      for row in try golden().rows {
        let row = row.map { $0 ?? .nan }
        #expect(abs(other.model.predict(row) - model.model.predict(row)) < 1e-6, "\(one.name)")
      }
    }
  }

  @Test("What cannot be taken over is named with its line")
  func refusals() throws {
    let models = try golden().models
    let text = try #require(models.first { $0.name == "categories" }?.text)
    for (from, into) in [
      ("version=v4", "version=v2"), ("num_class=1", "num_class=3"),
      ("objective=regression", "objective=binary sigmoid:1"),
      ("feature_names=change strength", "feature_names=change change"),
      ("is_linear=0", "is_linear=1"), ("left_child=", "left_child=0 "),
      ("cat_boundaries=0 ", "cat_boundaries=1 "), ("leaf_value=", "leaf_value=nan "),
      ("end of trees", "tail"),
    ] {
      #expect(text.contains(from))
      #expect(throws: ModelsError.self, "\(into)") {
        try ForeignModel(.lightgbm, Array(text.replacing(from, with: into).utf8))
      }
    }
    let forest = try #require(models.first { $0.format == "sklearn" }?.text)
    for (from, into) in [
      ("trees 1\n", "trees 2\n"), ("\ntrees 4", "\ntrees 5"), ("\nleft 1 ", "\nleft 0 "),
      ("\nfeature ", "\nfeature 4 "), ("missing_left 1", "missing_left 2"),
    ] {
      #expect(forest.contains(from))
      #expect(throws: ModelsError.self, "\(into)") {
        try ForeignModel(.sklearn, Array(forest.replacing(from, with: into).utf8))
      }
    }
    #expect(throws: ModelsError.self) { try ForeignModel(.lightgbm, []) }
    #expect(throws: ModelsError.self) { try ForeignModel(.sklearn, []) }
  }

  @Test("Bytes changed at random give an error or a model, never a trap")
  func mutations() throws {
    var generator = Xoshiro256(seed: 12)
    for one in try golden().models {
      let bytes = Array(one.text.utf8)
      let format = try #require(ForeignModel.Format(rawValue: one.format))
      for _ in 0..<150 {
        var changed = bytes
        for _ in 0...generator.int(below: 4) {
          changed[generator.int(below: changed.count)] = UInt8(generator.int(below: 96) + 32)
        }
        if generator.int(below: 4) == 0 {
          changed.removeSubrange(generator.int(below: changed.count)...)
        }
        guard let model = try? ForeignModel(format, changed) else { continue }
        let row = [Float](repeating: 0.5, count: model.names.count)
        #expect(!model.model.predict(row).isNaN)
      }
    }
  }
}
