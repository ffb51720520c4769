import Engine
import Fixtures
import Market
import Testing
import Trading

/// Bars of a day are announced when their hours begin: an order would otherwise never find its opening.
@Suite struct OpeningTests {
  private static let first = WalkMarket.firstDay

  private static func at(_ day: Int, _ clock: Int64) -> Instant {
    Instant(seconds: Int64(first.advanced(by: day).days) * 86_400 + clock * 3_600)
  }

  /// One bar of a price for each of the days named, at an hour of the clock.
  private func bars(_ index: Int, _ days: [Int], closes clock: Int64) -> [Bar] {
    days.map { day in
      let price = Price(units: 3_500 + Int64(day))
      return Bar(
        instrument: InstrumentIndex(index), tradingDay: Self.first.advanced(by: day),
        closedAt: Self.at(day, clock), open: price, high: price, low: price, close: price,
        volume: 1)
    }
  }

  /// One letter per event with its hour: the day, terms with their reference, a bar, the instant's end. An
  /// instrument's hours begin at `opens`, from midnight of its day; `nil` where none are known.
  private func told(_ histories: [[Bar]], opens: [Int64?]) throws -> String {
    var tape = Tape(histories, tellsOpenings: true) { (instrument, day, reference) in
      let open = opens[instrument.value].map { Self.at(Self.first.distance(to: day), $0) }
      return InstrumentDay(
        instrument: instrument, day: day, grid: WalkMarket.grid, tick: 1, multiplier: 1,
        lotSize: 1, largestOrder: 1, reference: reference, lowest: nil, highest: nil, margin: .one,
        fees: .none, closing: .flagged, isNextDay: true, mayShort: false,
        sessions: open.map {
          [Session(tradingDay: day, phase: .day, opens: $0, closes: $0.advanced(bySeconds: 3_600))]
        } ?? [])
    }
    var words: [String] = []
    while let event = try tape.advance() {
      let hour = (event.at.nanoseconds - Self.at(0, 0).nanoseconds) / 3_600_000_000_000
      switch event.kind {
      case .dayBegan: words.append("\(hour):D")
      case .terms(let terms):
        words.append("T\(terms.instrument.value)(\(terms.reference.map { "\($0.units)" } ?? ""))")
      case .bar(let bar): words.append("B\(bar.instrument.value)")
      default: words.append("\(hour)|")
      }
    }
    return words.joined(separator: " ")
  }

  @Test func aDayBeginsWithItsHoursAndTheCloseBefore() throws {
    let told = try told([bars(0, [0, 1], closes: 15)], opens: [9])
    #expect(told == "9:D T0() 9| B0 15| 33:D T0(3500) 33| B0 39|")
  }

  /// What has no bar on a day has no opening on it, and its reference stays the last close it had.
  @Test func aSuspendedShareHasNoOpening() throws {
    let told = try told(
      [bars(0, [0, 1, 2], closes: 15), bars(1, [0, 2], closes: 15)], opens: [9, 9])
    #expect(
      told == "9:D T0() T1() 9| B0 B1 15| 33:D T0(3500) 33| B0 39| "
        + "57:D T0(3501) T1(3500) 57| B0 B1 63|")
  }

  /// Nights open in the evening before, other markets later in the day; each at its own hour.
  @Test func everyMarketOpensAtItsHour() throws {
    let told = try told(
      [bars(0, [0, 1], closes: 15), bars(1, [0, 1], closes: 16)], opens: [-3, 10])
    #expect(
      told == "-3:D T0() -3| T1() 10| B0 15| B1 16| "
        + "21:D T0(3500) 21| T1(3500) 34| B0 39| B1 40|")
  }

  /// Where a day begins as another one ends, all of the old one's bars are told first.
  @Test func aDayThatNeverRestsBeginsBehindTheLastBar() throws {
    let told = try told(
      [bars(0, [0, 1], closes: 24), bars(1, [0, 1], closes: 24)], opens: [0, 0])
    #expect(
      told == "0:D T0() T1() 0| B0 B1 24| 24:D T0(3500) T1(3500) 24| B0 B1 48|")
  }

  /// Without hours, or with such as begin no earlier than the bar ends, the bar brings its day.
  @Test(arguments: [nil, Int64(15), 20]) func elseTheBarBringsItsDay(opens: Int64?) throws {
    let told = try told([bars(0, [0, 1], closes: 15)], opens: [opens])
    #expect(told == "15:D T0() B0 15| 39:D T0(3500) B0 39|")
  }

  /// A day is told after the bars before it, however early its hours are said to begin.
  @Test func timeNeverGoesBack() throws {
    let told = try told([bars(0, [0, 1], closes: 15)], opens: [-20])
    #expect(told == "-20:D T0() -20| B0 15| 15:D T0(3500) 15| B0 39|")
  }
}
