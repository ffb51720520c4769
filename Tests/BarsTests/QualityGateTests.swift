import Market
import Testing

@testable import Bars

@Suite struct QualityGateTests {
  static let first = TradingDay(year: 2021, month: 1, day: 4)
  static let days = first...TradingDay(year: 2021, month: 3, day: 12)
  static let schedule = Schedule.sessions(
    Timetable(
      calendar: ExchangeCalendar(
        zone: .shanghai, first: first, last: days.upperBound, closures: []),
      hours: Timeline([
        Fact(
          TestHours.rebar, from: TradingDay(year: 2000, month: 1, day: 1), source: "test",
          isVerified: true)
      ])))

  let gate = QualityGate(
    schedule: Self.schedule, interval: .minute,
    priceLimit: Timeline([
      Fact(
        Rate(basisPoints: 800), from: TradingDay(year: 2000, month: 1, day: 1), source: "test",
        isVerified: true)
    ]))

  func market(_ seed: UInt64, _ signal: PlantedSignal = .none) -> BarColumns {
    let market = SyntheticMarket(schedule: Self.schedule, signal: signal, seed: seed)
    return BarColumns(market.bars(of: InstrumentIndex(0), days: Self.days))
  }

  func faults(_ bars: BarColumns) -> [String] {
    gate.check(bars).flatMap { day in day.findings.map { "\(day.day) \($0.fault.rawValue)" } }
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func aSoundMarketIsLeftInPeace(_ seed: UInt64) throws {
    #expect(faults(market(seed)) == [], "seed \(seed)")
    let signal = try #require(PlantedSignal(rSquared: 0.05, horizonBars: 5))
    #expect(faults(market(seed, signal)) == [], "seed \(seed)")
  }

  /// Every planted fault is named on its day, and nothing else.
  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func everyPlantedFaultIsNamedAndNothingElse(_ seed: UInt64) {
    let broken = BrokenMarket(spoiling: market(seed))
    #expect(broken.planted.map(\.fault) == BrokenMarket.order)
    let expected = broken.planted.map { "\($0.day) \($0.fault.rawValue)" }
    #expect(faults(broken.bars) == expected, "seed \(seed)")
  }

  @Test func everyFaultButDisorderIsPlanted() {
    #expect(Set(BrokenMarket.order) == Set(Fault.allCases).subtracting([.order]))
  }

  @Test func disorderIsNamed() {
    var bars = market(1)
    bars.closedAtNanos[10] = bars.closedAtNanos[9]
    #expect(gate.check(bars)[0].findings.contains { $0.fault == .order && $0.grade == .d })
  }

  /// Ends taken for starts make every bar a minute late.
  @Test func lateStampsAreNamed() {
    var bars = market(1)
    for row in 0..<bars.count where bars.tradingDays[row] == bars.tradingDays[0] {
      bars.closedAtNanos[row] += 60_000_000_000
    }
    let first = gate.check(bars)[0]
    #expect(first.findings.map(\.fault) == [.stamps] && first.grade == .d)
  }

  @Test func closesThatAreEarlyAreNamed() {
    var bars = market(2)
    let rows = QualityGate.days(of: bars)[3]
    for row in rows.dropLast() { bars.close[row] = bars.close[row + 1] }
    let found = gate.check(bars)[3].findings
    #expect(found.first { $0.fault == .shifted }?.detail == "close is one bar early")
  }

  /// Where no hours are known, a day's usual number of bars is what the weekday mostly has.
  @Test func openHoursJudgeByHabit() {
    var bars = market(3)
    let open = QualityGate(schedule: .alwaysOpen(.shanghai), interval: .minute)
    // The first day has no night before it.
    #expect(open.check(bars).dropFirst().allSatisfy { $0.findings.isEmpty })
    let rows = QualityGate.days(of: bars)[10]
    let short = bars.rows(0..<rows.lowerBound + 20)
    var rest = short
    rest.append(contentsOf: bars, rows.upperBound..<bars.count)
    bars = rest
    let day = open.check(bars)[10]
    #expect(day.findings.map(\.fault) == [.gap] && day.grade == .d && day.bars == 20)
  }

  @Test func seriesWithoutVolumeAreNotAskedForIt() {
    var bars = market(4)
    for row in 0..<bars.count {
      bars.volume[row] = 0
      bars.turnover[row] = 0
      bars.openInterest[row] = 0
    }
    #expect(faults(bars) == [])
  }

  /// What was paid does not move with prices that were moved afterwards.
  @Test func turnoverIsNotHeldAgainstAdjustedPrices() {
    var bars = market(5)
    let half = bars.count / 2
    for row in 0..<half { bars.turnover[row] *= 3 }
    #expect(gate.check(bars).contains { $0.findings.contains { $0.fault == .turnover } })
    let adjusted = QualityGate(
      schedule: Self.schedule, interval: .minute, priceLimit: gate.priceLimit, isAdjusted: true)
    #expect(adjusted.check(bars).allSatisfy { $0.findings.isEmpty })
  }

  @Test func theWorstFindingGrades() {
    let day = TradingDay(year: 2021, month: 1, day: 4)
    var quality = DayQuality(day: day, bars: 1, expected: 1, findings: [])
    #expect(quality.grade == .a)
    quality.findings = [Finding(.roll, .b, ""), Finding(.jump, .c, "")]
    #expect(quality.grade == .c)
  }
}
