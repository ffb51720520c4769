import Console
import Glibc
import Market
import Testing
import Workbench

/// A user's files over the shipped ones.
@Suite struct MarketBookTests {
  /// A home with one shipped file and one of the user's.
  static func home(own: String) throws -> Home {
    var name = Array("/tmp/auspex-markets-XXXXXX".utf8CString)
    let folder = try #require(mkdtemp(&name).map { String(cString: $0) })
    try write(shipped, to: folder + "/config/markets/shfe.yaml")
    try write(own, to: folder + "/config/markets/local/mine.yaml")
    return Home(folder: folder)
  }

  private static func write(_ text: String, to path: String) throws {
    do { try writeFile(Array(text.utf8), to: path) } catch {
      Issue.record("\(error.problems)")
      throw error
    }
  }

  static let shipped = """
    exchange: SHFE
    calendar: {first: 2020-01-01, last: 2020-12-31, closures: [{from: 2020-01-01}]}
    sources: {spec: contract}
    timetables:
      day:
        - {spans: [auction 08:55-09:00, day 09:00-15:00], source: spec}
    defaults:
      size: [{lot: 1, largest: 500}]
      margin: [{value: 8%}, {from: 2020-06-01, value: 9%}]
    products:
      rb: {listed: 2009-03-27, timetable: day, tick: [{value: "1"}], multiplier: [{value: 10}]}
      zz: {listed: 2020-07-01, delisted: 2020-09-30, timetable: day, tick: [{value: "5"}]}
    """

  static func margin(_ book: MarketBook, _ product: String, _ day: String) throws -> Rate? {
    try book.product(product).rules.margin[try #require(TradingDay(day))]
  }

  @Test func ownRulesWinOnTheDaysTheyHold() throws {
    let book = try MarketBook.read(
      Self.home(
        own: """
          exchange: SHFE
          products:
            rb: {margin: [{from: 2020-02-01, until: 2020-07-31, value: 15%}]}
          """))
    #expect(try Self.margin(book, "rb", "2020-01-31") == Rate(basisPoints: 800))
    #expect(try Self.margin(book, "rb", "2020-02-01") == Rate(basisPoints: 1_500))
    #expect(try Self.margin(book, "rb", "2020-06-15") == Rate(basisPoints: 1_500))
    #expect(try Self.margin(book, "rb", "2020-08-03") == Rate(basisPoints: 900))
    #expect(try book.product("rb").rules.tick[TradingDay(year: 2020, month: 1, day: 6)] != nil)
  }

  @Test func ownClosuresAndProductsAreAdded() throws {
    let book = try MarketBook.read(
      Self.home(
        own: """
          exchange: SHFE
          calendar: {closures: [{from: 2020-03-02, why: storm}]}
          products:
            mine: {tick: [{value: "0.5"}]}
          """))
    let (file, _) = try book.product("rb.SHFE")
    #expect(!file.calendar.isOpen(TradingDay(year: 2020, month: 3, day: 2)))
    #expect(file.calendar.isOpen(TradingDay(year: 2020, month: 3, day: 3)))
    #expect(file.calendar.knownUntil == TradingDay(year: 2020, month: 12, day: 31))
    #expect(try book.product("mine.SHFE").rules.exchange == .shfe)
  }

  @Test func aFileOfAnotherExchangeStandsBesideTheShippedOnes() throws {
    let book = try MarketBook.read(
      Self.home(own: "exchange: DCE\nproducts:\n  m: {tick: [{value: \"1\"}]}"))
    #expect(book.files.map(\.exchange) == [.shfe, .dce])
  }

  @Test func defaultsAndTimetablesFillWhatAProductDoesNotSay() throws {
    let book = try MarketBook.read(Self.home(own: "exchange: SHFE"))
    let (file, rules) = try book.product("zz")
    // The default of June is in force when the product is listed, and nothing holds after its end.
    #expect(rules.margin[TradingDay(year: 2020, month: 7, day: 1)] == Rate(basisPoints: 900))
    #expect(rules.margin[TradingDay(year: 2020, month: 6, day: 30)] == nil)
    #expect(rules.margin[TradingDay(year: 2020, month: 10, day: 1)] == nil)
    let table = book.timetable(rules, in: file)
    #expect(table.sessions.first?.tradingDay == TradingDay(year: 2020, month: 7, day: 1))
    #expect(table.sessions.last?.tradingDay == TradingDay(year: 2020, month: 9, day: 30))
    #expect(rules.hours.facts.first?.source == "contract")
  }

  @Test(arguments: [
    ("timetable: nights", "which is not in timetables"),
    ("tick: [{value: \"0\"}]", "is not a price step"),
    ("hours: [{spans: [day 9-10]}]", "is not a span"),
    ("last_day: [{counts: dates, number: -3}]", "a last day is number -3"),
    ("margin: [{value: 8%, frm: 2020-01-01}]", "unknown key \"frm\""),
  ]) func mistakesAreSaidWithTheirFile(rule: String, says: String) throws {
    let home = try Self.home(own: "exchange: SHFE\nproducts:\n  rb: {\(rule)}")
    do throws(Failure) {
      _ = try MarketBook.read(home)
      Issue.record("\(rule) was read")
    } catch {
      let text = error.problems.joined(separator: "\n")
      #expect(text.contains(says) && text.contains("mine.yaml"), "\(text)")
    }
  }
}
