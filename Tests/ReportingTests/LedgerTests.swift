import Engine
import Market
import Reporting
import Testing
import Trading

@Suite struct LedgerTests {
  @Test func agreesWithTheDeskToTheCent() {
    for seed in UInt64(1)...24 {
      let run = SyntheticRun(seed: seed, instruments: 1 + Int(seed % 3))
      let ledger = Ledger(cash: SyntheticRun.cash, records: run.records)
      let account = run.desk.portfolio.account
      #expect(ledger.equity == account.equity, "seed \(seed)")
      #expect(ledger.fees == account.fees, "seed \(seed)")
      #expect(ledger.trips.count > 20, "seed \(seed): a run that hardly trades proves nothing")
      for (index, holding) in run.desk.portfolio.holdings.enumerated() {
        let position = ledger.position(InstrumentIndex(index))
        #expect(position.long.unitLots == holding.position.long.unitLots, "seed \(seed)")
        #expect(position.net == holding.position.net, "seed \(seed)")
      }
    }
  }

  @Test func tradesAndOpenProfitAreTheWholeResult() {
    for seed in UInt64(100)...124 {
      let run = SyntheticRun(seed: seed)
      let ledger = Ledger(cash: SyntheticRun.cash, records: run.records)
      let net = ledger.trips.reduce(Money.zero) { $0 + $1.net }
      #expect(net == ledger.equity - ledger.cash - ledger.openProfit, "seed \(seed)")
    }
  }

  @Test func daysAreTheSumOfTheRun() {
    for seed in UInt64(1)...10 {
      let run = SyntheticRun(seed: seed, days: 7)
      let ledger = Ledger(cash: SyntheticRun.cash, records: run.records)
      #expect(ledger.days.count == 7, "seed \(seed)")
      let profit = ledger.days.reduce(Money.zero) { $0 + $1.profit }
      #expect(profit == ledger.equity - ledger.cash, "seed \(seed)")
      #expect(ledger.days.reduce(Money.zero) { $0 + $1.fees } == ledger.fees, "seed \(seed)")
      #expect(ledger.days.reduce(Money.zero) { $0 + $1.turnover } == ledger.turnover)
      #expect(ledger.days.reduce(0) { $0 + $1.fills } == ledger.tally.fills)
      for (day, next) in zip(ledger.days, ledger.days.dropFirst()) {
        #expect(day.closing == next.opening, "seed \(seed), \(day.day)")
      }
      #expect(ledger.curve.count == 7 * 48)
    }
  }

  @Test func refusalsAreCountedByRule() {
    let run = SyntheticRun(seed: 5, limits: .tight)
    let ledger = Ledger(cash: SyntheticRun.cash, records: run.records)
    let told = run.records.count { record in
      if case .denial(let denial, _) = record { return denial.rule == .dailyLoss }
      return false
    }
    #expect(told > 0)
    #expect(ledger.denials.map(\.rule) == RiskRule.allCases)
    #expect(ledger.denials.first { $0.rule == .dailyLoss }?.count == told)
    #expect(ledger.denials.first { $0.rule == .margin }?.count == 0)
  }
}

/// One trade by hand: three lots bought at 100.0, one more at 103.0, all sold at 105.0, ten to the lot.
@Suite struct HandMadeLedgerTests {
  let ledger: Ledger

  init() {
    var ledger = Ledger(cash: Money(whole: 10_000))
    let index = InstrumentIndex(0)
    let day = TradingDay(year: 2021, month: 1, day: 4)
    let fee = Fee(rate: .zero, perLot: Money(minor: 50))
    let terms = InstrumentDay(
      instrument: index, day: day, grid: Grid(decimals: 1), tick: 1, multiplier: 10, lotSize: 1,
      largestOrder: 100, reference: nil, lowest: nil, highest: nil,
      margin: Rate(basisPoints: 1_000), fees: Fees(open: fee, close: fee, closeToday: fee),
      closing: .yesterdayFirst, isNextDay: false, mayShort: true)
    let at = { (seconds: Int64) in Instant(seconds: 1_000 + seconds) }
    func take(_ second: Int64, _ kind: Event.Kind) {
      ledger.take(.taken(Event(at: at(second), kind)))
    }
    func bar(_ second: Int64, _ close: Int64) {
      let price = Price(units: close)
      take(
        second,
        .bar(
          Bar(
            instrument: index, tradingDay: day, closedAt: at(second), open: price, high: price,
            low: price, close: price, volume: 1)))
      take(second, .instantClosed)
    }
    func trade(_ number: UInt64, _ second: Int64, _ side: Side, _ lots: Int64, _ price: Int64) {
      let order = Order(
        id: OrderID(number), instrument: index, side: side, offset: side == .buy ? .open : .close,
        lots: lots, limit: Price(units: price))
      ledger.take(.command(.submit(order), at: at(second - 1)))
      let fill = Fill(
        trade: TradeID(number), order: order.id, instrument: index, side: side,
        offset: order.offset, lots: lots, price: Price(units: price))
      take(second, .fill(fill))
      take(second, .fill(fill))
    }
    take(0, .dayBegan(day))
    take(0, .terms(terms))
    bar(1, 998)
    trade(1, 2, .buy, 3, 1_000)
    bar(2, 1_010)
    trade(2, 3, .buy, 1, 1_030)
    bar(3, 1_020)
    trade(3, 4, .sell, 4, 1_050)
    bar(4, 1_050)
    self.ledger = ledger
  }

  @Test func theRoundTripIsExact() throws {
    let trip = try #require(ledger.trips.first)
    #expect(ledger.trips.count == 1)
    // 3 · 5.0 · 10 + 1 · 2.0 · 10 = 170, less eight sides at 0.50.
    #expect(trip.gross == Money(whole: 170))
    #expect(trip.fees == Money(whole: 4))
    #expect(trip.net == Money(whole: 166))
    #expect(trip.lots == 4 && trip.side == .buy && trip.barsHeld == 2)
    #expect(trip.entryPrice(on: Grid(decimals: 1)) == 100.75)
    #expect(trip.exitPrice(on: Grid(decimals: 1)) == 105)
    #expect(trip.entered == Instant(seconds: 1_002) && trip.left == Instant(seconds: 1_004))
  }

  @Test func aTradeToldTwiceIsOneTrade() {
    #expect(ledger.tally.fills == 3)
    #expect(ledger.equity == Money(whole: 10_166))
    #expect(ledger.openProfit == .zero)
  }

  @Test func costsAreMeasuredAgainstTheDecision() {
    // Decided at 99.8, 101.0 and 102.0: 3 · 0.2 · 10 + 1 · 2.0 · 10 − 4 · 3.0 · 10.
    #expect(ledger.slippage == Money(whole: 6 + 20 - 120))
    #expect(ledger.turnover == Money(whole: 3_000 + 1_030 + 4_200))
    #expect(ledger.fees == Money(whole: 4))
  }

  @Test func theCurveHoldsEveryInstant() {
    let expected = [
      Money(whole: 10_000), Money(minor: 1_002_850), Money(minor: 1_004_800), Money(whole: 10_166),
    ]
    #expect(ledger.curve.equity == expected)
    #expect(ledger.tally.instants == 4 && ledger.tally.exposedInstants == 2)
  }
}
