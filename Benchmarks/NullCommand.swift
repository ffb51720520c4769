import Console
import Models
import Training
import Trials

/// What forecasts random walks.
private enum NullKind: String, CaseIterable {
  case ridge
  case trees
  case forest
  case lstm

  /// As the settings have it unless told otherwise: all but the forest may find that nothing is best.
  func shipped(overlapBars: Int) throws(ModelsError) -> ModelParameters {
    var growth = GrowthParameters()
    switch self {
    case .ridge: return .ridge(try RidgeParameters(overlapBars: overlapBars))
    case .trees:
      growth.leaves = 15
      growth.leastLeafShare = 0.01
      growth.treeFeatures = 0.5
      growth.l2 = 10
      return .boosted(
        try BoostParameters(
          growth: growth, rounds: 400, rate: 0.03, rowShare: 0.7, patience: 40, startsAtZero: true))
    case .forest: return try AgreementBench.Kind.forest.parameters(rows: 1_200, seed: 1)
    case .lstm:
      var network = NetworkParameters()
      network.decay = 3
      network.averaging = 1
      network.shrinks = true
      network.overlapBars = overlapBars
      return .network(network)
    }
  }
}

extension Command {
  static let nulls = Command(
    "nulls", "Forecast random walks: how often tests of skill cry out",
    about: """
      Each seed is a random walk of its own with volatility that clusters, walked forward by each kind \
      of model. Counts the seeds at which Clark and West's test and that of the rank IC reject at 5 %, \
      and those with an R² above 0.2 %; ends with 1 where one comes oftener than chance allows of so \
      many seeds (2.5 %). --exchanged exchanges the labels in blocks longer than their horizon.
      """,
    flags: [
      Flag("seeds", value: "N", "Markets for each kind of model.", shownDefault: "150"),
      Flag("first", value: "N", "The first seed.", shownDefault: "1"),
      Flag(
        "model", value: "KIND", "What learns.",
        accepts: .oneOf(NullKind.allCases.map(\.rawValue) + ["all"]),
        shownDefault: "all"),
      Flag("exchanged", "Exchange the labels."),
      Flag("workers", value: "N", "Threads; they change no result.", shownDefault: "1"),
    ],
    examples: [Example("nulls --seeds 20 --model ridge", "A quick look")]
  ) { invocation in
    let count = try invocation.integer("seeds", in: 2...100_000) ?? 150
    let first = try invocation.integer("first", in: 0...1_000_000_000) ?? 1
    let workers = try invocation.integer("workers", in: 1...256) ?? 1
    let chosen = invocation.text("model") ?? "all"
    var ending = ExitCode.ok
    for kind in NullKind.allCases where chosen == "all" || chosen == kind.rawValue {
      let (study, timing) = try Timing.of { () throws(Failure) in
        do {
          return try NullStudy(
            try kind.shipped(overlapBars: NullStudy.horizonBars), seeds: first...first + count - 1,
            isExchanged: invocation.has("exchanged"), workers: workers)
        } catch { throw Failure(.data, "\(error)") }
      }
      if !study.holds { ending = .failed }
      invocation.terminal.print(
        result(
          "nulls", timing,
          [
            ("model", .text(kind.rawValue)), ("first_seed", .integer(first)),
            ("seeds", .integer(count)), ("exchanged", .flag(invocation.has("exchanged"))),
            ("clark_west", .integer(study.clarkWest)), ("rank_ic", .integer(study.rankIC)),
            ("r2_above_0.2%", .integer(study.explained)), ("most", .integer(study.most)),
            ("mean_r2", .number(study.meanR2)), ("holds", .flag(study.holds)),
          ]))
    }
    return ending
  }
}
