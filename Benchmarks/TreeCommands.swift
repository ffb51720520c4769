import Console
import Models
import Numerics
import Workbench

extension Command {
  static let trees = Command(
    "trees", "Boost trees on a made regression, binning included",
    flags: [
      Flag.data,
      Flag("trees", value: "N", "Trees grown.", shownDefault: "200"),
      Flag("leaves", value: "N", "Leaves of a tree.", shownDefault: "31"),
      Flag("rate", value: "X", "What of each tree is taken.", shownDefault: "0.05"),
      Flag("bins", value: "N", "Codes a feature.", shownDefault: "255"),
      Flag("min-leaf", value: "N", "Rows of a leaf at least.", shownDefault: "20"),
      Flag("row-share", value: "X", "Rows that each tree sees.", shownDefault: "1"),
      Flag("seed", value: "N", "The seed of its chance.", shownDefault: "1"),
      .threads, .forecasts,
    ],
    examples: [Example("trees --data bench/r50k", "As in peers.py gbm")]
  ) { invocation in
    let data = try RegressionData(try invocation.prefix())
    let parameters = try boosting(invocation)
    let threads = try invocation.integer("threads", in: 1...256) ?? 1
    let (boosted, timing) = try Timing.of { try parameters.fit(data.training, workers: threads) }
    let (forecasts, predicting) = Timing.of { boosted.ensemble.predict(data.validation) }
    try invocation.keep(forecasts)
    invocation.terminal.print(
      result(
        "gbm", timing,
        [
          ("params", .text("trees=\(boosted.ensemble.trees) leaves=\(parameters.growth.leaves)")),
          ("rows", .integer(data.training.labels.count)), ("cols", .integer(data.columns)),
          ("threads", .integer(threads)), ("fit_s", .number(timing.wall)),
          ("fit_cpu_s", .number(timing.cpu)), ("predict_s", .number(predicting.wall)),
          ("predict_cpu_s", .number(predicting.cpu)),
        ] + data.scores(forecasts)))
    return .ok
  }

  static let forest = Command(
    "forest", "Grow a random forest on a made regression, binning included",
    flags: [
      Flag.data,
      Flag("trees", value: "N", "Trees grown.", shownDefault: "100"),
      Flag("max-features", value: "X", "Share of features of a node.", shownDefault: "0.333"),
      Flag("min-leaf", value: "N", "Rows of a leaf at least.", shownDefault: "1"),
      Flag("seed", value: "N", "The seed of its chance.", shownDefault: "1"),
      .threads, .forecasts,
    ],
    examples: [Example("forest --data bench/r50k --trees 10", "As in peers.py forest, fewer trees")]
  ) { invocation in
    let data = try RegressionData(try invocation.prefix())
    let parameters = try foresting(invocation)
    let threads = try invocation.integer("threads", in: 1...256) ?? 1
    let (forested, timing) = try Timing.of { try parameters.fit(data.training, workers: threads) }
    let (forecasts, predicting) = Timing.of { forested.ensemble.predict(data.validation) }
    try invocation.keep(forecasts)
    let share = parameters.growth.nodeFeatures
    invocation.terminal.print(
      result(
        "forest", timing,
        [
          ("params", .text("trees=\(parameters.trees) max_features=\(share)")),
          ("rows", .integer(data.training.labels.count)), ("cols", .integer(data.columns)),
          ("threads", .integer(threads)), ("fit_s", .number(timing.wall)),
          ("fit_cpu_s", .number(timing.cpu)), ("predict_s", .number(predicting.wall)),
          ("predict_cpu_s", .number(predicting.cpu)),
          ("oob_r2", forested.outOfBagR2.map { .number($0) } ?? .null),
        ] + data.scores(forecasts)))
    return .ok
  }

  static let treesLatency = Command(
    "trees-latency", "Time the forecast of one row by 200 trees of 31 leaves",
    flags: [Flag.data, Flag("calls", value: "N", "Rows asked for.", shownDefault: "20000")],
    examples: [Example("trees-latency --data bench/r50k", "As peers/ask_trees.py --task row")]
  ) { invocation in
    let data = try RegressionData(try invocation.prefix())
    let calls = try invocation.integer("calls", in: 100...10_000_000) ?? 20_000
    let boosted = try BoostParameters().fit(data.training)
    let model = Model.boosted(boosted.ensemble)
    let rows = (0..<data.validation.rows).map { row in
      (0..<data.columns).map { data.validation[row, $0] }
    }
    var (micros, squares) = ([Double](), 0.0)
    let (_, timing) = Timing.of {
      for call in 0..<calls {
        let start = wallSeconds()
        let forecast = model.predict(rows[call % rows.count])
        micros.append((wallSeconds() - start) * 1e6)
        squares += forecast * forecast
      }
    }
    micros.sort()
    invocation.terminal.print(
      result(
        "gbm-latency", timing,
        [
          ("trees", .integer(boosted.ensemble.trees)), ("calls", .integer(calls)),
          ("p50_us", .number(micros[calls / 2])), ("p99_us", .number(micros[calls * 99 / 100])),
          ("check", .number((squares / Double(calls)).squareRoot())),
        ]))
    return .ok
  }

  private static func foresting(_ invocation: Invocation) throws(Failure) -> ForestParameters {
    var growth = ForestParameters.usualGrowth
    growth.leastLeafRows = try invocation.integer("min-leaf", in: 1...1_000_000) ?? 1
    growth.nodeFeatures = try invocation.number("max-features", in: 0...1) ?? 0.333
    let trees = try invocation.integer("trees", in: 1...10_000) ?? 100
    do {
      let seed = try invocation.integer("seed", in: 0...Int.max) ?? 1
      return try ForestParameters(growth: growth, trees: trees, seed: UInt64(seed))
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.usage, "\(error)")
    }
  }

  private static func boosting(_ invocation: Invocation) throws(Failure) -> BoostParameters {
    var growth = GrowthParameters()
    growth.leaves = try invocation.integer("leaves", in: 2...1_000_000) ?? 31
    growth.bins = try invocation.integer("bins", in: 2...255) ?? 255
    growth.leastLeafRows = try invocation.integer("min-leaf", in: 1...1_000_000) ?? 20
    do {
      let seed = try invocation.integer("seed", in: 0...Int.max) ?? 1
      return try BoostParameters(
        growth: growth, rounds: try invocation.integer("trees", in: 1...100_000) ?? 200,
        rate: try invocation.number("rate", in: 0...1) ?? 0.05,
        rowShare: try invocation.number("row-share", in: 0...1) ?? 1, seed: UInt64(seed))
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.usage, "\(error)")
    }
  }
}

extension Flag {
  static let data = Flag("data", value: "PREFIX", "The files PREFIX.json, .X.f32 and .y.f32.")
  static let threads = Flag("threads", value: "N", "Threads at most.", shownDefault: "1")
  static let forecasts = Flag(
    "out", value: "FILE", "Keep the forecasts of the last rows, double precision.")
}

extension Invocation {
  /// Writes forecasts where they were asked for.
  func keep(_ forecasts: [Double]) throws(Failure) {
    guard let path = text("out") else { return }
    try writeFile(forecasts.withUnsafeBytes { [UInt8]($0) }, to: path)
  }

  func prefix() throws(Failure) -> String {
    guard let prefix = text("data") else { throw Failure(.usage, "--data PREFIX is missing") }
    return prefix
  }
}
