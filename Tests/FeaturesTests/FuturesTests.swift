import Features
import Market
import Testing

/// Time of day, gaps, open interest and rolls, worked by hand.
@Suite struct FuturesTests {
  /// Two trading days of a night product: minutes of a night, a morning with its break, the next night.
  private static let closes: [(day: Int32, minute: Int64)] = [
    (10, 61), (10, 62), (10, 600), (10, 601), (10, 616), (11, 1_501), (11, 1_502),
  ]

  private let bars: [Bar] = closes.enumerated().map { row, at in
    let close = 1_000 + 10 * Int64(row)
    let open = row == 5 ? close + 100 : close - 5
    return Bar(
      instrument: InstrumentIndex(0), tradingDay: TradingDay(days: at.day),
      closedAt: Instant(seconds: 60 * at.minute), open: Price(units: open),
      high: Price(units: close + 100), low: Price(units: close - 50), close: Price(units: close),
      volume: 20, openInterest: [100, 100, 110, 110, 99, 0, 50][row])
  }

  private func column(_ expression: String, _ marks: SeriesMarks = .none) throws -> [Double] {
    let recipe = try Recipe(name: "r", features: [("x", expression)])
    let matrix = FeatureMatrix(recipe, bars: bars, grid: Series.grid, marks: marks)
    return (0..<matrix.rows).map { Double(matrix[$0, 0]) }
  }

  private func expect(
    _ expression: String, _ expected: [Double], _ marks: SeriesMarks = .none
  ) throws {
    let found = try column(expression, marks)
    let isSame = zip(found, expected).allSatisfy {
      $0 == Double(Float($1)) || ($0.isNaN && $1.isNaN)
    }
    #expect(isSame && found.count == expected.count, "\(expression): \(found)")
  }

  private let absent = Double.nan

  @Test func aDayIsCountedFromItsFirstBar() throws {
    let none = absent
    try expect("weekday", [6, 6, 6, 6, 6, 0, 0])
    try expect("dayfirst()", [none, 0, 0, 0, 0, 1, 0])
    try expect("daybars()", [none, none, none, none, none, 0, 1])
    try expect("dayminutes()", [none, none, none, none, none, 0, 1])
    try expect("breakminutes(10)", [none, none, 0, 1, 0, 0, 1])
  }

  @Test func gapsAreThoseOverABreak() throws {
    let over = 11.5 / 10.4 - 1
    try expect("gap(10)", [absent, 0, 10.15 / 10.1 - 1, 0, 10.35 / 10.3 - 1, over, 0])
    try expect("gap(600)", [absent, 0, 0, 0, 0, over, 0])
    try expect("daygap()", [absent, absent, absent, absent, absent, over, over])
  }

  @Test func sessionsAreTheCalendars() throws {
    let zone = Zone.utc
    let calendar = ExchangeCalendar(
      zone: zone, days: [TradingDay(days: 0), TradingDay(days: 1)])
    let hours = [
      Hours(.day, opensSecond: 3_600, closesSecond: 7_200),
      Hours(.day, opensSecond: 35_940, closesSecond: 36_060),
      Hours(.day, opensSecond: 36_900, closesSecond: 37_500),
    ]
    let fact = Fact(hours, from: TradingDay(days: 0), source: "made", isVerified: true)
    let marks = SeriesMarks(
      timetable: Timetable(calendar: calendar, hours: Timeline([fact])))
    try expect("sessionminutes()", [1, 2, 1, 2, 1, 1, 2], marks)
    try expect("sessionshare()", [1 / 60.0, 2 / 60.0, 0.5, 1, 0.1, 1 / 60.0, 2 / 60.0], marks)
    try expect("sessionopen", Array(repeating: absent, count: 7))
  }

  @Test func openInterestIsAShare() throws {
    try expect("oichange(2)", [absent, absent, 0.1, 0.1, -0.1, -1, 50 / 99.0 - 1])
    try expect("oichange(1)", [absent, 0, 0.1, 0, -0.1, -1, 0])
    try expect("oiturn()", [0.2, 0.2, 20 / 110.0, 20 / 110.0, 20 / 99.0, 0, 0.4])
  }

  @Test func aRollIsNobodysProfit() throws {
    let none = absent
    let marks = SeriesMarks(rolls: [bars[3].closedAt])
    try expect("contract", [0, 0, 0, 1, 1, 1, 1], marks)
    try expect("rollbars()", [none, none, none, 0, 1, 2, 3], marks)
    try expect("unrolled(close, 2)", [none, none, 10.2, none, none, 10.5, 10.6], marks)
    try expect("unrolled(close, 1)", [none, 10.1, 10.2, 10.3, 10.4, 10.5, 10.6])
  }

  @Test func theMinuteRecipeKnowsNoPriceLevel() throws {
    let bars = Series.market(1_500, seed: 21)
    let scaled = bars.map { bar in
      Bar(
        instrument: bar.instrument, tradingDay: bar.tradingDay, closedAt: bar.closedAt,
        open: Price(units: bar.open.units * 3), high: Price(units: bar.high.units * 3),
        low: Price(units: bar.low.units * 3), close: Price(units: bar.close.units * 3),
        volume: bar.volume, openInterest: bar.openInterest)
    }
    let recipe = try Golden.recipe("minute")
    let plain = FeatureMatrix(recipe, bars: bars, grid: Series.grid)
    let triple = FeatureMatrix(recipe, bars: scaled, grid: Series.grid)
    for column in 0..<plain.columns {
      for row in 0..<plain.rows {
        let (one, three) = (plain[row, column], triple[row, column])
        holds(
          abs(one - three) <= 1e-5 * max(1, abs(one)) || (one.isNaN && three.isNaN),
          "\(plain.names[column]) row \(row): \(one) and \(three)")
      }
    }
  }
}
