import Engine
import Fixtures
import Market
import Testing
import Trading

@Suite struct TapeTests {
  private func events(_ histories: [[Bar]]) throws -> [Event] {
    var tape = Tape(histories, terms: WalkMarket.terms)
    var events: [Event] = []
    while let event = try tape.advance() { events.append(event) }
    return events
  }

  /// One letter per event: the day, terms, a bar and its instrument, the instant's end.
  private func letters(_ events: [Event]) -> String {
    events.map { event in
      switch event.kind {
      case .dayBegan: "D"
      case .terms(let terms): "T\(terms.instrument.value)"
      case .bar(let bar): "B\(bar.instrument.value)"
      case .instantClosed: "|"
      default: "?"
      }
    }.joined(separator: " ")
  }

  @Test func twoInstrumentsMeetInOrderOfCloseThenIndex() throws {
    let market = WalkMarket(instruments: 2, days: 2, barsPerDay: 2, seed: 1)
    var histories = market.histories
    histories[0].remove(at: 1)
    let told = letters(try events(histories))
    #expect(told == "D T0 B0 T1 B1 | B1 | D T0 B0 T1 B1 | B0 B1 |")
  }

  @Test func anInstrumentThatComesLaterIsToldItsTermsThen() throws {
    var histories = WalkMarket(instruments: 2, days: 1, barsPerDay: 3, seed: 1).histories
    histories[0].removeFirst(2)
    #expect(letters(try events(histories)) == "D T1 B1 | B1 | T0 B0 B1 |")
  }

  @Test func everyBarComesOnceAndTimeNeverGoesBack() throws {
    for seed in UInt64(0)..<5 {
      let market = WalkMarket(instruments: 3, days: 4, barsPerDay: 30, seed: seed)
      let events = try events(market.histories)
      #expect(zip(events, events.dropFirst()).allSatisfy { $0.at <= $1.at }, "seed \(seed)")
      for (index, history) in market.histories.enumerated() {
        let bars = events.compactMap { event -> Bar? in
          guard case .bar(let bar) = event.kind, bar.instrument.value == index else { return nil }
          return bar
        }
        #expect(bars == history, "seed \(seed), instrument \(index)")
      }
    }
  }

  @Test func theReferenceOfADayIsTheCloseBeforeIt() throws {
    let market = WalkMarket(instruments: 2, days: 3, barsPerDay: 5, seed: 9)
    let terms = try events(market.histories).compactMap { event -> InstrumentDay? in
      guard case .terms(let terms) = event.kind else { return nil }
      return terms
    }
    #expect(terms.count == 6)
    for day in terms where day.day > WalkMarket.firstDay {
      let before = market.histories[day.instrument.value].last { $0.tradingDay < day.day }
      #expect(day.reference == before?.close)
    }
  }

  @Test func turnsComeWithTheFirstDayThatReachesThem() throws {
    let market = WalkMarket(instruments: 2, days: 3, barsPerDay: 1, seed: 1)
    let days = market.histories[0].map(\.tradingDay)
    let roll = { (day: TradingDay) in
      Turn.roll(on: day, from: InstrumentIndex(0), to: InstrumentIndex(1))
    }
    var tape = Tape(
      market.histories, closes: [Price(units: 77), nil],
      turns: [roll(days[2]), roll(days[0]), roll(days[0].next)], terms: WalkMarket.terms)
    var events: [Event] = []
    while let event = try tape.advance() { events.append(event) }
    #expect(letters(events) == "D T0 B0 T1 B1 | D ? T0 B0 T1 B1 | D ? T0 B0 T1 B1 |")
    guard case .terms(let first) = events[1].kind else { return #expect(Bool(false)) }
    #expect(first.reference == Price(units: 77))
  }

  @Test func missingRulesEndTheTape() {
    let histories = WalkMarket(days: 1, barsPerDay: 1, seed: 1).histories
    let gap = RuleGap.missing(rule: "tick", product: "rb", day: WalkMarket.firstDay)
    var tape = Tape(histories) { (_, _, _) throws(RuleGap) in throw gap }
    #expect(throws: gap) { try tape.advance() }
  }
}
