import Engine
import Market
import Reporting
import Testing
import Trading

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
