import Bytes
import Console
import Market
import Testing
import Workbench

/// The rule files as they are shipped; tests run in the folder that holds them.
enum ShippedBook {
  static let book: MarketBook = {
    do throws(Failure) { return try MarketBook.read(Home.find()) } catch {
      fatalError("the shipped rules do not read: \(error.problems)")
    }
  }()

  static func rules(_ symbol: String) throws -> (file: MarketFile, rules: ProductRules) {
    try book.rules(try #require(Symbol(symbol)))
  }

  static func timetable(_ symbol: String) throws -> Timetable {
    let (file, rules) = try rules(symbol)
    return book.timetable(rules, in: file)
  }

  static func day(_ text: String) throws -> TradingDay {
    try #require(TradingDay(text))
  }

  /// What holds for a symbol on a day, on a grid of three decimals.
  static func terms(
    _ symbol: String, _ date: String, reference: String? = nil, isSpecial: Bool = false,
    dayNumber: Int? = nil
  ) throws -> InstrumentDay {
    var known = KnownDay()
    known.isSpecial = isSpecial
    known.dayNumber = dayNumber
    return try rules(symbol).rules.day(
      day(date), of: InstrumentIndex(0), grid: Grid(decimals: 3),
      reference: try reference.map(price),
      known: known, code: try #require(Symbol(symbol)).code)
  }

  static func price(_ text: String) throws -> Price {
    let places = text.split(separator: ".").dropFirst().first?.utf8.count ?? 0
    let units = try DecimalText.parse(text, decimals: places)
    return Price(units: units * Grid(decimals: UInt8(3 - places)).unitsPerOne)
  }

  /// The sessions of a day as `auction 09:15-09:25`, on the exchange's clock.
  static func hours(_ symbol: String, _ date: String) throws -> [String] {
    texts(try timetable(symbol), on: try day(date))
  }

  static func texts(_ table: Timetable, on day: TradingDay) -> [String] {
    table.sessions(on: day).map { session in
      let text = { (instant: Instant) in
        String(
          TimeText.text(nanos: table.zone.local(instant).seconds * 1_000_000_000)
            .dropFirst(11).prefix(5))
      }
      return "\(session.phase.name) \(text(session.opens))-\(text(session.closes))"
    }
  }
}
