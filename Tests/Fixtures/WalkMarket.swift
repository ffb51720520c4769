public import Engine
public import Market
public import Trading

/// Seeded pseudo-random numbers for tests (SplitMix64): the same seed gives the same market anywhere.
public struct Dice: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  /// A whole number of a closed range, close enough to even for a test.
  public mutating func roll(_ range: ClosedRange<Int64>) -> Int64 {
    let width = UInt64(range.upperBound - range.lowerBound) + 1
    return range.lowerBound + Int64(next() % width)
  }
}

/// A market of random walks in minute bars, one session of whole minutes per trading day.
public struct WalkMarket: Sendable {
  public let instruments: Int
  public let days: Int
  public let barsPerDay: Int
  public let seed: UInt64

  public static let grid = Grid(decimals: 0)
  public static let firstDay = TradingDay(year: 2024, month: 1, day: 2)

  public init(instruments: Int = 1, days: Int = 3, barsPerDay: Int = 120, seed: UInt64) {
    self.instruments = instruments
    self.days = days
    self.barsPerDay = barsPerDay
    self.seed = seed
  }

  /// One history per instrument, oldest bar first.
  public var histories: [[Bar]] {
    (0..<instruments).map { history(InstrumentIndex($0)) }
  }

  private func history(_ instrument: InstrumentIndex) -> [Bar] {
    var dice = Dice(seed: seed &* 1_000_003 &+ UInt64(instrument.value))
    var last: Int64 = 3_500
    var bars: [Bar] = []
    bars.reserveCapacity(days * barsPerDay)
    for day in 0..<days {
      let date = WalkMarket.firstDay.advanced(by: day)
      let opens = Instant(seconds: Int64(date.days) * 86_400 + 3_600)
      for minute in 1...barsPerDay {
        let closes = opens.advanced(bySeconds: Int64(minute) * 60)
        let bar = bar(instrument, date, closes, after: last, &dice)
        bars.append(bar)
        last = bar.close.units
      }
    }
    return bars
  }

  private func bar(
    _ instrument: InstrumentIndex, _ day: TradingDay, _ closes: Instant, after last: Int64,
    _ dice: inout Dice
  ) -> Bar {
    let open = max(last + dice.roll(-1...1), 100)
    let close = max(open + dice.roll(-4...4), 100)
    let high = max(open, close) + dice.roll(0...3)
    let low = min(open, close) - dice.roll(0...3)
    return Bar(
      instrument: instrument, tradingDay: day, closedAt: closes, open: Price(units: open),
      high: Price(units: high), low: Price(units: low), close: Price(units: close),
      volume: dice.roll(20...2_000), turnover: 0, openInterest: 100_000)
  }

  /// Rules like those of a metal future: ten units a lot, a tick of one, limits of eight percent.
  public static let terms: DailyTerms = {
    (instrument, day, reference) throws(RuleGap) -> InstrumentDay in
    let base = reference ?? Price(units: 3_500)
    return InstrumentDay(
      instrument: instrument, day: day, grid: grid, tick: 1, multiplier: 10, lotSize: 1,
      largestOrder: 500, reference: base,
      lowest: Price(units: base.units * 92 / 100), highest: Price(units: base.units * 108 / 100),
      margin: Rate(basisPoints: 1_000),
      fees: Fees(
        open: Fee(rate: Rate(basisPoints: 1), perLot: .zero),
        close: Fee(rate: Rate(basisPoints: 1), perLot: .zero),
        closeToday: Fee(rate: Rate(basisPoints: 2), perLot: Money(minor: 10))),
      closing: .flagged, isNextDay: false, mayShort: true)
  }

  public var tape: Tape { Tape(histories, terms: WalkMarket.terms) }

  /// Every event of the market in order.
  public func events() throws(RuleGap) -> [Event] {
    var tape = tape
    var events: [Event] = []
    while let event = try tape.advance() { events.append(event) }
    return events
  }
}

extension InstrumentDay {
  /// The same day with other rules for futures, or with something that speaks against opening.
  public func with(contract: ContractDay? = nil, stop: OpeningStop? = nil) -> InstrumentDay {
    InstrumentDay(
      instrument: instrument, day: day, grid: grid, tick: tick, multiplier: multiplier,
      lotSize: lotSize, largestOrder: largestOrder, reference: reference, lowest: lowest,
      highest: highest, margin: margin, fees: fees, closing: closing, isNextDay: isNextDay,
      mayShort: mayShort, board: board, contract: contract, stop: stop)
  }
}
