import Bars
import Market
import Testing

@testable import Archive

@Suite struct CsvImportTests {
  let scratch = Scratch()
  static let header = "symbol,datetime,open,high,low,close,volume,turnover,open_interest\n"

  func form(
    _ interval: BarInterval = .minute, _ stamp: Stamp = .end, tolerance: Rate = .zero
  ) -> CsvForm {
    var form = CsvForm(interval: interval, stamp: stamp, zone: .shanghai)
    form.tolerance = tolerance
    return form
  }

  func row(_ time: String, _ prices: String = "10,12,9,11", _ rest: String = "5,50,7") -> String {
    "rb2105.SHFE,2021-01-05 \(time),\(prices),\(rest)\n"
  }

  func importing(
    _ text: String, _ form: CsvForm, _ hours: NamedSchedule = Sample.named(days: 7)
  ) throws -> (ImportReport, [Listing]) {
    let store = try BarStore(path: scratch.store)
    let report = try store.importCsv(scratch.file("bars.csv", text), form) { _ in hours }
    return (report, try store.list())
  }

  /// The one refusal of a file of one row, as `line:column field: expected`.
  func refusal(_ text: String, _ form: CsvForm) throws -> String {
    let error = #expect(throws: ArchiveError.self) { try importing(text, form) }
    switch error {
    case .tooManyRefused(_, _, _, _, let first), .columns(let first):
      return "\(first.place.line):\(first.place.column) \(first.field): \(first.expected)"
    default: return "\(error, default: "nothing")"
    }
  }

  @Test func aFileIsImported() throws {
    let text = Self.header + row("09:01:00") + row("09:02:00", "10.5,12.25,9,11", "0,0.5,0")
    let (report, list) = try importing(text, form())
    #expect(report.rows == 2 && report.refusedRows == 0)
    #expect(report.written.added == 2)
    #expect(report.series == [Sample.key])
    #expect(list[0].series.grid == Grid(decimals: 2))
    let loaded = try BarStore(reading: scratch.store).load(Sample.key)
    #expect(loaded.columns.open == [1_000, 1_050])
    #expect(loaded.columns.high == [1_200, 1_225])
    #expect(loaded.columns.turnover == [50, 0.5])
    #expect(loaded.columns.openInterest == [7, 0])
    #expect(loaded.columns.tradingDays == [Sample.monday.next.days, Sample.monday.next.days])
  }

  @Test func importingAgainChangesNothing() throws {
    let text = Self.header + row("09:01:00") + row("09:02:00")
    _ = try importing(text, form())
    let before = try BarStore(reading: scratch.store).load(Sample.key).fingerprint
    let (report, _) = try importing(text, form())
    #expect(report.written.same == 2)
    #expect(try BarStore(reading: scratch.store).load(Sample.key).fingerprint == before)
  }

  @Test func marksAndLineEndsOfOtherSystemsAreRead() throws {
    let unix = Self.header + row("09:01:00") + row("09:02:00")
    let windows = "\u{FEFF}" + unix.split(separator: "\n").joined(separator: "\r\n")
    let (report, _) = try importing(windows, form())
    #expect(report.rows == 2 && report.refusedRows == 0)
  }

  @Test func optionalColumnsMayBeMissingAndOrderIsFree() throws {
    var free = form()
    free.symbol = Sample.symbol
    let (report, _) = try importing(
      "volume,close,low,high,open,datetime\n5,11,9,12,10,2021-01-05 09:01:00\n", free)
    #expect(report.written.added == 1)
    let loaded = try BarStore(reading: scratch.store).load(Sample.key)
    #expect(loaded.columns.close == [11] && loaded.columns.openInterest == [0])
  }

  @Test func nightBarsBelongToTheNextTradingDay() throws {
    let text =
      Self.header + "rb2105.SHFE,2021-01-04 21:01:00,10,12,9,11,5,50,7\n" + row("09:01:00")
    _ = try importing(text, form())
    let loaded = try BarStore(reading: scratch.store).load(Sample.key)
    #expect(loaded.columns.tradingDays == [Sample.monday.next.days, Sample.monday.next.days])
  }

  @Test func startStampsEndWithTheirSlot() throws {
    let text = Self.header + row("09:00:00") + row("10:00:00") + row("11:15:00")
    _ = try importing(text, form(.hour, .start))
    let key = SeriesKey(Sample.symbol, .hour)
    let loaded = try BarStore(reading: scratch.store).load(key)
    let seconds = loaded.columns.closedAtNanos.map {
      Zone.shanghai.local(Instant(nanoseconds: $0)).seconds / 60
    }
    #expect(seconds == [600, 675, 855])
  }

  @Test func theAuctionMinuteIsKept() throws {
    for (stamp, time) in [(Stamp.end, "21:00:00"), (.start, "20:59:00")] {
      let first = "rb2105.SHFE,2021-01-04 \(time),10,12,9,11,5,50,7\n"
      let (report, _) = try importing(Self.header + first, form(.minute, stamp))
      #expect(report.rows == 1)
    }
    let loaded = try BarStore(reading: scratch.store).load(Sample.key)
    #expect(loaded.columns.count == 1)
    #expect(loaded.columns.tradingDays == [Sample.monday.next.days])
  }

  @Test func dayBarsAreNamedByTheirDate() throws {
    let text = Self.header + "rb2105.SHFE,2021-01-05,10,12,9,11,5,50,7\n"
    _ = try importing(text, form(.day))
    let loaded = try BarStore(reading: scratch.store).load(SeriesKey(Sample.symbol, .day))
    let close = Zone.shanghai.instant(Sample.monday.next, seconds: 15 * 3_600)
    #expect(loaded.columns.closedAtNanos == [close.nanoseconds])
  }

  @Test func alwaysOpenKeepsTheLocalDate() throws {
    let text =
      "symbol,datetime,open,high,low,close,volume\n"
      + "BTC.LOCAL,2021-01-03 00:00:00,1,1,1,1,1\nBTC.LOCAL,2021-01-03 00:01:00,1,1,1,1,1\n"
    var local = form()
    local.zone = .utc
    _ = try importing(text, local, .alwaysOpen(.utc))
    let key = SeriesKey(Symbol(code: "BTC", exchange: .local), .minute)
    let loaded = try BarStore(reading: scratch.store).load(key)
    #expect(loaded.series.calendar == "always-open")
    #expect(loaded.columns.tradingDays == [Sample.monday.days - 2, Sample.monday.days - 1])
  }

  @Test func severalSymbolsShareAFile() throws {
    let other = row("09:01:00", "1.5,2,1,2").replacing("rb2105", with: "ag2106")
    let (report, list) = try importing(
      Self.header + row("09:01:00") + other + row("09:02:00"), form())
    #expect(report.series.map(\.symbol.code) == ["rb2105", "ag2106"])
    #expect(list.map(\.bars) == [1, 2])
    #expect(list.map(\.series.grid.decimals) == [1, 0])
  }

  @Test(arguments: [
    ("09:01:00,0,12,9,11,5,50,7", "2:33 open: a price above zero in plain digits, like 3512.5"),
    ("09:01:00,-1,12,9,11,5,50,7", "2:33 open: a price above zero in plain digits, like 3512.5"),
    ("09:01:00,nan,12,9,11,5,50,7", "2:33 open: a price above zero in plain digits, like 3512.5"),
    ("09:01:00,10,inf,9,11,5,50,7", "2:36 high: a price above zero in plain digits, like 3512.5"),
    ("09:01:00,10,12,0x9,11,5,50,7", "2:39 low: a price above zero in plain digits, like 3512.5"),
    (
      "09:01:00,10,12,9,1.1e1,5,50,7", "2:41 close: a price above zero in plain digits, like 3512.5"
    ),
    (
      "09:01:00,10.123456789,12,9,11,5,50,7",
      "2:33 open: a price below 10000000000 with at most eight decimals"
    ),
    (
      "09:01:00,10,10000000000,9,11,5,50,7",
      "2:36 high: a price below 10000000000 with at most eight decimals"
    ),
    ("09:01:00,10,8,9,11,5,50,7", "2:36 high: a high not below the low"),
    ("09:01:00,10,10.5,9,11,5,50,7", "2:36 high: a high not below open and close"),
    ("09:01:00,10,12,10.5,11,5,50,7", "2:39 low: a low not above open and close"),
    ("09:01:00,10,12,9,11,-5,50,7", "2:44 volume: a whole number, zero or more"),
    ("09:01:00,10,12,9,11,5.5,50,7", "2:44 volume: a whole number, zero or more"),
    ("09:01:00,10,12,9,11,,50,7", "2:44 volume: a whole number, zero or more"),
    (
      "09:01:00,10,12,9,11,5,-50,7",
      "2:46 turnover: an amount of money in plain digits, zero or more"
    ),
    ("09:01:00,10,12,9,11,5,50,x", "2:49 open_interest: a whole number, zero or more"),
    ("09:01:00,10,12,9,11,5,50", "2:0 row: 9 fields as in the header, not 8"),
    ("09:01:00,10,12,9,11,5,50,7,1", "2:0 row: 9 fields as in the header, not 10"),
    ("09:61:00,10,12,9,11,5,50,7", "2:13 datetime: a date and time like 2021-01-04 09:01:00"),
    (
      "12:00:00,10,12,9,11,5,50,7",
      "2:13 datetime: the end of a 1m bar within the hours of shfe"
    ),
    (
      "09:01:30,10,12,9,11,5,50,7",
      "2:13 datetime: the end of a 1m bar within the hours of shfe"
    ),
    (
      "10:30:00,10,12,9,11,5,50,7",
      "2:13 datetime: the end of a 1m bar within the hours of shfe"
    ),
  ])
  func aBadRowIsRefusedWithItsPlace(_ fields: String, _ expected: String) throws {
    let text = Self.header + "rb2105.SHFE,2021-01-05 \(fields)\n"
    #expect(try refusal(text, form()) == expected)
    #expect(try BarStore(path: scratch.store).list().isEmpty)
  }

  @Test func timeGoesOn() throws {
    let twice = Self.header + row("09:01:00") + row("09:01:00")
    #expect(try refusal(twice, form()) == "3:13 datetime: each time once")
    let back = Self.header + row("09:02:00") + row("09:01:00")
    #expect(try refusal(back, form()) == "3:13 datetime: times in order, oldest first")
  }

  @Test func symbolsAndTheirHoursMustBeKnown() throws {
    let text = Self.header + row("09:01:00").replacing("SHFE", with: "MARS")
    #expect(try refusal(text, form()) == "2:1 symbol: a symbol like rb2105.SHFE")
    let store = try BarStore(path: scratch.store)
    let path = scratch.file("bars.csv", Self.header + row("09:01:00"))
    let error = #expect(throws: ArchiveError.self) {
      try store.importCsv(path, form()) { _ in nil }
    }
    #expect("\(error, default: "")".contains("a symbol whose trading hours are known"))
  }

  @Test(arguments: [
    ("symbol,datetime,open,high,low,close\n", "1:0 header: a column volume"),
    (
      "datetime,open,high,low,close,volume\n",
      "1:0 header: a column symbol, or a symbol given for the whole file"
    ),
    ("symbol,datetime,open,high,low,close,volume,open\n", "1:44 header: each column once"),
    (
      "symbol,datetime,open,high,low,close,volume,colour\n",
      "1:44 header: one of symbol, exchange, datetime, time, open, high, low, close, volume, "
        + "turnover, open_interest, trading_day"
    ),
  ])
  func aContradictoryHeaderRefusesTheFile(_ header: String, _ expected: String) throws {
    #expect(try refusal(header + row("09:01:00"), form()) == expected)
  }

  @Test func emptyFilesAreNamed() throws {
    for text in ["", Self.header, Self.header + "\n\n"] {
      #expect(throws: ArchiveError.noRows(path: scratch.folder + "/bars.csv")) {
        try importing(text, form())
      }
    }
    let store = try BarStore(path: scratch.store)
    let error = #expect(throws: ArchiveError.self) {
      try store.importCsv(scratch.folder + "/none.csv", form()) { _ in nil }
    }
    #expect("\(error, default: "")".hasSuffix("cannot open it: No such file or directory"))
  }

  /// One bad row in 1,000 is within the default tolerance; two are not.
  @Test func aFewBadRowsAreListedAndTheRestImported() throws {
    let all = scratch.folder + "/all.csv"
    let source = try BarStore(path: scratch.folder + "/source.db")
    _ = try source.write(Sample.bars(days: 4).rows(0..<1_000), to: Sample.series)
    try source.load(Sample.key).writeCsv(to: all, zone: .shanghai)
    var lines = String(decoding: scratch.read(all), as: UTF8.self).split(separator: "\n")
    lines[500] += "0,0"
    let tolerance = Rate(basisPoints: 10)
    let (report, list) = try importing(
      lines.joined(separator: "\n"), form(tolerance: tolerance), Sample.named(days: 7))
    #expect(report.refusedRows == 1 && list.map(\.bars) == [999])
    #expect(report.refusals.first?.place.line == 501)
    lines[600] += "0,0"
    let error = #expect(throws: ArchiveError.self) {
      try importing(lines.joined(separator: "\n"), form(tolerance: tolerance))
    }
    #expect("\(error, default: "")".contains("2 of 1000 rows refused, more than the 0.1 % allowed"))
  }

  @Test func aRefusedFileLeavesTheOldState() throws {
    _ = try importing(Self.header + row("09:01:00"), form())
    let before = try BarStore(reading: scratch.store).load(Sample.key).fingerprint
    _ = try refusal(Self.header + row("09:02:00") + row("09:02:00"), form())
    #expect(try BarStore(reading: scratch.store).load(Sample.key).fingerprint == before)
  }
}
