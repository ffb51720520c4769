import Bytes
import Console
import Features
import Market
import ModelStore
import Models
import Numerics
import Research
import Workbench

extension Command {
  static let compress = Command(
    "compress", "Seal a network again with weights of 8 or 16 bits",
    about: """
      Both networks forecast every bar of the settings' days, live as a run would; the table tells how \
      far their forecasts lie apart and how well each did. The new version is smaller, not faster: it \
      reckons in single precision.
      """,
    flags: [
      Flag(
        "bits", value: "N", "Bits of a stored weight.", accepts: .oneOf(["8", "16"]),
        shownDefault: "8"),
      .models,
    ],
    operands: [Operand("VERSION", "An alias, a number, or seven digits of its id.")],
    examples: [Example("compress champion --bits 8", "A version of a third of the size")]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let model = try work.proven(invocation.operand("VERSION") ?? "")
    let bits = WeightPrecision(rawValue: Int(invocation.text("bits") ?? "8") ?? 8) ?? .bits8
    guard let networks = try model.networks().rounded(to: bits) else {
      throw Failure(.failed, "version \(model.version.name) cannot be rounded")
    }
    let small = model.trained.with(.network(networks))
    let loss = try CompressionLoss(model.trained, small, over: try work.load())
    let version = try work.seal(small, like: model, bits: bits.rawValue)
    let sizes = [model.trained, small].map { $0.encoded().count }
    if invocation.terminal.isJSON {
      invocation.terminal.print([
        "number": .integer(version.number), "id": .text(version.id.hex),
        "bytes_before": .integer(sizes[0]), "bytes": .integer(sizes[1]),
        "difference": .number(loss.difference), "rmse_before": .number(loss.rmse[0]),
        "rmse": .number(loss.rmse[1]), "forecasts": .integer(loss.count),
      ])
      return .ok
    }
    invocation.terminal.print(loss.table(sizes))
    invocation.terminal.print("\nversion \(version.number) \(version.name) \(version.model)\n")
    return .ok
  }
}

extension WorkSettings {
  /// A version like another with another forecaster: its evidence stays that of the one it was made of.
  fileprivate func seal(
    _ trained: TrainedModel, like model: ProvenModel, bits: Int
  ) throws(Failure) -> Version {
    do {
      let bundle = try store.load(model.version)
      let rows = try Probe(decoding: bundle[.probe]).rows
      var origin = model.version.manifest.origin
      origin.name = String("\(origin.name)-\(bits)bit".suffix(40))
      origin.parent = model.version.id
      let smaller = try Bundle(origin) { part in
        switch part {
        case .forecaster: trained.encoded()
        case .probe: Probe(trained, rows: rows).encoded()
        default: bundle[part]
        }
      }
      return try store.add(smaller, at: wallClock(), difference: ProvenModel.difference)
    } catch { throw Failure(.store, "\(error)") }
  }
}

/// How far the forecasts of two models lie apart over the same bars, and how each did.
private struct CompressionLoss {
  private(set) var count = 0
  /// The root mean square of what lies between them, as a share of that of the first's forecasts.
  let difference: Double
  /// Against the outcomes, where there is one.
  let rmse: [Double]

  init(_ whole: TrainedModel, _ small: TrainedModel, over series: [LoadedSeries]) throws(Failure) {
    var (apart, size, scored) = (0.0, 0.0, 0)
    var squares = [0.0, 0.0]
    for one in series where whole.symbols.contains(one.symbol) {
      let deviations = whole.label.volatility.map {
        FeatureMatrix($0.recipe, bars: one.bars, grid: one.grid).values.values
      }
      let labels = Labels(
        whole.label, bars: one.bars, isTradable: one.isTradable, deviations: deviations)
      var grids = [Grid?](repeating: nil, count: (one.bars.first?.instrument.value ?? 0) + 1)
      grids[grids.count - 1] = one.grid
      let marks = grids.map { _ in one.marks }
      var first = Forecaster(whole, as: ModelID(1), grids: grids, marks: marks)
      var second = Forecaster(small, as: ModelID(2), grids: grids, marks: marks)
      for (row, bar) in one.bars.enumerated() {
        guard let before = first.forecast(after: bar)?.expectedReturn,
          let after = second.forecast(after: bar)?.expectedReturn
        else { continue }
        count += 1
        apart += (before - after) * (before - after)
        size += before * before
        guard labels.isLabelled(row), !labels.isMissed[row] else { continue }
        scored += 1
        for (place, forecast) in [before, after].enumerated() {
          squares[place] += (labels.returns[row] - forecast) * (labels.returns[row] - forecast)
        }
      }
    }
    guard count > 0, scored > 0 else {
      throw Failure(.data, "no bar of the settings' days is forecast by this version")
    }
    difference = size > 0 ? (apart / size).squareRoot() : 0
    rmse = squares.map { ($0 / Double(scored)).squareRoot() }
  }

  func table(_ sizes: [Int]) -> Table {
    var table = Table(
      .text("network"), .number("bytes"), .number("forecasts"), .number("RMSE bp"),
      .number("apart"))
    for (place, name) in ["as sealed", "rounded"].enumerated() {
      table.add(
        name, "\(sizes[place])", "\(count)",
        DoubleText.fixed(rmse[place] * 10_000, decimals: 5),
        place == 0 ? "–" : DoubleText.fixed(difference * 100, decimals: 3) + " %")
    }
    return table
  }
}
