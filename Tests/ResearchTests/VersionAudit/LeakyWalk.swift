import Features
import Market
import Models
import Numerics
import Research

@testable import Training

/// Walks that cheat, each in one way, and what versions made of them would claim.
struct LeakyWalk {
  let experiment: Experiment
  let sample: Sample
  let plan: FoldPlan
  let names: [String]

  init(
    bars: [Bar], recipe: Recipe, parameters: ModelParameters, horizon: Int = 5
  ) throws {
    experiment = Experiment(
      symbol: Symbol(code: "rb2105", exchange: .shfe), interval: .minute, recipe: recipe,
      label: LabelDefinition(horizonBars: horizon),
      folds: Folding(count: 3, firstShare: 0.4, isRolling: false, embargoBars: 0),
      parameters: parameters)
    sample = experiment.sample(bars, grid: Planted.grid)
    plan = try experiment.plan(sample)
    names = sample.features.names
  }

  /// With columns made elsewhere.
  init(_ other: LeakyWalk, adding columns: [(name: String, values: [Float])]) throws {
    experiment = other.experiment
    sample = other.sample.adding(columns)
    plan = other.plan
    names = sample.features.names
  }

  static let build = "test"

  func audit(_ claim: VersionClaim, columns: Audit? = nil) throws -> VersionAudit {
    try VersionAudit(
      experiment, sample, claim, columns: columns, build: Self.build,
      VersionAudit.Terms(permutations: 1, earlyColumns: 2))
  }

  func honest() throws -> VersionClaim {
    claim(try experiment.walker(sample).folds.map { try experiment.walker(sample).result(of: $0) })
  }

  private func claim(_ results: [FoldResult]) -> VersionClaim {
    VersionClaim(
      Walk(results, horizonBars: experiment.label.horizonBars), names: names, build: Self.build)
  }

  /// Each fold's model, fitted by `fit` on rows of its choice and a scaler of its choice.
  private func walk(
    scaler rows: (Fold) -> [Int],
    _ fit: (Fold, Lens) throws -> (fold: Fold, model: Model, trainRows: Int)
  ) throws -> VersionClaim {
    let known = KnownLabels(sample)
    return claim(
      try plan.folds(of: sample).map { fold in
        let lens = try experiment.preparation.lens(
          sample, rows(fold), nil, .ridge(RidgeParameters(overlapBars: 5)))
        let (fold, model, count) = try fit(fold, lens)
        let test = sample.tested(fold)
        var evidence = Evidence(horizonBars: experiment.label.horizonBars)
        evidence.append(
          sample, test, fold.number, model.predict(sample.scaled(test, by: lens)), known)
        return FoldResult(
          fit: FoldFit(
            fold: fold, selection: nil, columns: lens.columns, scaler: lens.scaler, model: model,
            worth: 1, trainRows: count, testRows: test.count), evidence: evidence)
      })
  }

  private func learned(_ rows: [Int], _ lens: Lens) throws -> Model {
    try experiment.parameters.fit(try sample.lesson(rows, lens, .equal))
  }

  func scalingByAllRows() throws -> VersionClaim {
    try walk(scaler: { _ in sample.usableRows }) { fold, lens in
      let rows = sample.learned(fold)
      return (fold, try learned(rows, lens), rows.count)
    }
  }

  /// Learns right up to the test, from labels that reach into it.
  func overlappingLabels() throws -> VersionClaim {
    try walk(scaler: { sample.learned($0) }) { fold, lens in
      let start = fold.test[0].lowerBound
      let rows = sample.learnableRows.filter { $0 < start }
      let wrong = Fold(
        number: fold.number, train: [0..<start], test: fold.test, embargoBars: 0, of: sample)
      return (wrong, try learned(rows, lens), rows.count)
    }
  }

  /// The test's error tells when to stop.
  func stoppingByTheTest(_ parameters: BoostParameters) throws -> VersionClaim {
    try walk(scaler: { sample.learned($0) }) { fold, lens in
      let rows = sample.learned(fold)
      let model = try parameters.fit(
        try sample.lesson(rows, lens, .equal),
        validation: try sample.lesson(sample.tested(fold), lens, .equal))
      return (fold, .boosted(model.ensemble), rows.count)
    }
  }

  /// Rows dealt to folds by an index made by hand.
  func shuffled() throws -> VersionClaim {
    var random = Xoshiro256(seed: 3)
    let usable = sample.learnableRows
    let dealt = random.permutation(usable.count).map { usable[$0] }
    let known = KnownLabels(sample)
    let instants = sample.features.instants
    var evidence = Evidence(horizonBars: experiment.label.horizonBars)
    var folds: [VersionClaim.FoldClaim] = []
    for number in 1...3 {
      let test = dealt.indices.filter { $0 % 3 == number - 1 }.map { dealt[$0] }.sorted()
      let train = dealt.indices.filter { $0 % 3 != number - 1 }.map { dealt[$0] }.sorted()
      let lens = experiment.preparation.lens(sample, train, nil, experiment.parameters)
      let model = try learned(train, lens)
      evidence.append(
        sample, test, number, model.predict(sample.scaled(test, by: lens)), known)
      folds.append(
        VersionClaim.FoldClaim(
          number: number, trainFrom: instants[train[0]], trainTo: instants[train[train.count - 1]],
          trainRows: train.count, testFrom: instants[test[0]],
          testTo: instants[test[test.count - 1]], testRows: test.count, scaler: nil))
    }
    return VersionClaim(folds: folds, evidence: evidence, build: Self.build)
  }
}
