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
    "symbol", value: "SYMBOL",
    "The series to learn from; several, or a market of the watchlist, make a panel.",
    isRepeatable: true, setting: "data.symbols")
  static let from = Flag("from", value: "DATE", "First trading day used.", setting: "data.from")
  static let until = Flag("until", value: "DATE", "Last trading day used.", setting: "data.until")
  static let model = Flag(
    "model", value: "KIND", "What learns.",
    accepts: .oneOf(["ridge", "trees", "forest", "lstm", "ensemble", "zero", "last"]),
    shownDefault: "ridge", setting: "model.kind")
  static let models = Flag(
    "model", value: "KIND", "What learns; all: each of model.all, side by side.",
    accepts: .oneOf(["ridge", "trees", "forest", "lstm", "ensemble", "zero", "last", "all"]),
    shownDefault: "ridge", setting: "model.kind")
  static let recipe = Flag(
    "recipe", value: "NAME", "What it sees: a file of config/recipes.",
    shownDefault: "stationary", setting: "features.recipe")
  static let label = Flag(
    "label", value: "KIND",
    "What it is asked: the return, in volatilities, barriers, its rank among all instruments.",
    accepts: .oneOf(["return", "scaled", "barrier", "rank", "gauss-rank"]),
    shownDefault: "return, of a panel gauss-rank",
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
  let scores: Scores
  /// What the folds that were still to be done took, on the wall.
  let seconds: Double

  /// Walks, with what was finished by an earlier run that was killed. `beside` another that differs in
  /// its model alone, bars, features and ridge are that one's.
  init(
    _ work: WorkSettings, _ terminal: Terminal, jobs: Int, isRefresh: Bool = false,
    resumes: Bool = false, beside other: Walking? = nil
  ) throws(Failure) {
    let job = try FoldJob(work, terminal, at: nil, beside: other?.job)
    let note = try Self.note(job, isRefresh: isRefresh)
    let start = wallClock()
    try job.complete(jobs: jobs, resumes: resumes, terminal)
    let seconds = Double(wallClock().nanoseconds - start.nanoseconds) / 1e9
    try self.init(job, note, seconds: seconds, ridge: other?.ridge)
  }

  /// Puts together what is finished; to look at that is a trial like any other.
  init(merging job: FoldJob) throws(Failure) {
    try self.init(job, try Self.note(job, isRefresh: false))
  }

  private init(
    _ job: FoldJob, _ note: TrialNote, seconds: Double = 0, ridge: Evidence? = nil
  ) throws(Failure) {
    self.job = job
    self.seconds = seconds
    walk = try job.walk()
    scores = Scores(walk.evidence)
    judgement = try job.judged(walk.evidence, note, ridge: ridge)
  }

  /// What ridge makes of the same folds, be it the model itself or beside it.
  var ridge: Evidence? {
    if case .ridge = job.experiment.parameters { walk.evidence } else { judgement.ridge }
  }

  /// Notes what is asked before it is looked at; `model` is told where it is not the experiment's own.
  static func note(
    _ job: FoldJob, model: String? = nil, isRefresh: Bool
  ) throws(Failure) -> TrialNote {
    let experiment = job.experiment
    return try TrialNote(
      job.work, symbols: experiment.symbols, data: job.fingerprint,
      recipe: experiment.recipe.canonicalText, label: "\(experiment.label)",
      model: model ?? experiment.parameters.name, sample: job.sample, folds: job.walker.folds,
      isRefresh: isRefresh)
  }

  var names: [String] { job.experiment.symbols.map(\.description) }

  private var isPanel: Bool { job.experiment.isPanel }

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
      to: terminal, by: kinds, names: names, zone: job.zone)
    if let riskAlarm { terminal.warn(riskAlarm) }
    terminal.print("\nevidence \(hash)\n")
  }

  /// Each fold with its exact days and how its forecasts did.
  func foldTable() -> Table {
    var table = Table(
      .number("fold"), .text("learned from"), .text("forecast"), .number("rows"),
      .number("features"), .number("R² zero"), .number(isPanel ? "daily IC" : "rank IC"))
    for fit in walk.fits {
      let scores = Scores(walk.evidence.fold(fit.fold.number))
      table.add(
        "\(fit.fold.number)", days(fit.fold.trainFrom, fit.fold.trainTo),
        days(fit.fold.testFrom, fit.fold.testTo), "\(fit.testRows)",
        "\(fit.scaler.columns.count)", percent(scores.r2Zero),
        number(isPanel ? scores.panel?.rankIC : scores.rankIC))
    }
    return table
  }

  /// The models and the forecasts that stand beside them: what is not better than they are is not skill.
  func compared() -> [(name: String, evidence: Evidence)] {
    [(walk.fits.first?.model.name ?? "model", walk.evidence)] + baselines
  }

  var baselines: [(name: String, evidence: Evidence)] {
    let evidence = walk.evidence
    let baselines: [(String, Evidence?)] = [
      ("zero", evidence.zero), ("last value", evidence.lastValue), ("ridge", judgement.ridge),
      ("−volatility", evidence.minusVolatility),
    ]
    return baselines.compactMap { name, part in part.map { (name, $0) } }
  }

  func scoreTable() -> Table {
    isPanel ? panelTable(compared()) : seriesTable(compared())
  }

  private func seriesTable(_ compared: [(name: String, evidence: Evidence)]) -> Table {
    var table = Table(
      .text("forecast"), .number("RMSE bp"), .number("R² zero"), .number("rank IC"), .number("t"),
      .number("hit"), .number("base"), .number("Clark–West t"))
    for (name, part) in compared {
      let scores = Scores(part)
      table.add(
        name, DoubleText.fixed(scores.rmse * 10_000, decimals: 3), percent(scores.r2Zero),
        number(scores.rankIC), number(scores.rankICT, 1), percent(scores.hitRate, 1),
        percent(scores.baseRate, 1), number(scores.clarkWest, 1))
    }
    return table
  }

  /// A panel's forecasts are compared within each instant; over all rows at once they show how the market
  /// went as well.
  private func panelTable(_ compared: [(name: String, evidence: Evidence)]) -> Table {
    var table = Table(
      .text("forecast"), .number("daily rank IC"), .number("IR"), .number("t"), .number("> 0"),
      .number("daily IC"), .number("pooled IC"), .number("R² zero"))
    for (name, part) in compared {
      let scores = Scores(part)
      // A volatility is no return: its size says nothing.
      let isReturn = name != "−volatility"
      table.add(
        name, number(scores.panel?.rankIC), number(scores.panel?.rankICIR, 3),
        number(scores.panel?.rankICT, 1), percent(scores.panel?.positiveShare, 1),
        number(scores.panel?.ic), number(scores.ic), percent(isReturn ? scores.r2Zero : nil))
    }
    return table
  }

  /// Where the order of risk alone does as well as the model.
  private var riskAlarm: String? {
    guard let own = scores.panel,
      let calm = walk.evidence.minusVolatility.flatMap({ Scores($0).panel }),
      calm.rankIC >= own.rankIC
    else { return nil }
    return "−volatility ranks as well as the model (\(number(calm.rankIC)) against "
      + "\(number(own.rankIC))): its order may be that of risk alone"
  }

  var json: JSON { json() }

  func json(more: [(name: String, value: Double)] = []) -> JSON {
    let whole = (scores.figures + more).map { JSON.Member($0.name, .number($0.value)) }
    let judged =
      [JSON.Member("data", .text(job.fingerprint.hex)), JSON.Member("evidence", .text(hash))]
      + judgement.members(names: names, zone: job.zone)
    guard isPanel else {
      return .object(whole + [JSON.Member("symbol", .text(names[0]))] + judged)
    }
    let others = compared().dropFirst().map { JSON.Member($0.name, Scores($0.evidence).json) }
    return .object(
      whole + [
        JSON.Member("baselines", .object(others)), JSON.Member("symbols", JSON(names)),
      ] + judged)
  }

  private func days(_ from: Instant, _ to: Instant) -> String { view.days(from...to) }

  private func number(_ value: Double?, _ decimals: Int = 4) -> String {
    value.map { DoubleText.fixed($0, decimals: decimals) } ?? "–"
  }

  private func percent(_ value: Double?, _ decimals: Int = 2) -> String {
    value.map { DoubleText.fixed($0 * 100, decimals: decimals) + " %" } ?? "–"
  }
}
