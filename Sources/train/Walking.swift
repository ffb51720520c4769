import Bytes
import Console
import Features
import Market
import Models
import Research
import Training
import Workbench

extension Flag {
  static let symbol = Flag(
    "symbol", value: "SYMBOL", "The series to learn from.", setting: "data.symbols")
  static let from = Flag("from", value: "DATE", "First trading day used.", setting: "data.from")
  static let until = Flag("until", value: "DATE", "Last trading day used.", setting: "data.until")
  static let model = Flag(
    "model", value: "KIND", "What learns.",
    accepts: .oneOf(["ridge", "trees", "forest", "zero", "last"]),
    shownDefault: "ridge", setting: "model.kind")
  static let recipe = Flag(
    "recipe", value: "NAME", "What it sees: a file of config/recipes.",
    shownDefault: "stationary", setting: "features.recipe")
  static let label = Flag(
    "label", value: "KIND", "What it is asked: the return, the return in volatilities, barriers.",
    accepts: .oneOf(["return", "scaled", "barrier"]), shownDefault: "return",
    setting: "label.kind")
  static let select = Flag(
    "select", value: "N", "The most features it is given, chosen by each fold's past.",
    shownDefault: "30", setting: "features.select")
  static let scaling = Flag(
    "scaling", value: "KIND", "How features are brought to one measure.",
    accepts: .oneOf(["standard", "robust", "normal", "minmax", "none"]),
    shownDefault: "standard", setting: "training.scaling")
  static let folds = Flag(
    "folds", value: "N", "Blocks to forecast one after the other.", shownDefault: "4",
    setting: "training.folds")
  static let scheme = Flag(
    "scheme", value: "KIND",
    "forward keeps all past days, rolling a constant number; kfold and combinatorial add paths.",
    accepts: .oneOf(["forward", "rolling", "kfold", "combinatorial"]), shownDefault: "forward",
    setting: "training.scheme")
  static let refresh = Flag(
    "refresh", "The same question again on newer data: noted in the ledger, and no trial.")
  static let jobs = Flag(
    "jobs", value: "N", "Processes at work; the result is the same for any number.",
    shownDefault: "1")
}

extension Invocation {
  func jobs() throws(Failure) -> Int { try integer("jobs", in: 1...64) ?? 1 }
}

/// An experiment run from the command line, with its progress told.
struct Walking {
  let job: FoldJob
  let walk: Walk
  let judgement: Judgement
  private let scores: Scores
  private var series: LoadedSeries { job.series }

  /// Walks, with what was finished by an earlier run that was killed.
  init(
    _ work: WorkSettings, _ terminal: Terminal, jobs: Int, isRefresh: Bool = false,
    beside other: FoldJob? = nil
  ) throws(Failure) {
    let job = try FoldJob(work, terminal, at: nil, beside: other)
    let note = try Self.note(job, isRefresh: isRefresh)
    try job.complete(jobs: jobs, terminal)
    try self.init(job, note)
  }

  /// Puts together what is finished; to look at that is a trial like any other.
  init(merging job: FoldJob) throws(Failure) {
    try self.init(job, try Self.note(job, isRefresh: false))
  }

  private init(_ job: FoldJob, _ note: TrialNote) throws(Failure) {
    self.job = job
    walk = try job.walk()
    scores = Scores(walk.evidence)
    judgement = try job.judged(walk.evidence, note)
  }

  private static func note(_ job: FoldJob, isRefresh: Bool) throws(Failure) -> TrialNote {
    let experiment = job.experiment
    return try TrialNote(
      job.work, symbols: [job.series.symbol], data: job.series.fingerprint,
      recipe: experiment.recipe.canonicalText, label: "\(experiment.label)",
      model: experiment.parameters.name, sample: job.sample, folds: job.walker.folds,
      isRefresh: isRefresh)
  }

  /// The walk's result in one word: the hash of every forecast with its outcome.
  var hash: String { Sha256.digest(walk.evidence.encoded()).hex }

  /// With a table of the scores by each of `kinds`.
  func print(to terminal: Terminal, by kinds: [Breakdown] = []) {
    guard !terminal.isJSON else { return terminal.print(json) }
    terminal.print(foldTable())
    terminal.print("\n")
    terminal.print(scoreTable())
    terminal.print("\n")
    judgement.print(
      to: terminal, by: kinds, names: ["\(series.symbol)"], zone: series.symbol.exchange.zone)
    terminal.print("\nevidence \(hash)\n")
  }

  /// Each fold with its exact days and how its forecasts did.
  func foldTable() -> Table {
    var table = Table(
      .number("fold"), .text("learned from"), .text("forecast"), .number("rows"),
      .number("features"), .number("R² zero"), .number("rank IC"))
    for fit in walk.fits {
      let scores = Scores(walk.evidence.fold(fit.fold.number))
      table.add(
        "\(fit.fold.number)", days(fit.fold.trainFrom, fit.fold.trainTo),
        days(fit.fold.testFrom, fit.fold.testTo), "\(fit.testRows)",
        "\(fit.scaler.columns.count)",
        percent(scores.r2Zero), number(scores.rankIC))
    }
    return table
  }

  /// The model beside forecasts that know nothing: what is not better than they are is not skill.
  func scoreTable(_ models: [(name: String, evidence: Evidence)]? = nil) -> Table {
    let evidence = walk.evidence
    let models = models ?? [(walk.fits.first?.model.name ?? "model", evidence)]
    var table = Table(
      .text("forecast"), .number("RMSE bp"), .number("R² zero"), .number("rank IC"), .number("t"),
      .number("hit"), .number("base"), .number("Clark–West t"))
    let baselines =
      [("zero", evidence.zero), ("last value", evidence.lastValue)]
      + (judgement.ridge.map { [("ridge", $0)] } ?? [])
    for (name, part) in models + baselines {
      let scores = Scores(part)
      table.add(
        name, DoubleText.fixed(scores.rmse * 10_000, decimals: 3), percent(scores.r2Zero),
        number(scores.rankIC), number(scores.rankICT, 1), percent(scores.hitRate, 1),
        percent(scores.baseRate, 1), number(scores.clarkWest, 1))
    }
    return table
  }

  var json: JSON {
    .object(
      scores.figures.map { JSON.Member($0.name, .number($0.value)) } + [
        JSON.Member("symbol", .text(series.symbol.description)),
        JSON.Member("data", .text(series.fingerprint.hex)),
        JSON.Member("evidence", .text(hash)),
      ] + judgement.members(names: ["\(series.symbol)"], zone: series.symbol.exchange.zone))
  }

  private func days(_ from: Instant, _ to: Instant) -> String {
    let zone = series.symbol.exchange.zone
    return "\(clockText(from, zone).prefix(10)) … \(clockText(to, zone).prefix(10))"
  }

  private func number(_ value: Double?, _ decimals: Int = 4) -> String {
    value.map { DoubleText.fixed($0, decimals: decimals) } ?? "–"
  }

  private func percent(_ value: Double?, _ decimals: Int = 2) -> String {
    value.map { DoubleText.fixed($0 * 100, decimals: decimals) + " %" } ?? "–"
  }
}
