import Market
import Testing
import Workbench

@Suite struct StockPricesTests {
  struct Limits: CustomStringConvertible, Sendable {
    let symbol: String
    let date: String
    let reference: String
    var isSpecial = false
    var dayNumber: Int?
    /// `nil` where there is no limit.
    let band: (low: String, high: String)?

    var description: String { "\(symbol) on \(date) after \(reference)" }
  }

  static let limits: [Limits] = [
    .init(
      symbol: "600519.SSE", date: "2019-06-03", reference: "888.88", band: ("799.99", "977.77")),
    // Halves go up: 0.55 × 1.1 is 0.605, and 10.05 × 0.9 is 9.045.
    .init(symbol: "600519.SSE", date: "2019-06-03", reference: "0.55", band: ("0.50", "0.61")),
    .init(symbol: "600519.SSE", date: "2019-06-03", reference: "10.05", band: ("9.05", "11.06")),
    .init(symbol: "000001.SZSE", date: "2019-06-03", reference: "12.34", band: ("11.11", "13.57")),
    // A limit is never nearer than a tick, nor a price lower than one.
    .init(symbol: "600519.SSE", date: "2019-06-03", reference: "0.03", band: ("0.02", "0.04")),
    .init(symbol: "600519.SSE", date: "2019-06-03", reference: "0.01", band: ("0.01", "0.02")),
    .init(
      symbol: "600145.SSE", date: "2026-07-03", reference: "3.33", isSpecial: true,
      band: ("3.16", "3.50")),
    .init(
      symbol: "600145.SSE", date: "2026-07-06", reference: "3.33", isSpecial: true,
      band: ("3.00", "3.66")),
    .init(
      symbol: "000010.SZSE", date: "2026-07-03", reference: "2.10", isSpecial: true,
      band: ("2.00", "2.21")),
    .init(
      symbol: "300028.SZSE", date: "2021-06-01", reference: "2.00", isSpecial: true,
      band: ("1.60", "2.40")),
    .init(symbol: "300750.SZSE", date: "2020-08-21", reference: "200", band: ("180", "220")),
    .init(symbol: "300750.SZSE", date: "2020-08-24", reference: "200", band: ("160", "240")),
    .init(symbol: "688981.SSE", date: "2020-07-16", reference: "27.46", dayNumber: 1, band: nil),
    .init(symbol: "688981.SSE", date: "2020-07-22", reference: "80", dayNumber: 5, band: nil),
    .init(
      symbol: "688981.SSE", date: "2020-07-23", reference: "80", dayNumber: 6, band: ("64", "96")),
    .init(symbol: "830799.BSE", date: "2021-11-15", reference: "10", dayNumber: 1, band: nil),
    .init(
      symbol: "830799.BSE", date: "2021-11-16", reference: "10", dayNumber: 2, band: ("7", "13")),
    .init(symbol: "601061.SSE", date: "2023-04-10", reference: "10", dayNumber: 5, band: nil),
    .init(
      symbol: "601061.SSE", date: "2023-04-17", reference: "10", dayNumber: 6, band: ("9", "11")),
    .init(
      symbol: "603288.SSE", date: "2014-02-11", reference: "51.25", dayNumber: 1,
      band: ("32.80", "73.80")),
    .init(symbol: "601857.SSE", date: "2007-11-05", reference: "16.70", dayNumber: 1, band: nil),
    .init(symbol: "510300.SSE", date: "2019-06-03", reference: "3.645", band: ("3.281", "4.010")),
    .init(symbol: "588000.SSE", date: "2021-06-01", reference: "1.505", band: ("1.204", "1.806")),
    .init(symbol: "159915.SZSE", date: "2020-08-21", reference: "2.555", band: ("2.300", "2.811")),
    .init(symbol: "159915.SZSE", date: "2020-08-24", reference: "2.555", band: ("2.044", "3.066")),
    .init(symbol: "123001.SZSE", date: "2022-07-29", reference: "130", band: nil),
    .init(symbol: "123001.SZSE", date: "2022-08-01", reference: "130", band: ("104", "156")),
    .init(
      symbol: "113050.SSE", date: "2022-08-01", reference: "100", dayNumber: 1,
      band: ("56.7", "157.3")),
    .init(symbol: "00700.HKEX", date: "2024-06-03", reference: "380", band: nil),
    .init(symbol: "AAPL.US", date: "2024-06-03", reference: "190", band: nil),
  ]

  @Test(arguments: limits) func limitsOfADay(_ known: Limits) throws {
    let terms = try ShippedBook.terms(
      known.symbol, known.date, reference: known.reference, isSpecial: known.isSpecial,
      dayNumber: known.dayNumber)
    #expect(terms.lowest == (try known.band.map { try ShippedBook.price($0.low) }))
    #expect(terms.highest == (try known.band.map { try ShippedBook.price($0.high) }))
  }

  /// The step down and up from a price, and whether the price itself is on a tick.
  static let borders: [(String, String, String, String, String)] = [
    ("00700.HKEX", "2025-08-01", "10", "9.99", "10.02"),
    ("00700.HKEX", "2025-08-01", "20", "19.98", "20.05"),
    ("00700.HKEX", "2025-08-01", "0.25", "0.249", "0.255"),
    ("00700.HKEX", "2025-08-01", "0.5", "0.495", "0.51"),
    ("00700.HKEX", "2025-08-01", "100", "99.95", "100.1"),
    ("00700.HKEX", "2025-08-01", "200", "199.9", "200.2"),
    ("00700.HKEX", "2025-08-04", "10", "9.99", "10.01"),
    ("00700.HKEX", "2025-08-04", "20", "19.99", "20.02"),
    ("00700.HKEX", "2025-08-04", "50", "49.98", "50.05"),
    ("00700.HKEX", "2026-09-01", "5", "4.995", "5.005"),
    ("00700.HKEX", "2006-07-21", "2", "1.99", "2.025"),
    ("00700.HKEX", "2006-07-24", "2", "1.99", "2.01"),
    ("02800.HKEX", "2024-06-03", "20", "19.99", "20.02"),
    ("510300.SSE", "2024-06-03", "3.5", "3.499", "3.501"),
    ("600519.SSE", "2024-06-03", "1700", "1699.99", "1700.01"),
  ]

  @Test(arguments: borders) func ticksAtTheBordersOfBands(
    symbol: String, date: String, price: String, down: String, up: String
  ) throws {
    let terms = try ShippedBook.terms(symbol, date)
    let at = try ShippedBook.price(price)
    #expect(terms.isOnTick(at))
    #expect(terms.marketable(at, .buy, ticks: 1) == (try ShippedBook.price(up)))
    #expect(terms.marketable(at, .sell, ticks: 1) == (try ShippedBook.price(down)))
  }

  static let prices: [(String, String, String, Bool)] = [
    ("00700.HKEX", "2025-08-01", "380.1", false), ("00700.HKEX", "2025-08-01", "380.2", true),
    ("00700.HKEX", "2025-08-01", "10.01", false), ("00700.HKEX", "2025-08-04", "10.01", true),
    ("00700.HKEX", "2025-08-04", "20.01", false), ("00700.HKEX", "2025-08-04", "5.005", false),
    ("AAPL.US", "2024-06-03", "190.015", false), ("AAPL.US", "2024-06-03", "0.995", true),
    ("600519.SSE", "2024-06-03", "1700.005", false), ("510300.SSE", "2024-06-03", "3.501", true),
  ]

  @Test(arguments: prices) func pricesOnAndOffTheTick(
    symbol: String, date: String, price: String, isOn: Bool
  ) throws {
    let terms = try ShippedBook.terms(symbol, date)
    #expect(terms.isOnTick(try ShippedBook.price(price)) == isOn)
  }

  @Test func aPriceBetweenTicksBecomesNoBetterOne() throws {
    let terms = try ShippedBook.terms("00700.HKEX", "2024-06-03")
    let between = try ShippedBook.price("380.1")
    #expect(terms.marketable(between, .buy, ticks: 0) == (try ShippedBook.price("380.2")))
    #expect(terms.marketable(between, .sell, ticks: 0) == (try ShippedBook.price("380")))
    #expect(terms.marketable(between, .buy, ticks: 2) == (try ShippedBook.price("380.6")))
  }

  /// The worst price a purchase and a sale may name against a best price.
  static let cages: [(String, String, String, String, String)] = [
    ("600519.SSE", "2023-04-10", "100", "102", "98"),
    ("600519.SSE", "2023-04-10", "2", "2.1", "1.9"),
    ("688981.SSE", "2021-06-01", "55.55", "56.66", "54.44"),
    ("688981.SSE", "2021-06-01", "2", "2.04", "1.96"),
    ("830799.BSE", "2022-06-01", "10", "10.5", "9.5"),
  ]

  @Test(arguments: cages) func cagesAroundTheBest(
    symbol: String, date: String, best: String, buy: String, sell: String
  ) throws {
    let terms = try ShippedBook.terms(symbol, date)
    let cage = try #require(terms.board?.cage)
    let base = try ShippedBook.price(best)
    #expect(cage.bound(.buy, base: base, tick: terms.tick) == (try ShippedBook.price(buy)))
    #expect(cage.bound(.sell, base: base, tick: terms.tick) == (try ShippedBook.price(sell)))
  }

  static let cageless: [(String, String)] = [
    ("600519.SSE", "2023-04-07"), ("300750.SZSE", "2020-08-21"), ("510300.SSE", "2024-06-03"),
    ("00700.HKEX", "2024-06-03"), ("AAPL.US", "2024-06-03"),
  ]

  @Test(arguments: cageless) func someDaysHaveNoCage(symbol: String, date: String) throws {
    #expect(try ShippedBook.terms(symbol, date).board?.cage == nil)
  }

  static let sizes: [(String, Side, Int64, Int64, Bool)] = [
    ("600519.SSE", Side.buy, 100, 0, true), ("600519.SSE", .buy, 150, 0, false),
    ("600519.SSE", .sell, 50, 250, true), ("600519.SSE", .sell, 150, 250, true),
    ("600519.SSE", .sell, 40, 250, false), ("600519.SSE", .sell, 250, 250, true),
    ("600519.SSE", .sell, 200, 250, true), ("600519.SSE", .buy, 1_000_100, 0, false),
    ("688981.SSE", .buy, 200, 0, true), ("688981.SSE", .buy, 201, 0, true),
    ("688981.SSE", .buy, 199, 0, false), ("688981.SSE", .sell, 150, 350, false),
    ("688981.SSE", .sell, 150, 150, true), ("688981.SSE", .buy, 100_001, 0, false),
    ("830799.BSE", .buy, 101, 0, true), ("830799.BSE", .buy, 99, 0, false),
    ("830799.BSE", .sell, 99, 99, true), ("113050.SSE", .buy, 10, 0, true),
    ("113050.SSE", .buy, 15, 0, false), ("300750.SZSE", .buy, 300_100, 0, false),
    ("AAPL.US", .buy, 1, 0, true), ("AAPL.US", .sell, 7, 7, true),
  ]

  @Test(arguments: sizes) func sizesTheExchangeTakes(
    symbol: String, side: Side, shares: Int64, held: Int64, takes: Bool
  ) throws {
    let terms = try ShippedBook.terms(symbol, "2024-06-03")
    #expect(terms.takes(shares, side, held: held) == takes)
  }
}
