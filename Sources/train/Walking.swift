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
    accepts: .oneOf(["ridge", "trees", "forest", "lstm", "zero", "last"]),
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
  static let scheme = Flag(
    "scheme", value: "KIND",
    "forward keeps all past days, rolling a constant number; kfold and combinatorial add paths.",
    accepts: .oneOf(["forward", "rolling", "kfold", "combinatorial"]), shownDefault: "forward",
    setting: "training.scheme")
  static let refresh = Flag(
    "refresh", "The same question again on newer data: noted in the ledger, and no trial.")
  static let folds = Flag(
    "folds", value: "N", "Blocks to forecast one after the other.", shownDefault: "4",
    setting: "training.folds")
}

/// An experiment run from the command line, with its progress told.
struct Walking {
  let series: LoadedSeries
  let experiment: Experiment
  let findings: Findings
  let judgement: Judgement
  /// The page of a network's costs, where there is one.
  let costs: String?

  init(
    _ work: WorkSettings, _ terminal: Terminal, isRefresh: Bool = false, resumes: Bool = false
  ) throws(Failure) {
    // What is wrong with the settings or the recipe is told before any bar is read.
    let experiment = try work.experiment(work.oneSymbol())
    let series = try work.load()[0]
    for alarm in try work.calendarAlarms([series]) { terminal.warn(alarm) }
    let tradable = series.isTradable
    let labels = experiment.labels(
      series.bars, grid: series.grid, marks: series.marks, isTradable: tradable)
    if let alarm = try work.sameDayAlarm(series, labels) { terminal.warn(alarm) }
    let cancellation = Cancellation.watch()
    let journal = FitJournal(
      folder: "\(work.runsFolder)/training", resumes: resumes,
      mostEpochs: work.settings.integer("lstm.epochs"), terminal, cancellation)
    var progress = terminal.progress(
      "walking forward", of: work.folds.count, unit: "folds")
    let sample = experiment.sample(
      series.bars, grid: series.grid, marks: series.marks, isTradable: tradable)
    let around = try work.foldsAround
    do {
      let plan = try experiment.plan(sample)
      let note = try TrialNote(
        work, symbols: [series.symbol], data: series.fingerprint,
        recipe: experiment.recipe.canonicalText, label: "\(experiment.label)",
        model: experiment.parameters.name, sample: sample, folds: plan.folds(of: sample),
        isRefresh: isRefresh)
      let watch = journal.watch(workers: work.settings.integer("lstm.threads"))
      findings = try experiment.run(sample, watch: watch) { _, _ in
        progress.advance()
        return !cancellation.isRequested
      }
      try cancellation.check()
      let evidence = findings.walk.evidence
      judgement = Judgement(
        evidence, ridge: try Judgement.ridge(sample, plan: plan, experiment),
        paths: try around.map { try Judgement.paths(sample, plan: $0, experiment) } ?? [],
        verdict: try note.finish(evidence, days: sample.days(of: evidence)))
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.data, "\(series.symbol): \(error)")
    }
    progress.finish()
    costs = try journal.close()
    self.series = series
    self.experiment = experiment
  }

  /// Each fold with its exact days and how its forecasts did.
  func foldTable() -> Table {
    var table = Table(
      .number("fold"), .text("learned from"), .text("forecast"), .number("rows"),
      .number("features"), .number("R² zero"), .number("rank IC"))
    for fit in findings.walk.fits {
      let scores = Scores(findings.walk.evidence.fold(fit.fold.number))
      table.add(
        "\(fit.fold.number)", days(fit.fold.trainFrom, fit.fold.trainTo),
        days(fit.fold.testFrom, fit.fold.testTo), "\(fit.testRows)",
        "\(fit.scaler.columns.count)",
        percent(scores.r2Zero), number(scores.rankIC))
    }
    return table
  }

  /// The model beside forecasts that know nothing: what is not better than they are is not skill.
  func scoreTable() -> Table {
    let evidence = findings.walk.evidence
    var table = Table(
      .text("forecast"), .number("RMSE bp"), .number("R² zero"), .number("rank IC"), .number("t"),
      .number("hit"), .number("base"), .number("Clark–West t"))
    for (name, part) in [
      (findings.trained.model.name, evidence), ("zero", evidence.zero),
      ("last value", evidence.lastValue),
    ] + (judgement.ridge.map { [("ridge", $0)] } ?? []) {
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
      findings.scores.figures.map { JSON.Member($0.name, .number($0.value)) } + [
        JSON.Member("symbol", .text(series.symbol.description)),
        JSON.Member("data", .text(series.fingerprint.hex)),
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
