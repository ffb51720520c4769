import Bytes
import Console
import Engine
import Market
import ModelStore
import Models
import Reporting
import Research
import Training
import Workbench

extension Command {
  static let backtest = Command(
    "backtest", "Trade the past through the same desk and exchange as paper",
    about: """
      By default the forecasts are a version's evidence: those its walk made of days it had not \
      seen. With --forecasts model the final model is asked instead, from the first day after \
      those it learned from; an earlier --from is told in the report, as such a result is worth \
      nothing. The strategy average_cross needs no version. With bars of a day, what is wished \
      for after a close is ordered when the next day's hours begin.
      """,
    flags: [
      Flag("model", value: "VERSION", "Alias, number or id.", shownDefault: "champion"),
      Flag(
        "forecasts", value: "WHICH", "Where forecasts come from.",
        accepts: .oneOf(["evidence", "model"]), shownDefault: "evidence"),
      Flag(
        "symbol", value: "SYMBOL", "The series to trade; may be repeated.", isRepeatable: true,
        setting: "data.symbols"),
      Flag("from", value: "DATE", "First trading day traded."),
      Flag("until", value: "DATE", "Last trading day.", setting: "data.until"),
      Flag(
        "report", value: "FILE", "Where the page goes.", accepts: .file,
        shownDefault: "runs/backtest.html"),
      .models,
    ],
    examples: [
      Example("backtest", "The champion on its own evidence"),
      Example("backtest --forecasts model", "The final model on the days after it"),
      Example("backtest --set strategy.kind=average_cross", "Two moving averages"),
    ]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let slate = try work.slate()
    for alarm in try work.calendarAlarms(slate.series) { invocation.terminal.warn(alarm) }
    let plan = try BacktestPlan(invocation, work, slate.series)
    let simulation = try work.simulation(slate, forecasts: plan.forecasts, from: plan.from)
    let records: [Record]
    do throws(RuleGap) { records = try simulation.backtest().records } catch {
      throw Failure(error)
    }
    let description = RunDescription(work, slate.traded, version: plan.version, from: plan.from)
    let report = description.report(
      "Backtest", records, cash: work.cash, notes: plan.notes)
    let path = invocation.text("report") ?? "\(work.runsFolder)/backtest.html"
    try writeReport(report, to: path)
    for line in plan.notes + riskLines(report) { invocation.terminal.say(line) }
    if invocation.terminal.isJSON {
      invocation.terminal.print(report.json.json())
    } else {
      invocation.terminal.print(runTable(report))
      invocation.terminal.print("\nequity  \(report.performance.final)\n")
      invocation.terminal.print("records \(Record.digest(records).hex)\n")
      invocation.terminal.print("report  \(path)\n")
    }
    return .ok
  }
}

/// Whose forecasts are traded, from which day on, and what must be said about them.
private struct BacktestPlan {
  var forecasts = Forecasts.none
  var version: Digest?
  var from: TradingDay?
  var notes: [String] = []

  init(
    _ invocation: Invocation, _ work: WorkSettings, _ series: [LoadedSeries]
  ) throws(Failure) {
    from = try invocation.day("from")
    guard work.settings.choice("strategy.kind") == "forecast_gate" else { return }
    let model = try work.proven(invocation.text("model") ?? "champion")
    version = model.version.id
    if invocation.text("forecasts") == "model" {
      try useModel(model, work, series)
    } else {
      try useEvidence(model, work, series)
    }
  }

  private mutating func useModel(
    _ model: ProvenModel, _ work: WorkSettings, _ series: [LoadedSeries]
  ) throws(Failure) {
    forecasts = try work.forecasts(model, series)
    let unseen = work.firstUnseen(model, series)
    if let from, let unseen, from < unseen {
      notes.append(
        "IN SAMPLE: the model has learned from days before \(unseen); this result is worth nothing."
      )
    }
    guard let from = from ?? unseen else {
      throw Failure(
        .data, "version \(model.version.number) has learned from every day there is",
        remedy: "Trade its evidence, or fit one with --until an earlier day.")
    }
    self.from = from
    notes.append("Forecasts are the final model's, on days from \(from) on.")
  }

  private mutating func useEvidence(
    _ model: ProvenModel, _ work: WorkSettings, _ series: [LoadedSeries]
  ) throws(Failure) {
    let places = series.map { model.trained.symbols.firstIndex(of: $0.symbol) }
    guard places.allSatisfy({ $0 != nil }) else {
      throw Failure(
        .usage,
        "a version's evidence is of the series it learned from: "
          + model.trained.symbols.map(\.description).joined(separator: ", "),
        remedy: "Name them with --symbol, or use --forecasts model.")
    }
    forecasts = .evidence(
      EvidenceForecasts(
        model.evidence, model: model.version.model, deviation: model.trained.residualDeviation,
        places: places))
    from = from ?? series.compactMap { model.evidence.firstDay(of: $0.bars) }.min()
    guard !model.isAdopted else {
      notes.append(
        "MADE ELSEWHERE: which of these days the model has learned from is unknown; this result "
          + "proves nothing.")
      return
    }
    notes.append(
      "Forecasts are those the walk of version \(model.version.number) made of days it had not seen."
    )
  }
}
