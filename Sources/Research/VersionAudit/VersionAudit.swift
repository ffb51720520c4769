internal import Features
internal import Market
import Models
import Numerics
public import Training

/// Proof by trial that a version's evidence is what a purged walk forward makes of its rows, and that the
/// way it was judged can tell skill from luck and luck from leaks.
public struct VersionAudit: Sendable {
  /// In the order in which they were asked.
  public private(set) var findings: [AuditFinding] = []

  public var alarms: [AuditFinding] { findings.filter(\.isAlarm) }

  /// How thoroughly an audit goes about it.
  public struct Terms: Sendable {
    /// How often outcomes are dealt anew.
    public let permutations: Int
    public let seed: UInt64
    /// Columns told a bar early, one at a time.
    public let earlyColumns: Int

    public init(permutations: Int = 3, seed: UInt64 = 1, earlyColumns: Int = 40) {
      precondition(permutations > 0 && earlyColumns >= 0, "something to try")
      self.permutations = permutations
      self.seed = seed
      self.earlyColumns = earlyColumns
    }
  }

  private let experiment: Experiment
  private let sample: Sample
  private let claim: VersionClaim
  private let terms: Terms

  /// `build` is the program that audits; `columns` is what the audit of the recipe has found, `compared` that of
  /// a panel's comparisons.
  public init(
    _ experiment: Experiment, _ sample: Sample, _ claim: VersionClaim, columns: Audit?,
    compared: AuditFinding? = nil, build: String, _ terms: Terms,
    progress: (VersionCheck) -> Void = { _ in }
  ) throws(TrainingError) {
    self.experiment = experiment
    self.sample = sample
    self.claim = claim
    self.terms = terms
    func note(_ finding: AuditFinding) {
      findings.append(finding)
      progress(finding.check)
    }
    if let columns { note(Self.features(columns)) }
    if let compared { note(compared) }
    let checks = ClaimChecks(sample: sample, claim: claim)
    for finding in [checks.labels(), checks.order(), checks.purge(), checks.tests()] {
      note(finding)
    }
    let remade = try walked(sample)
    note(checks.scaler(remade))
    note(forecasts(remade.evidence, isSameBuild: build == claim.build))
    note(bands(claim.evidence))
    note(try permuted())
    note(try canary())
    note(try noise())
    if terms.earlyColumns > 0 { note(try early()) }
  }

  private func walked(_ sample: Sample) throws(TrainingError) -> Walk {
    let walker = try experiment.walker(sample)
    return Walk(
      try walker.folds.map { fold throws(TrainingError) in try walker.result(of: fold) },
      horizonBars: experiment.label.horizonBars)
  }
}

extension VersionAudit {
  static func features(_ audit: Audit) -> AuditFinding {
    guard let first = audit.leaks.first else {
      return AuditFinding(
        .features, isAlarm: false, "\(audit.columns.count) columns, \(audit.cuts) cuts, no leak")
    }
    return AuditFinding(
      .features, isAlarm: true,
      "\(Set(audit.leaks.map(\.column)).count) columns leak, \(audit.columns[first.column].name) "
        + "by \(first.check.rawValue)")
  }

  /// The same build makes the same forecasts from the same rows; another may round otherwise, and two
  /// seeds of the same library agree to 0.8.
  private func forecasts(_ remade: Evidence, isSameBuild: Bool) -> AuditFinding {
    let own = claim.evidence
    guard own.instants == remade.instants, own.instruments == remade.instruments else {
      return AuditFinding(
        .forecasts, isAlarm: true,
        "\(own.count) forecasts, a purged walk over these rows makes \(remade.count) of others")
    }
    let gaps = zip(own.forecasts, remade.forecasts).map { abs($0 - $1) }
    let width = Statistics.deviation(own.forecasts, ddof: 0)
    guard let gap = gaps.max(), gap > 1e-9 * width else {
      return AuditFinding(.forecasts, isAlarm: false, "remade to the last digits")
    }
    let found = Statistics.pearson(own.forecasts, remade.forecasts)
    let told = found.isFinite ? "\((found * 1_000).rounded() / 1_000)" : "none"
    return AuditFinding(
      .forecasts, isAlarm: isSameBuild || !(found > 0.8),
      "remade folds forecast otherwise: correlation \(told)"
        + (isSameBuild ? "" : " with another build's"))
  }

  private func bands(_ evidence: Evidence) -> AuditFinding {
    let alarms = Self.alarms(evidence)
    return alarms.isEmpty
      ? AuditFinding(.bands, isAlarm: false, "no score is too good to be believed")
      : AuditFinding(.bands, isAlarm: true, alarms.map(Self.text).joined(separator: "; "))
  }

  /// Of many instruments the order within each instant is judged as well.
  private static func alarms(_ evidence: Evidence) -> [LeakAlarm] {
    let scores = Scores(evidence)
    return LeakAlarm.raised(by: scores, panelRankIC: scores.panel?.rankIC)
  }

  private static func text(_ alarm: LeakAlarm) -> String {
    let (found, limit) = alarm.measure
    return "\(alarm.name) \(short(found)), above \(short(limit))"
  }

  /// To four decimals.
  private static func short(_ value: Double) -> String {
    "\((value * 10_000).rounded() / 10_000)"
  }

  /// Blocks of four horizons: long enough to keep what neighbours share.
  private func permuted() throws(TrainingError) -> AuditFinding {
    var found: [Double] = []
    for round in 0..<terms.permutations {
      let dealt = sample.dealingLabels(
        blockBars: 4 * experiment.label.horizonBars, seed: terms.seed + UInt64(round))
      found.append(Scores(try walked(dealt).evidence).r2Zero ?? 0)
    }
    let skilled = found.count { $0 > 0.002 }
    let text = found.map { "\(($0 * 100_000).rounded() / 1_000) %" }.joined(separator: ", ")
    return AuditFinding(
      .permuted, isAlarm: 2 * skilled > found.count, "R² with outcomes dealt anew: \(text)")
  }

  private func canary() throws(TrainingError) -> AuditFinding {
    guard experiment.parameters.readsFeatures else {
      return AuditFinding(.canary, isAlarm: false, "the model reads no features")
    }
    let evidence = try walked(sample.withItsLabel).evidence
    guard let first = Self.alarms(evidence).first else {
      return AuditFinding(
        .canary, isAlarm: true, "the label among the features goes unnoticed: the audit is blind")
    }
    return AuditFinding(
      .canary, isAlarm: false, "the label among the features is noticed: \(Self.text(first))")
  }

  /// Noise may rank high among features that are all worth nothing; worth a thousandth of what there is
  /// to explain, and in the top third, it may not be.
  private func noise() throws(TrainingError) -> AuditFinding {
    guard experiment.parameters.readsFeatures else {
      return AuditFinding(.noise, isAlarm: false, "the model reads no features")
    }
    let count = 3
    let noisy = sample.addingNoise(count, seed: terms.seed)
    let walker = try experiment.walker(noisy)
    var sums = [Double](repeating: 0, count: noisy.features.columns)
    for fold in walker.folds {
      let fit = try walker.result(of: fold).fit
      for (column, worth) in walker.worths(of: fit, seed: terms.seed) { sums[column] += worth }
    }
    let worths = sums.map { $0 / Double(walker.folds.count) }
    let order = worths.indices.sorted { (-worths[$0], $0) < (-worths[$1], $1) }
    let first = worths.count - count
    let loud = order.prefix(worths.count / 3).filter { $0 >= first && worths[$0] > 0.001 }
    let places = (first..<worths.count).map { column in
      "\((order.firstIndex(of: column) ?? 0) + 1)"
    }
    return AuditFinding(
      .noise, isAlarm: !loud.isEmpty,
      "three columns of noise rank \(places.joined(separator: ", ")) of \(worths.count)")
  }

  /// By ridge on the last fold alone, for each column in turn; it shows, and accuses nobody.
  private func early() throws(TrainingError) -> AuditFinding {
    let honest = try earlyIC(sample)
    var found: [(name: String, ic: Double)] = []
    for column in 0..<min(terms.earlyColumns, sample.features.columns) {
      found.append((sample.features.names[column], try earlyIC(sample.hastening(column))))
    }
    guard let worst = found.max(by: { abs($0.ic) < abs($1.ic) }) else {
      return AuditFinding(.early, isAlarm: false, "no column to tell early")
    }
    let seen = found.count { abs($0.ic) > max(0.1, 2 * abs(honest)) }
    return AuditFinding(
      .early, isAlarm: false,
      "\(worst.name) a bar early lifts rank IC from \(Self.short(honest)) to \(Self.short(worst.ic)); "
        + "\(seen) of \(found.count) columns would be noticed so")
  }

  private func earlyIC(_ sample: Sample) throws(TrainingError) -> Double {
    let plan = try experiment.plan(sample)
    let ridge: RidgeParameters
    do throws(ModelsError) {
      ridge = try RidgeParameters(overlapBars: experiment.label.horizonBars)
    } catch { throw .model(error) }
    let walker = try Walker(
      sample, plan: plan, parameters: .ridge(ridge),
      horizonBars: experiment.label.horizonBars)
    guard let last = walker.folds.last else { return 0 }
    let scores = Scores(try walker.result(of: last).evidence)
    return scores.panel?.rankIC ?? scores.rankIC ?? 0
  }
}
