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
  /// What was loaded, one for each series.
  let series: [LoadedSeries]
  let experiment: Experiment
  let findings: Findings
  let judgement: Judgement
  /// The page of a network's costs, where there is one.
  let costs: String?

  init(
    _ work: WorkSettings, _ terminal: Terminal, isRefresh: Bool = false, resumes: Bool = false
  ) throws(Failure) {
    // What is wrong with the settings or the recipe is told before any bar is read.
    _ = try work.experiment(work.symbols)
    let series = try work.load()
    for alarm in try work.calendarAlarms(series) { terminal.warn(alarm) }
    let members = try work.members(series)
    let experiment = try work.experiment(members.map(\.symbol))
    for (member, one) in zip(members, series.sorted { "\($0.symbol)" < "\($1.symbol)" }) {
      let labels = experiment.labels(member)
      if let alarm = try work.sameDayAlarm(one, labels) { terminal.warn(alarm) }
    }
    let name = members.count == 1 ? "\(members[0].symbol)" : "\(members.count) instruments"
    let cancellation = Cancellation.watch()
    let journal = FitJournal(
      folder: "\(work.runsFolder)/training", resumes: resumes,
      mostEpochs: work.settings.integer("lstm.epochs"), terminal, cancellation)
    var progress = terminal.progress(
      "walking forward", of: work.folds.count, unit: "folds")
    let sample = experiment.sample(members)
    let around = try work.foldsAround
    do {
      let plan = try experiment.plan(sample)
      let note = try TrialNote(
        work, symbols: experiment.symbols, data: Walking.data(series),
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
      throw Failure(.data, "\(name): \(error)")
    }
    progress.finish()
    costs = try journal.close()
    self.series = series
    self.experiment = experiment
    if let riskAlarm { terminal.warn(riskAlarm) }
  }

  /// The name of exactly what was learned from.
  var data: Digest { Walking.data(series) }

  private static func data(_ series: [LoadedSeries]) -> Digest {
    guard series.count > 1 else { return series[0].fingerprint }
    let sorted = series.map { "\($0.symbol) \($0.fingerprint.hex)\n" }.sorted()
    return Sha256.digest(sorted.joined())
  }

  /// Each fold with its exact days and how its forecasts did.
  func foldTable() -> Table {
    var table = Table(
      .number("fold"), .text("learned from"), .text("forecast"), .number("rows"),
      .number("features"), .number("R² zero"), .number(experiment.isPanel ? "daily IC" : "rank IC"))
    for fit in findings.walk.fits {
      let scores = Scores(findings.walk.evidence.fold(fit.fold.number))
      table.add(
        "\(fit.fold.number)", days(fit.fold.trainFrom, fit.fold.trainTo),
        days(fit.fold.testFrom, fit.fold.testTo), "\(fit.testRows)",
        "\(fit.scaler.columns.count)", percent(scores.r2Zero),
        number(experiment.isPanel ? scores.panel?.rankIC : scores.rankIC))
    }
    return table
  }

  /// The model and the forecasts that stand beside it: what is not better than they are is not skill.
  private var compared: [(name: String, evidence: Evidence)] {
    let evidence = findings.walk.evidence
    let all: [(String, Evidence?)] = [
      (findings.trained.model.name, evidence), ("zero", evidence.zero),
      ("last value", evidence.lastValue), ("ridge", judgement.ridge),
      ("−volatility", evidence.minusVolatility),
    ]
    return all.compactMap { name, part in part.map { (name, $0) } }
  }

  func scoreTable() -> Table { experiment.isPanel ? panelTable() : seriesTable() }

  private func seriesTable() -> Table {
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
  private func panelTable() -> Table {
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
    guard let own = Scores(findings.walk.evidence).panel,
      let calm = findings.walk.evidence.minusVolatility.flatMap({ Scores($0).panel }),
      calm.rankIC >= own.rankIC
    else { return nil }
    return "−volatility ranks as well as the model (\(number(calm.rankIC)) against "
      + "\(number(own.rankIC))): its order may be that of risk alone"
  }

  var json: JSON {
    let whole = findings.scores.figures.map { JSON.Member($0.name, .number($0.value)) }
    let judged = judgement.members(
      names: experiment.symbols.map(\.description), zone: series[0].symbol.exchange.zone)
    let data = JSON.Member("data", .text(data.hex))
    guard experiment.isPanel else {
      return .object(
        whole + [JSON.Member("symbol", .text(series[0].symbol.description)), data] + judged)
    }
    let others = compared.dropFirst().map { JSON.Member($0.name, Scores($0.evidence).json) }
    return .object(
      whole + [
        JSON.Member("baselines", .object(others)),
        JSON.Member("symbols", JSON(experiment.symbols.map(\.description))), data,
      ] + judged)
  }

  private func days(_ from: Instant, _ to: Instant) -> String {
    let zone = series[0].symbol.exchange.zone
    return "\(clockText(from, zone).prefix(10)) … \(clockText(to, zone).prefix(10))"
  }

  private func number(_ value: Double?, _ decimals: Int = 4) -> String {
    value.map { DoubleText.fixed($0, decimals: decimals) } ?? "–"
  }

  private func percent(_ value: Double?, _ decimals: Int = 2) -> String {
    value.map { DoubleText.fixed($0 * 100, decimals: decimals) + " %" } ?? "–"
  }
}
