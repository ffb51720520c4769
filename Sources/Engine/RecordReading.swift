import Bytes
import Market
import Trading

/// Every field is checked on the way in: a journal is a file, and files rot.
extension ByteReader {
  mutating func instant() throws(BytesError) -> Instant {
    Instant(nanoseconds: try int64("an instant"))
  }

  mutating func kind(_ version: UInt16) throws(BytesError) -> Event.Kind {
    let start = offset
    switch try uint8("an event's tag") {
    case 1: return .dayBegan(try day())
    case 2: return .terms(try terms(version))
    case 3: return .bar(try bar())
    case 4: return .instantClosed
    case 5: return .forecast(try forecast())
    case 6: return .accepted(try orderID())
    case 7:
      let id = try orderID()
      return .refused(id, try choice("a refusal"))
    case 8: return .fill(try fill())
    case 9: return .cancelled(try orderID())
    case 10: return .expired(try orderID())
    case 11: return .cancelRefused(try orderID())
    case 12:
      let old = try instrument()
      return .rolled(from: old, to: try instrument())
    case 13: return .action(try action())
    default: throw .malformed(offset: start, expected: "an event's tag from 1 to 13")
    }
  }

  mutating func command() throws(BytesError) -> Command {
    let start = offset
    switch try uint8("a command's tag") {
    case 1: return .submit(try order())
    case 2: return .cancel(try orderID())
    default: throw .malformed(offset: start, expected: "a command's tag, 1 or 2")
    }
  }

  mutating func denial(_ version: UInt16) throws(BytesError) -> Denial {
    let start = offset
    let instrument = try instrument()
    let rule = try uint8("a risk rule")
    let side: Side = try choice("a side")
    let offset: Offset = try choice("an offset")
    let (lots, limit) = (try int64("lots"), try price())
    let (measured, allowed) = (try int64("a figure"), try int64("a limit"))
    let found =
      version == 2
      ? RiskRule(second: rule, ofLots: measured == lots) : RiskRule(rawValue: rule)
    guard let found else { throw .malformed(offset: start, expected: "a risk rule") }
    return Denial(
      instrument: instrument, rule: found, side: side, offset: offset, lots: lots, limit: limit,
      measured: measured, allowed: allowed)
  }

  mutating func alarm() throws(BytesError) -> Alarm {
    let start = offset
    switch try uint8("an alarm's tag") {
    case 1: return .strayFill(try orderID())
    case 2: return .overfill(try orderID())
    case 3: return .strayReport(try orderID())
    case 4: return .missingLots(try orderID())
    case 5: return .mustLeave(try instrument())
    default: throw .malformed(offset: start, expected: "an alarm's tag from 1 to 5")
    }
  }

  private mutating func order() throws(BytesError) -> Order {
    let id = try orderID()
    let instrument = try instrument()
    let side: Side = try choice("a side")
    let offset: Offset = try choice("an offset")
    let lifetime: Lifetime = try choice("a lifetime")
    return Order(
      id: id, instrument: instrument, side: side, offset: offset, lots: try positive("lots"),
      limit: try price(), lifetime: lifetime)
  }

  private mutating func fill() throws(BytesError) -> Fill {
    Fill(
      trade: TradeID(try uint64("a trade's name")), order: try orderID(),
      instrument: try instrument(), side: try choice("a side"), offset: try choice("an offset"),
      lots: try positive("lots"), price: try price())
  }

  private mutating func bar() throws(BytesError) -> Bar {
    let start = offset
    let instrument = try instrument()
    let day = try day()
    let closedAt = try instant()
    let (open, high, low, close) = (try price(), try price(), try price(), try price())
    let volume = try int64("a volume")
    let turnover = try double("a turnover")
    guard low <= min(open, close), max(open, close) <= high, volume >= 0, turnover.isFinite else {
      throw .malformed(offset: start, expected: "a bar whose low and high hold its prices")
    }
    return Bar(
      instrument: instrument, tradingDay: day, closedAt: closedAt, open: open, high: high, low: low,
      close: close, volume: volume, turnover: turnover, openInterest: try int64("open interest"))
  }

  private mutating func action() throws(BytesError) -> CorporateAction {
    let start = offset
    let instrument = try instrument()
    let (recordDay, exDay) = (try day(), try day())
    let tag = try uint8("an action's tag")
    let (rate, price) = (try rate(), try price())
    let kind: CorporateAction.Kind? =
      switch tag {
      case 1: .dividend(perShare: rate)
      case 2: .bonus(perShare: rate)
      case 3: .rights(perShare: rate, price: price)
      case 4: .consolidation(into: rate)
      default: nil
      }
    guard let kind, .zero < rate, recordDay < exDay, tag == 3 || price.units == 0 else {
      throw .malformed(offset: start, expected: "an action of a share, held before its ex-day")
    }
    return CorporateAction(
      instrument: instrument, recordDay: recordDay, exDay: exDay, kind: kind)
  }

  private mutating func forecast() throws(BytesError) -> Forecast {
    let start = offset
    let instrument = try instrument()
    let model = ModelID(try uint64("a model's name"))
    let (expected, deviation) = (try double("a return"), try double("a deviation"))
    guard expected.isFinite, deviation.isFinite else {
      throw .malformed(offset: start, expected: "a forecast that is a number")
    }
    return Forecast(
      instrument: instrument, model: model, expectedReturn: expected, deviation: deviation,
      horizonBars: try int32("a horizon"))
  }

  private mutating func terms(_ version: UInt16) throws(BytesError) -> InstrumentDay {
    let instrument = try instrument()
    let day = try day()
    return InstrumentDay(
      instrument: instrument, day: day, grid: try grid(), tick: try positive("a tick"),
      multiplier: try positive("a multiplier"), lotSize: try positive("a lot size"),
      largestOrder: try positive("a largest order"), reference: try maybePrice(),
      lowest: try maybePrice(), highest: try maybePrice(), margin: try rate(), fees: try fees(),
      closing: ClosingRule(
        taking: try choice("a closing rule"), charging: try choice("a charging rule")),
      isNextDay: try bool(), mayShort: try bool(), board: try board(),
      contract: version >= 3 ? try contract() : nil, stop: version >= 3 ? try stop() : nil,
      sessions: version >= 4 ? try hours(of: day) : [])
  }
}

extension RiskRule {
  /// A rule of record version 2, which had five, and one for an order's lots and its money.
  fileprivate init?(second number: UInt8, ofLots: Bool) {
    let rules: [RiskRule] = [
      .priceBand, ofLots ? .orderLots : .orderMoney, .dailyLoss, .position, .margin,
    ]
    guard number < rules.count else { return nil }
    self = rules[Int(number)]
  }
}

// MARK: - Fields

extension ByteReader {
  private mutating func orderID() throws(BytesError) -> OrderID {
    OrderID(try uint64("an order's name"))
  }

  mutating func instrument() throws(BytesError) -> InstrumentIndex {
    let start = offset
    let position = try int32("an instrument")
    guard position >= 0 else { throw .malformed(offset: start, expected: "an index of 0 or more") }
    return InstrumentIndex(Int(position))
  }

  mutating func day() throws(BytesError) -> TradingDay {
    TradingDay(days: try int32("a day"))
  }

  private mutating func price() throws(BytesError) -> Price {
    Price(units: try int64("a price"))
  }

  /// One value has one form: a price that is not there is written as zero.
  private mutating func maybePrice() throws(BytesError) -> Price? {
    let start = offset
    let isThere = try bool()
    let price = try price()
    guard isThere || price.units == 0 else {
      throw .malformed(offset: start, expected: "zero where there is no price")
    }
    return isThere ? price : nil
  }

  private mutating func rate() throws(BytesError) -> Rate {
    Rate(hundredMillionths: try int64("a rate"))
  }

  private mutating func grid() throws(BytesError) -> Grid {
    let start = offset
    let decimals = try uint8("a grid")
    guard decimals <= Grid.most else {
      throw .malformed(offset: start, expected: "a grid of at most \(Grid.most) decimals")
    }
    return Grid(decimals: decimals)
  }

  private mutating func fees() throws(BytesError) -> Fees {
    Fees(
      open: try fee(), close: try fee(), closeToday: try fee(),
      minimum: Money(minor: try int64("a minimum")), saleTax: try rate())
  }

  private mutating func fee() throws(BytesError) -> Fee {
    Fee(rate: try rate(), perLot: Money(minor: try int64("a fee per lot")))
  }

  mutating func positive(_ what: String) throws(BytesError) -> Int64 {
    let start = offset
    let value = try int64(what)
    guard value > 0 else { throw .malformed(offset: start, expected: "\(what) above 0") }
    return value
  }

  mutating func choice<Choice: RawRepresentable<UInt8>>(
    _ what: String
  ) throws(BytesError) -> Choice {
    let start = offset
    guard let choice = Choice(rawValue: try uint8(what)) else {
      throw .malformed(offset: start, expected: what)
    }
    return choice
  }
}
