import Console
import Models
import Numerics

/// Questions to boosted trees of 31 leaves: many rows at once, and why.
extension Command {
  static let treesBatch = Command(
    "trees-batch", "Time the forecasts of many rows by 200 trees",
    flags: [
      Flag.data,
      Flag(
        "rows", value: "N", "Rows asked for, the data's over and over.", shownDefault: "1000000"),
      .threads,
    ],
    examples: [Example("trees-batch --data bench/r50k", "As LightGBM's predict")]
  ) { invocation in
    let data = try RegressionData(try invocation.prefix())
    let count = try invocation.integer("rows", in: 1...100_000_000) ?? 1_000_000
    let threads = try invocation.integer("threads", in: 1...256) ?? 1
    let trees = try BoostParameters().fit(data.training).ensemble
    let (rows, held) = (data.repeated(count), data.validation.rows)
    let (forecasts, timing) = Timing.of { trees.predict(rows, workers: threads) }
    let shown = (0..<held).map { forecasts.indices.contains($0) ? forecasts[$0] : 0 }
    invocation.terminal.print(
      result(
        "gbm-batch", timing,
        [
          ("rows", .integer(count)), ("trees", .integer(trees.trees)),
          ("threads", .integer(threads)),
        ] + data.scores(shown)))
    return .ok
  }

  static let treesShap = Command(
    "trees-shap", "Time the Shapley values of rows by 200 trees",
    flags: [Flag.data, Flag("rows", value: "N", "Rows asked for.", shownDefault: "10000")],
    examples: [Example("trees-shap --data bench/r50k", "As LightGBM's pred_contrib")]
  ) { invocation in
    let data = try RegressionData(try invocation.prefix())
    let count = try invocation.integer("rows", in: 1...10_000_000) ?? 10_000
    let trees = try BoostParameters().fit(data.training).ensemble
    let rows = data.repeated(count)
    let (contributions, timing) = Timing.of { trees.contributions(rows) }
    let forecasts = trees.predict(rows)
    var sums = [Double](repeating: trees.expectedForecast, count: count)
    for column in 0..<data.columns {
      for row in 0..<count { sums[row] += contributions[row, column] }
    }
    let gap = zip(sums, forecasts).map { abs($0 - $1) }.max() ?? 0
    invocation.terminal.print(
      result(
        "gbm-shap", timing,
        [
          ("rows", .integer(count)), ("trees", .integer(trees.trees)), ("gap", .number(gap)),
          ("check", .number(Statistics.mean(sums.map { $0 * $0 }).squareRoot())),
        ]))
    return .ok
  }
}

extension RegressionData {
  /// So many rows: those not learned from, over and over.
  func repeated(_ count: Int) -> FloatMatrix {
    var rows = FloatMatrix(rows: count, columns: columns)
    for column in 0..<columns {
      for row in 0..<count { rows[row, column] = validation[row % validation.rows, column] }
    }
    return rows
  }
}
