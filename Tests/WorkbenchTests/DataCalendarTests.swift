import Archive
import Bars
import Console
import Market
import Testing
import Workbench

/// Trading days that bars tell, held against those of the tables.
@Suite struct DataCalendarTests {
  static let products = [
    "au.SHFE", "rb.SHFE", "sc.INE", "IF.CFFEX", "m.DCE", "i.DCE", "SR.CZCE", "si.GFEX",
    "main.SSE", "chinext.SZSE", "stock.HKEX", "stock.US",
  ]

  /// On every day of the tables the rule that asks none says the same.
  @Test(arguments: products) func theRuleAgreesWithTheTables(product: String) throws {
    let (file, rules) = try ShippedBook.book.product(product)
    let table = ShippedBook.book.timetable(rules, in: file)
    let wrong = table.sessions.filter { session in
      let first = session.opens.advanced(bySeconds: 60)
      return table.zone.dataDay(closing: first) != session.tradingDay
        || table.zone.dataDay(closing: session.closes) != session.tradingDay
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3).map(\.tradingDay))")
    #expect(table.sessions.count > 1_000)
  }

  @Test func aSeriesKeepsTheHoursItsCalendarNames() throws {
    let symbol = try #require(Symbol("rb2105.SHFE"))
    let book = ShippedBook.book
    #expect(try book.hours(symbol, "from-data").schedule == .fromData(.shanghai))
    #expect(try book.hours(symbol, "always-open").schedule == .alwaysOpen(.shanghai))
    #expect(try book.hours(symbol, "exchange").name == "rb.SHFE")
    #expect(try book.hours(symbol, "rb.SHFE").name == "rb.SHFE")
    let unknown = try #require(Symbol("XAU.LOCAL"))
    #expect(try book.hours(unknown, "from-data").schedule == .fromData(.utc))
  }

  /// A product that is named alone is found where its file is, and as in the whole book.
  @Test(arguments: ["rb", "IF", "m", "SR", "lc", "sc", "stock", "fund", "quick_fund"])
  func oneFileTellsWhatAllTell(product: String) throws {
    let home = try Home.find()
    let few = try MarketBook.read(home, naming: product)
    let (found, all) = (try few.product(product), try ShippedBook.book.product(product))
    #expect(found.rules == all.rules && found.file.exchange == all.file.exchange)
    #expect(few.files.count == 1)
    #expect(try MarketBook.read(home, naming: "nothing").files.count == 11)
  }

  @Test(arguments: [
    ("AAPL", "AAPL.US"), ("BF.B", "BF.B.US"), ("600519", "600519.SSE"), ("300750", "300750.SZSE"),
    ("00700", "00700.HKEX"),
  ]) func bareCodesAreToldTheirName(code: String, symbol: String) throws {
    let error = #expect(throws: Failure.self) { try ShippedBook.book.product(code) }
    #expect(error?.remedy?.contains(" \(symbol).") == true, "\(error?.remedy ?? "")")
  }
}
