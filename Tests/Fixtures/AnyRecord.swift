public import Engine
import Market
import Trading

/// Random records of every shape there is, for codecs.
public enum AnyRecord {
  /// How many shapes `make` knows.
  public static let shapes = 22

  public static func make(shape: Int, _ dice: inout Dice) -> Record {
    let at = Instant(nanoseconds: dice.wide())
    switch shape {
    case 0..<10:
      let event = Event(at: at, kind(shape, &dice))
      return dice.flip() ? .taken(event) : .caused(event)
    case 20: return .taken(Event(at: at, .rolled(from: dice.instrument(), to: dice.instrument())))
    case 21: return .taken(Event(at: at, .action(action(&dice))))
    case 10: return .command(.submit(order(&dice)), at: at)
    case 11: return .command(.cancel(OrderID(dice.next())), at: at)
    case 12, 13: return .denial(denial(&dice), at: at)
    case 14: return .alarm(.strayFill(OrderID(dice.next())), at: at)
    case 15: return .alarm(.overfill(OrderID(dice.next())), at: at)
    case 16: return .alarm(.strayReport(OrderID(dice.next())), at: at)
    case 17: return .alarm(.missingLots(OrderID(dice.next())), at: at)
    case 18: return .alarm(.mustLeave(dice.instrument()), at: at)
    default: return .caused(Event(at: at, .cancelRefused(OrderID(dice.next()))))
    }
  }

  private static func kind(_ shape: Int, _ dice: inout Dice) -> Event.Kind {
    switch shape {
    case 0: .dayBegan(dice.day())
    case 1: .terms(terms(&dice))
    case 2: .bar(bar(&dice))
    case 3: .instantClosed
    case 4: .forecast(forecast(&dice))
    case 5: .accepted(OrderID(dice.next()))
    case 6: .refused(OrderID(dice.next()), dice.one(of: Refusal.allCases))
    case 7: .fill(fill(&dice))
    case 8: .cancelled(OrderID(dice.next()))
    default: .expired(OrderID(dice.next()))
    }
  }

  private static func action(_ dice: inout Dice) -> CorporateAction {
    let day = dice.day()
    let rate = Rate(hundredMillionths: dice.roll(1...1 << 40))
    let kinds: [CorporateAction.Kind] = [
      .dividend(perShare: rate), .bonus(perShare: rate), .consolidation(into: rate),
      .rights(perShare: rate, price: dice.price()),
    ]
    return CorporateAction(
      instrument: dice.instrument(), recordDay: day, exDay: day.next,
      kind: kinds[Int(dice.roll(0...3))])
  }

  private static func order(_ dice: inout Dice) -> Order {
    Order(
      id: OrderID(dice.next()), instrument: dice.instrument(), side: dice.one(of: Side.allCases),
      offset: dice.one(of: Offset.allCases), lots: dice.roll(1...9_000), limit: dice.price(),
      lifetime: dice.one(of: Lifetime.allCases))
  }

  private static func fill(_ dice: inout Dice) -> Fill {
    Fill(
      trade: TradeID(dice.next()), order: OrderID(dice.next()), instrument: dice.instrument(),
      side: dice.one(of: Side.allCases), offset: dice.one(of: Offset.allCases),
      lots: dice.roll(1...9_000), price: dice.price())
  }

  private static func denial(_ dice: inout Dice) -> Denial {
    Denial(
      instrument: dice.instrument(), rule: dice.one(of: RiskRule.allCases),
      side: dice.one(of: Side.allCases), offset: dice.one(of: Offset.allCases),
      lots: dice.wide(), limit: dice.price(), measured: dice.wide(), allowed: dice.wide())
  }

  private static func bar(_ dice: inout Dice) -> Bar {
    let low = dice.wide() / 4
    let open = low + dice.roll(0...99)
    let close = low + dice.roll(0...99)
    return Bar(
      instrument: dice.instrument(), tradingDay: dice.day(),
      closedAt: Instant(nanoseconds: dice.wide()), open: Price(units: open),
      high: Price(units: low + 99 + dice.roll(0...9)), low: Price(units: low),
      close: Price(units: close), volume: dice.roll(0...1 << 40),
      turnover: Double(dice.wide()) / 3, openInterest: dice.wide())
  }

  private static func forecast(_ dice: inout Dice) -> Forecast {
    Forecast(
      instrument: dice.instrument(), model: ModelID(dice.next()),
      expectedReturn: Double(dice.wide()) / 1e20, deviation: Double(dice.wide()) / 1e21,
      horizonBars: Int32(dice.roll(-5...500)))
  }

  private static func terms(_ dice: inout Dice) -> InstrumentDay {
    let day = dice.day()
    return InstrumentDay(
      instrument: dice.instrument(), day: day,
      grid: Grid(decimals: UInt8(dice.roll(0...8))), tick: dice.roll(1...100),
      multiplier: dice.roll(1...1_000), lotSize: dice.roll(1...100),
      largestOrder: dice.roll(1...10_000), reference: dice.maybePrice(),
      lowest: dice.maybePrice(), highest: dice.maybePrice(), margin: dice.rate(),
      fees: Fees(
        open: dice.fee(), close: dice.fee(), closeToday: dice.fee(),
        minimum: Money(minor: dice.wide()), saleTax: dice.rate()),
      closing: ClosingRule(
        taking: dice.one(of: ClosingRule.Taking.allCases),
        charging: dice.one(of: ClosingRule.Charging.allCases)),
      isNextDay: dice.flip(), mayShort: dice.flip(), board: dice.flip() ? board(&dice) : nil,
      contract: dice.flip() ? contract(&dice) : nil, stop: stop(&dice),
      sessions: (0..<dice.roll(0...4)).map { _ in session(of: day, &dice) })
  }

  private static func session(of day: TradingDay, _ dice: inout Dice) -> Session {
    Session(
      tradingDay: day, phase: dice.one(of: Phase.allCases),
      opens: Instant(nanoseconds: dice.wide()), closes: Instant(nanoseconds: dice.wide()))
  }

  private static func contract(_ dice: inout Dice) -> ContractDay {
    ContractDay(
      product: dice.instrument(), paysLargerSide: dice.flip(),
      openings: dice.flip()
        ? OpeningLimit(lots: dice.wide(), scope: dice.one(of: OpeningLimit.Scope.allCases)) : nil,
      deliveryLots: dice.roll(1...30))
  }

  private static func stop(_ dice: inout Dice) -> OpeningStop? {
    switch dice.roll(0...3) {
    case 0: nil
    case 1: .calendar(knownUntil: dice.day())
    case 2: .delivery(leaveBy: dice.day())
    default: .listing(dice.one(of: KnownDay.Listing.allCases))
    }
  }

  private static func board(_ dice: inout Dice) -> BoardDay {
    let spans = (0..<dice.roll(0...2)).map { _ in
      InstantSpan(
        from: Instant(nanoseconds: dice.wide()), until: Instant(nanoseconds: dice.wide()))
    }
    return BoardDay(
      steps: (0..<dice.roll(0...4)).map { _ in
        TickStep(from: Price(units: dice.wide()), units: dice.roll(1...50))
      },
      leastOrder: dice.roll(1...1_000), sellsRemainder: dice.flip(),
      cage: dice.flip() ? PriceCage(rate: dice.rate(), ticks: dice.roll(0...10)) : nil,
      uncancellable: spans, afterHours: spans,
      levies: (0..<dice.roll(0...3)).map { _ in levy(&dice) })
  }

  private static func levy(_ dice: inout Dice) -> Levy {
    Levy(
      kind: dice.one(of: LevyKind.allCases), onBuys: dice.rate(), onSales: dice.rate(),
      boughtPerMillion: Money(minor: dice.wide()), soldPerMillion: Money(minor: dice.wide()),
      least: Money(minor: dice.wide()), most: dice.flip() ? Money(minor: dice.wide()) : nil,
      isWhole: dice.flip(), isInCommission: dice.flip())
  }
}

extension Dice {
  mutating func flip() -> Bool { next() & 1 == 1 }

  /// Any integer, with the ends of the range more often than chance would have them.
  mutating func wide() -> Int64 {
    switch roll(0...9) {
    case 0: .max
    case 1: .min
    case 2: 0
    default: Int64(bitPattern: next())
    }
  }

  mutating func one<Element>(of choices: [Element]) -> Element {
    choices[Int(roll(0...Int64(choices.count - 1)))]
  }

  fileprivate mutating func instrument() -> InstrumentIndex {
    InstrumentIndex(Int(roll(0...Int64(Int32.max))))
  }

  fileprivate mutating func day() -> TradingDay { TradingDay(days: Int32(roll(-40_000...40_000))) }

  fileprivate mutating func price() -> Price { Price(units: wide()) }

  fileprivate mutating func maybePrice() -> Price? { flip() ? price() : nil }

  fileprivate mutating func rate() -> Rate { Rate(hundredMillionths: wide()) }

  fileprivate mutating func fee() -> Fee { Fee(rate: rate(), perLot: Money(minor: wide())) }
}
