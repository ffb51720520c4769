import Console
import Engine
import Features
import Foundation
import Market
import Reporting
import Research
import Testing
import Trading
import Training
import Workbench

/// A product's contracts through the programs: the map, the adjusted series, the roll at the desk.
@Suite struct RollTests {
  private static func work(
    _ place: borrowing Workplace, _ changes: [(String, String)] = []
  ) throws -> WorkSettings {
    let all =
      [
        ("paths.archive", place.path("datasets/bars.sqlite")), ("data.symbols", "[rb.SHFE]"),
        ("strategy.kind", "average_cross"), ("strategy.fast", "60"), ("strategy.slow", "240"),
      ] + changes
    return try WorkSettings.shipped(
      Home(folder: Workplace.home),
      changing: all.map { Override(key: $0.0, text: $0.1, origin: .flag(name: "test")) })
  }

  @Test func theDeskRollsAndPaysForIt() throws {
    let place = Workplace()
    try place.run("data make --symbol rb.SHFE --from 2019-09-02 --until 2020-05-29")
    let work = try Self.work(place)
    let slate = try work.slate()
    #expect(slate.traded.map(\.symbol.code) == ["rb2001", "rb2005", "rb2009"])
    let simulation = try work.simulation(slate, forecasts: .none, from: nil)
    let backtest = try simulation.backtest()

    var ledger = Ledger(cash: work.cash)
    var rolledFrom: [InstrumentIndex] = []
    var day: TradingDay?
    var held: [Int64] = []
    var rolls: [TradingDay: (InstrumentIndex, InstrumentIndex)] = [:]
    for record in backtest.records {
      if case .taken(let event) = record {
        if case .dayBegan(let next) = event.kind {
          if let day, let (old, new) = rolls[day] {
            held = [ledger.position(old).net, ledger.position(new).net]
            #expect(held[0] == 0 && held[1] != 0, "\(day): \(held) at the end of the roll's day")
          }
          day = next
        }
        if case .rolled(let old, let new) = event.kind {
          rolledFrom.append(old)
          #expect(ledger.position(old).net != 0, "something to roll")
          if let day { rolls[day] = (old, new) }
        }
      }
      ledger.take(record)
    }
    #expect(rolledFrom == [InstrumentIndex(0), InstrumentIndex(1)])
    #expect(ledger.equity == backtest.desk.portfolio.account.equity)
    #expect(ledger.fees == backtest.desk.portfolio.account.fees)
    let last = ledger.position(InstrumentIndex(0))
    #expect(last.isFlat)
  }

  /// What is loaded with data up to a day is the beginning of what is loaded with sixty more.
  @Test func aSeriesUpToADayIsTheBeginningOfTheLaterOne() throws {
    let place = Workplace()
    try place.run("data make --symbol rb.SHFE --from 2019-09-02 --until 2020-05-29")
    for until in ["2019-11-29", "2020-01-31", "2020-03-31"] {
      let later = try #require(TradingDay(until)).advanced(by: 60)
      let early = try Self.work(place, [("data.until", until)]).slate().series[0]
      let late = try Self.work(place, [("data.until", "\(later)")]).slate().series[0]
      #expect(early.bars.count < late.bars.count)
      #expect(early.grid == late.grid)
      #expect(early.bars == Array(late.bars.prefix(early.bars.count)), "\(until)")
    }
  }

  /// Contracts that never trade on one day cannot be put together: what spans both is not learned.
  @Test func noLabelReachesOverARollThatCannotBeAdjusted() throws {
    let place = Workplace()
    try place.run("data make --symbol rb2001.SHFE --from 2019-09-02 --until 2019-09-30")
    try place.run("data make --symbol rb2005.SHFE --from 2019-10-08 --until 2019-10-31")
    let work = try Self.work(place)
    let series = try work.slate().series[0]
    let roll = try #require(series.marks.breaks.first)
    #expect(series.marks.breaks == series.marks.rolls)
    let row = try #require(series.bars.firstIndex { $0.closedAt == roll })
    let experiment = try work.experiment([series.symbol])
    let member = try work.members([series])[0]
    let marked = experiment.labels(member)
    let plain = experiment.labels(Member(series.symbol, bars: series.bars, grid: series.grid))
    let sample = experiment.sample([member])
    let horizon = experiment.label.horizonBars
    let over = row - 1 - horizon..<row - 1
    for before in series.bars.indices where plain.isLabelled(before) {
      #expect(marked.isLabelled(before) == !over.contains(before), "row \(before), roll \(row)")
    }
    #expect(Set(sample.learnableRows).isDisjoint(with: over))
    // Where both traded on one day, nothing is left out.
    let whole = Workplace()
    try whole.run("data make --symbol rb.SHFE --from 2019-09-02 --until 2020-02-28")
    let marks = try Self.work(whole).slate().series[0].marks
    #expect(marks.breaks.isEmpty && !marks.rolls.isEmpty)
  }

  @Test func paperAndBacktestOfARolledSeriesAreTheSameAndReplay() throws {
    let place = Workplace()
    try place.run("data make --symbol rb.SHFE --from 2019-12-02 --until 2020-04-30")
    let common = "--symbol rb.SHFE --set strategy.kind=average_cross --json"
    let backtest = try RunEnd(report: place.run("evaluate backtest \(common)"))
    let paper = try RunEnd(report: place.run("run demo \(common)"))
    #expect(backtest == paper)
    let replay = try RunEnd(replay: place.run("evaluate replay runs/demo.journal --json"))
    #expect(replay == paper)
  }

  @Test func aModelLearnsFromTheAdjustedSeriesAndTradesTheContracts() throws {
    let place = Workplace()
    try place.run("data make --symbol rb.SHFE --from 2019-12-02 --until 2020-04-30")
    try place.run("train fit --symbol rb.SHFE --until 2020-03-06 --folds 2")
    try place.run("evaluate promote 1 --reason first")
    let report = try place.run(
      "evaluate backtest --symbol rb.SHFE --forecasts model --json"
    ).object()
    let figures = try #require(report["figures"] as? [String: Any])
    #expect((figures["timeInMarket"] as? Double ?? 0) > 0.1, "\(figures)")
    let proved = try place.run("evaluate backtest --symbol rb.SHFE --json").object()
    let evidence = try #require(proved["figures"] as? [String: Any])
    #expect((evidence["timeInMarket"] as? Double ?? 0) > 0.1, "\(evidence)")
  }

  @Test func aProductWithoutContractsSaysWhatToDo() {
    let place = Workplace()
    _ = place.answer("data make --until 2020-01-10")
    let answer = place.answer("data roll hc.SHFE")
    #expect(answer.exitCode == 3)
    #expect(answer.talk.contains("no contracts of hc.SHFE"))
    #expect(place.answer("data roll rb2005.SHFE").exitCode == 2)
  }

  /// Worked by hand: half of the next dividend is 0.5 of 20.00, the day after trades without it.
  @Test func aSharesActionsAreKeptAndSeen() throws {
    let place = Workplace()
    try place.run(
      "data make --kind null --interval 1d --symbol 600000.SSE --from 2019-01-02 --until 2020-06-30"
    )
    try Data(
      """
      送股,转增,派息,除权除息日,股权登记日
      2,3,7.5,2019-07-10,2019-07-09
      ,,1,,
      """.utf8
    ).write(to: URL(fileURLWithPath: place.path("plan.csv")))
    let told = try place.run("data actions plan.csv --symbol 600000.SSE --json").object()
    #expect(told["days"] as? Int == 1 && told["plans"] as? Int == 1)
    let changes = [("data.symbols", "[600000.SSE]"), ("data.interval", "1d")]
    let plain = try Self.work(place, changes).slate()
    #expect(plain.isPlain)
    let slate = try Self.work(
      place, changes + [("paths.actions", place.path("datasets/actions"))]
    ).slate()
    let (raw, seen) = (slate.traded[0].bars, slate.series[0].bars)
    let exDay = try #require(TradingDay("2019-07-10"))
    let row = try #require(raw.firstIndex { $0.tradingDay == exDay })
    #expect(seen[row - 1].close.units == raw[row - 1].close.units * 10_000)
    let close = raw[row - 1].close.value(on: slate.traded[0].grid)
    let share = close / ((close - 0.75) / 1.5)
    let wanted = raw[row].close.value(on: slate.traded[0].grid) * share
    #expect(abs(seen[row].close.value(on: slate.series[0].grid) - wanted) < 1e-5)
    #expect(slate.actions.count == 2)
  }
}
