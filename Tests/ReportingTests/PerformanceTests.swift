import Engine
import Market
import Reporting
import Testing
import Trading

/// Every figure again, slowly and by another way: plain loops over the ledger's rows in binary floating point.
@Suite struct PerformanceTests {
  @Test func agreesWithASlowReference() throws {
    for seed in UInt64(1)...8 {
      let run = SyntheticRun(seed: seed, instruments: 1, days: 25, drift: Double(seed) - 4)
      let ledger = Ledger(cash: SyntheticRun.cash, records: run.records)
      let figures = Performance(ledger, Convention(draws: 50))
      let start = SyntheticRun.cash.value
      let end = run.desk.portfolio.account.equity.value
      expect(figures.totalReturn, end / start - 1, "total, seed \(seed)")
      let nets = ledger.trips.map { $0.gross.value - $0.fees.value }
      let won = nets.filter { $0 > 0 }
      let lost = nets.filter { $0 < 0 }
      let averageWin = won.reduce(0, +) / Double(won.count)
      let averageLoss = -lost.reduce(0, +) / Double(lost.count)
      expect(figures.trades.winRate, Double(won.count) / Double(nets.count), "wins, \(seed)")
      expect(figures.trades.profitLossRatio, averageWin / averageLoss, "ratio, \(seed)")
      expect(
        figures.trades.profitFactor, -won.reduce(0, +) / lost.reduce(0, +), "factor, \(seed)")
      expect(figures.drawdown?.depth, Self.depth(ledger), "fall, seed \(seed)")
      expect(figures.calmar, (figures.annualReturn ?? .nan) / Self.depth(ledger), "calmar")
      let best = ledger.days.map(\.profit.value).sorted().suffix(5).reduce(0, +)
      if end > start { expect(figures.bestFiveShare, best / (end - start), "best, \(seed)") }
      expect(figures.costs.paid, ledger.fees.value / ledger.turnover.value, "paid, \(seed)")
    }
  }

  /// The deepest fall by comparing every pair of moments.
  static func depth(_ ledger: Ledger) -> Double {
    let path = [ledger.cash.value] + ledger.curve.equity.map(\.value)
    var deepest = 0.0
    for (index, peak) in path.enumerated() {
      for later in path[index...] { deepest = max(deepest, (peak - later) / peak) }
    }
    return deepest
  }

  @Test func aRunOfNothingHasNoFigures() {
    let figures = Performance(Ledger(cash: Money(whole: 100)))
    #expect(figures.totalReturn == 0)
    #expect(figures.annualReturn == nil && figures.sharpe == nil && figures.drawdown == nil)
    #expect(figures.calmar == nil && figures.volatility == nil && figures.timeInMarket == nil)
    #expect(figures.trades.winRate == nil && figures.trades.profitFactor == nil)
    #expect(figures.costs.breakEven == nil && figures.worstDay == nil)
  }

  private func expect(_ found: Double?, _ slow: Double, _ what: String) {
    #expect(abs((found ?? .nan) - slow) <= 1e-9 * max(1, abs(slow)), "\(what)")
  }
}

/// Falls and recoveries on a curve made by hand, one price for each instant and one lot held.
@Suite struct DrawdownTests {
  @Test func knowsPeakTroughAndRecovery() throws {
    // Equity 1,000 + 10 · (price − 100): the fall from 1,100 to 880 is 20 %, regained on the third day.
    let ledger = Self.ledger([[100, 110], [95, 88], [105, 112], [111, 107]])
    let fall = try #require(Drawdown(ledger))
    #expect(fall.depth == 0.2 && fall.loss == Money(whole: 220))
    #expect(fall.peakAt == Self.at(0, 1) && fall.troughAt == Self.at(1, 1))
    #expect(fall.recoveredAt == Self.at(2, 1))
    #expect(fall.lengthDays == 2)
    #expect(Drawdown.path(ledger)[3] == -0.2 && Drawdown.path(ledger)[5] == 0)
  }

  @Test func anUnrecoveredFallLastsToTheEnd() throws {
    let fall = try #require(Drawdown(Self.ledger([[100, 120], [110, 90], [100, 119]])))
    #expect(fall.recoveredAt == nil && fall.lengthDays == 2 && fall.depth == 0.25)
  }

  @Test func aCurveThatOnlyRisesHasNone() {
    #expect(Drawdown(Self.ledger([[100, 101], [102, 103]])) == nil)
  }

  static func at(_ day: Int, _ bar: Int) -> Instant {
    Instant(seconds: Int64(day) * 86_400 + Int64(bar + 1) * 60)
  }

  /// One lot of ten held from a price of 100.
  static func ledger(_ days: [[Int64]]) -> Ledger {
    var ledger = Ledger(cash: Money(whole: 1_000))
    let index = InstrumentIndex(0)
    for (number, prices) in days.enumerated() {
      let day = TradingDay(days: Int32(number))
      let began = Instant(seconds: Int64(number) * 86_400)
      ledger.take(.taken(.init(at: began, .dayBegan(day))))
      ledger.take(.taken(.init(at: began, .terms(Self.terms(index, day)))))
      if number == 0 {
        let fill = Fill(
          trade: TradeID(1), order: OrderID(1), instrument: index, side: .buy, offset: .open,
          lots: 1, price: Price(units: 100))
        ledger.take(.taken(.init(at: began, .fill(fill))))
      }
      for (place, units) in prices.enumerated() {
        let (price, at) = (Price(units: units), at(number, place))
        let bar = Bar(
          instrument: index, tradingDay: day, closedAt: at, open: price, high: price, low: price,
          close: price, volume: 1)
        ledger.take(.taken(.init(at: at, .bar(bar))))
        ledger.take(.taken(.init(at: at, .instantClosed)))
      }
    }
    return ledger
  }

  private static func terms(_ index: InstrumentIndex, _ day: TradingDay) -> InstrumentDay {
    InstrumentDay(
      instrument: index, day: day, grid: Grid(decimals: 0), tick: 1, multiplier: 10, lotSize: 1,
      largestOrder: 10, reference: nil, lowest: nil, highest: nil, margin: .zero, fees: .none,
      closing: .yesterdayFirst, isNextDay: false, mayShort: true)
  }
}
