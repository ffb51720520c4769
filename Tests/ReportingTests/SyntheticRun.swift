import Engine
import Market
import Numerics
import Trading
import VenuePaper

/// A seeded market traded by two moving averages through the real loop: what the ledger is tried on.
struct SyntheticRun {
  let records: [Record]
  let desk: Desk
  let instruments: [Instrument]

  static let cash = Money(whole: 1_000_000)

  /// Rules on purpose awkward: a third decimal, close-today fees, a least commission, a sale tax, levies, thin volume.
  init(
    seed: UInt64, instruments count: Int = 2, days: Int = 12, barsPerDay: Int = 48,
    drift: Double = 0, limits: RiskLimits = .wide
  ) {
    var generator = Xoshiro256(seed: seed)
    let symbols = ["rb2105.SHFE", "cu2105.SHFE", "m2105.DCE", "SR105.CZCE"]
    instruments = (0..<count).map { index in
      Instrument(
        symbol: Symbol(symbols[index])!, grid: Grid(decimals: index == 1 ? 3 : 1), funding: .margin)
    }
    let histories = (0..<count).map { index in
      Self.history(
        InstrumentIndex(index), days: days, barsPerDay: barsPerDay, drift: drift,
        generator: &generator)
    }
    let kinds = instruments
    let tape = Tape(histories) { instrument, day, reference in
      Self.terms(instrument, day, reference, grid: kinds[instrument.value].grid)
    }
    let strategy = Strategy.averageCross(
      AverageCross(fast: 3, slow: 11, lots: 1 + Int64(generator.int(below: 4)), instruments: count))
    let desk = Desk(
      instruments: count, cash: Self.cash, strategy: strategy, limits: limits,
      manners: .init(aggressionTicks: 2, patienceBars: 3))
    let venue = PaperExchange(
      instruments: count,
      manners: .init(slippageTicks: 1, participation: Rate(basisPoints: 1_000)))
    var loop = TradingLoop(
      desk: desk, venue: venue, forecaster: NoForecasts(), recorder: RecordList())
    do { try play(tape, through: &loop) } catch { preconditionFailure("terms are made above") }
    records = loop.recorder.records
    self.desk = loop.desk
  }

  /// The first open and the last close of a run's only instrument.
  static func firstAndLast(seed: UInt64, days: Int) -> (first: Double, last: Double) {
    var generator = Xoshiro256(seed: seed)
    let bars = history(
      InstrumentIndex(0), days: days, barsPerDay: 48, drift: 0, generator: &generator)
    return (Double(bars[0].open.units), Double(bars[bars.count - 1].close.units))
  }

  static func history(
    _ instrument: InstrumentIndex, days: Int, barsPerDay: Int, drift: Double,
    generator: inout Xoshiro256
  ) -> [Bar] {
    var bars: [Bar] = []
    var price: Int64 = 35_000
    var day = TradingDay(year: 2021, month: 1, day: 4)
    while bars.count < days * barsPerDay {
      if !day.isWeekend {
        for number in 0..<barsPerDay {
          let open = price + Int64((generator.normal() * 8).rounded())
          let step = generator.normal() * 40 + drift
          let close = max(5_000, open + Int64(step.rounded()))
          let high = max(open, close) + Int64(generator.int(below: 25))
          let low = min(open, close) - Int64(generator.int(below: 25))
          let at = Zone.shanghai.instant(day, seconds: 9 * 3_600 + Int64(number + 1) * 300)
          bars.append(
            Bar(
              instrument: instrument, tradingDay: day, closedAt: at, open: Price(units: open),
              high: Price(units: high), low: Price(units: low), close: Price(units: close),
              volume: Int64(generator.int(below: 60))))
          price = close
        }
      }
      day = day.next
    }
    return bars
  }

  static func terms(
    _ instrument: InstrumentIndex, _ day: TradingDay, _ reference: Price?, grid: Grid
  ) -> InstrumentDay {
    let fee = { (rate: Int64, perLot: Int64) in
      Fee(rate: Rate(hundredMillionths: rate), perLot: Money(minor: perLot))
    }
    return InstrumentDay(
      instrument: instrument, day: day, grid: grid, tick: 1,
      multiplier: instrument.value == 1 ? 7 : 10, lotSize: 1, largestOrder: 500,
      reference: reference, lowest: nil, highest: nil, margin: Rate(basisPoints: 1_000),
      fees: Fees(
        open: fee(4_513, 0), close: fee(4_513, 0), closeToday: fee(9_027, 151),
        minimum: Money(minor: 333),
        saleTax: Rate(hundredMillionths: instrument.value == 1 ? 1_237 : 0)),
      closing: instrument.value == 0 ? .flagged : .yesterdayFirst, isNextDay: false,
      mayShort: true,
      board: instrument.value == 0
        ? nil
        : BoardDay(
          leastOrder: 1, sellsRemainder: false,
          levies: [
            Levy(
              kind: .stampDuty, onBuys: Rate(hundredMillionths: 777),
              onSales: Rate(hundredMillionths: 12_345), isWhole: true),
            Levy(
              kind: .trading, onBuys: .zero, onSales: .zero, soldPerMillion: Money(whole: 166),
              least: Money(minor: 1), most: Money(minor: 830)),
          ]))
  }
}

extension RiskLimits {
  static let wide = RiskLimits(
    priceBand: Rate(basisPoints: 500), orderLots: 100, orderShare: .one, dailyLoss: .one,
    instrumentShare: .one, totalShare: .one)
  static let tight = RiskLimits(
    priceBand: Rate(basisPoints: 500), orderLots: 100, orderShare: .one,
    dailyLoss: Rate(basisPoints: 5), instrumentShare: .one, totalShare: .one)
}
