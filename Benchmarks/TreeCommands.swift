import Console
import Models
import Numerics

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
      .threads,
    ],
    examples: [Example("trees --data bench/r50k", "As in peers.py gbm")]
  ) { invocation in
    let data = try RegressionData(try invocation.prefix())
    let parameters = try boosting(invocation)
    let threads = try invocation.integer("threads", in: 1...256) ?? 1
    let (boosted, timing) = try Timing.of { try parameters.fit(data.training, workers: threads) }
    let (forecasts, predicting) = Timing.of { boosted.ensemble.predict(data.validation) }
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

  private static func boosting(_ invocation: Invocation) throws(Failure) -> BoostParameters {
    var growth = GrowthParameters()
    growth.leaves = try invocation.integer("leaves", in: 2...1_000_000) ?? 31
    growth.bins = try invocation.integer("bins", in: 2...255) ?? 255
    growth.leastLeafRows = try invocation.integer("min-leaf", in: 1...1_000_000) ?? 20
    do {
      return try BoostParameters(
        growth: growth, rounds: try invocation.integer("trees", in: 1...100_000) ?? 200,
        rate: try invocation.number("rate", in: 0...1) ?? 0.05)
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
}

extension Invocation {
  func prefix() throws(Failure) -> String {
    guard let prefix = text("data") else { throw Failure(.usage, "--data PREFIX is missing") }
    return prefix
  }
}
