import Bars
import Market
import Testing

@testable import Archive

/// Files of other sources: their own headers, orders, units and letters.
@Suite struct MappingTests {
  let scratch = Scratch()

  func stockForm() -> CsvForm {
    var form = CsvForm(interval: .day, stamp: .end, zone: .shanghai)
    form.tolerance = .zero
    return form
  }

  func importing(_ bytes: [UInt8], _ form: CsvForm) throws -> (ImportReport, LoadedBars) {
    let store = try BarStore(path: scratch.store)
    let report = try store.importCsv(scratch.file("bars.csv", bytes), form) { _ in
      Sample.named(days: 14)
    }
    return (report, try store.load(report.series[0]))
  }

  static let chinese =
    "日期,开盘,收盘,最高,最低,成交量,振幅\n2021-01-04,9.5,9.75,10,9,1234.56,1\n"
  static let chineseColumns = CsvColumns(
    [
      .init("日期", .datetime), .init("开盘", .open), .init("收盘", .close), .init("最高", .high),
      .init("最低", .low), .init("成交量", .volume),
    ], ignored: ["振幅"])

  /// 日期,开盘,收盘,最高,最低,成交量,振幅 in GBK.
  static let gbkHeader: [UInt8] = [
    0xC8, 0xD5, 0xC6, 0xDA, 0x2C, 0xBF, 0xAA, 0xC5, 0xCC, 0x2C, 0xCA, 0xD5, 0xC5, 0xCC, 0x2C,
    0xD7, 0xEE, 0xB8, 0xDF, 0x2C, 0xD7, 0xEE, 0xB5, 0xCD, 0x2C, 0xB3, 0xC9, 0xBD, 0xBB, 0xC1,
    0xBF, 0x2C, 0xD5, 0xF1, 0xB7, 0xF9,
  ]

  @Test func chineseHeadersAreReadInBothWritings() throws {
    var form = stockForm()
    form.columns = Self.chineseColumns
    form.symbol = Symbol("600000.SSE")
    form.volumeFactor = 100
    let (_, plain) = try importing(Array(Self.chinese.utf8), form)
    #expect(plain.columns.open == [950] && plain.columns.close == [975])
    #expect(plain.columns.high == [1_000] && plain.columns.volume == [123_456])
    let (_, marked) = try importing([0xEF, 0xBB, 0xBF] + Array(Self.chinese.utf8), form)
    let row = Self.chinese.split(separator: "\n")[1]
    let (report, gbk) = try importing(Self.gbkHeader + [13, 10] + Array(row.utf8), form)
    #expect(report.written.same == 1)
    #expect(plain == marked && plain == gbk)
  }

  /// A letter that is no GBK leaves the line as it is, and the header is refused with its place.
  @Test func brokenLettersAreRefusedInTheirPlace() throws {
    var form = stockForm()
    form.columns = Self.chineseColumns
    form.symbol = Symbol("600000.SSE")
    let broken = Self.gbkHeader.dropLast() + [0xFF, 13, 10] + Array("2021-01-04,1,1,1,1,1,1".utf8)
    #expect(throws: ArchiveError.self) { try importing(Array(broken), form) }
  }

  @Test func lotsMustBeWholeShares() throws {
    var form = stockForm()
    form.volumeFactor = 100
    form.symbol = Symbol("600000.SSE")
    let text = "datetime,open,high,low,close,volume\n2021-01-04,1,1,1,1,10.001\n"
    let error = #expect(throws: ArchiveError.self) { try importing(Array(text.utf8), form) }
    #expect("\(error, default: "")".contains("a whole number of shares in lots of 100"))
  }

  /// However the rows come, the archive holds the same.
  @Test func newestFirstGivesTheSameArchive() throws {
    var form = stockForm()
    form.symbol = Symbol("600000.SSE")
    let header = "datetime,open,high,low,close,volume\n"
    let rows = ["20210104,1,2,1,2,5\n", "20210105,2,3,2,3,6\n", "20210106,3,3,3,3,7\n"]
    let (_, oldest) = try importing(Array((header + rows.joined()).utf8), form)
    form.order = .newestFirst
    let newest = header + rows.reversed().joined()
    let (report, same) = try importing(Array(newest.utf8), form)
    #expect(report.written.same == 3 && same.fingerprint == oldest.fingerprint)
    let error = #expect(throws: ArchiveError.self) {
      try importing(Array((header + rows.joined()).utf8), form)
    }
    #expect("\(error, default: "")".contains("times in order, newest first"))
  }

  @Test func codeAndExchangeMayStandApart() throws {
    var form = CsvForm(interval: .minute, stamp: .start, zone: .shanghai)
    form.tolerance = .zero
    let text = """
      symbol,exchange,datetime,open,high,low,close,volume,turnover,open_interest
      rb2105,SHFE,2021-01-04 09:00:00,10.0,12.0,9.0,11.0,5.0,550.0,7.0
      rb2105,SHFE,2021-01-04 09:01:00,10.0,12.0,9.0,11.0,5.0,550.0,7.0
      """
    let (report, loaded) = try importing(Array(text.utf8), form)
    #expect(report.series == [Sample.key] && loaded.columns.count == 2)
    #expect(loaded.columns.volume == [5, 5] && loaded.columns.open == [10, 10])
    let minutes = loaded.columns.closedAtNanos.map {
      Zone.shanghai.local(Instant(nanoseconds: $0)).seconds / 60
    }
    #expect(minutes == [541, 542])
  }

  @Test func dateAndTimeMayStandApart() throws {
    var form = CsvForm(interval: .minute5, stamp: .end, zone: .shanghai, symbol: Sample.symbol)
    form.tolerance = .zero
    form.columns = CsvColumns([
      .init("<Date>", .datetime), .init("<Time>", .time), .init("<Open>", .open),
      .init("<High>", .high), .init("<Low>", .low), .init("<Close>", .close),
      .init("<Volume>", .volume),
    ])
    let text = """
      <Date>, <Time>, <Open>, <High>, <Low>, <Close>, <Volume>
      2021/1/4 星期一,09:05:00,3888,3897,3882,3897,118432
      2021/1/4 星期一,9:10,3898,3904,3896,3902,92756
      """
    let (report, loaded) = try importing(Array(text.utf8), form)
    #expect(report.refusedRows == 0 && loaded.columns.close == [3_897, 3_902])
  }

  @Test func aTradingDayThatContradictsTheHoursIsRefused() throws {
    let header = "symbol,datetime,open,high,low,close,volume,trading_day\n"
    var form = CsvForm(interval: .minute, stamp: .end, zone: .shanghai)
    form.tolerance = .zero
    let row = "rb2105.SHFE,2021-01-04 21:01:00,10,12,9,11,5,"
    let (report, _) = try importing(Array((header + row + "2021-01-05\n").utf8), form)
    #expect(report.written.added == 1)
    let error = #expect(throws: ArchiveError.self) {
      try importing(Array((header + row + "2021-01-04\n").utf8), form)
    }
    #expect("\(error, default: "")".contains("expected 2021-01-05, by the hours of shfe"))
  }

  @Test func emptyVolumesAreNoneOnlyWhereTheMappingSaysSo() throws {
    var form = stockForm()
    form.symbol = Symbol("600000.SSE")
    let text = Array("datetime,open,high,low,close,volume,turnover\n20210104,1,1,1,1,,\n".utf8)
    #expect(throws: ArchiveError.self) { try importing(text, form) }
    form.isEmptyZero = true
    #expect(try importing(text, form).1.columns.volume == [0])
  }

  @Test(arguments: [
    ("600000", "600000.SSE"), ("688001", "688001.SSE"), ("000001", "000001.SZSE"),
    ("300750", "300750.SZSE"), ("830799", "830799.BSE"), ("920001", "920001.BSE"),
  ])
  func sixDigitsTellTheExchange(_ code: String, _ expected: String) {
    #expect(SymbolStyle(.stockCode).symbol(code)?.description == expected)
    #expect(SymbolStyle(.stockCode).symbol(code + "0") == nil)
  }

  @Test func bareCodesAreOfTheExchangeThatIsNamed() {
    let american = SymbolStyle(.codeFirst, home: .us)
    #expect(american.symbol("AAPL") == Symbol("AAPL.US"))
    #expect(american.symbol("600000.SSE") == Symbol("600000.SSE"))
    #expect(SymbolStyle(.codeFirst).symbol("AAPL") == nil)
  }

  @Test func exchangesHaveOtherNamesElsewhere() {
    let dotted = SymbolStyle(.exchangeFirst, aliases: [.init("sh", .sse)])
    #expect(dotted.symbol("sh.600000")?.description == "600000.SSE")
    #expect(dotted.symbol("xx.600000") == nil)
    let tushare = SymbolStyle(.codeFirst, aliases: [.init("SZ", .szse)])
    #expect(tushare.symbol("000001.SZ")?.description == "000001.SZSE")
  }

  @Test(
    arguments: [
      ("9:05", 32_700), ("09:05:00", 32_700), ("0905", 32_700), ("905", 32_700), ("090500", 32_700),
      ("24:00", nil), ("09:60", nil), ("", nil), ("9", nil), ("09-05", nil), ("09:05:00:00", nil),
    ] as [(String, Int64?)])
  func timesOfDayAreReadFreely(_ text: String, _ second: Int64?) {
    let read = Array(text.utf8).withUnsafeBufferPointer { CsvClock.timeOfDay($0) }
    #expect(read == second)
  }
}
