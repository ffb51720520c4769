import Bars
import CSQLite
import Market
import Testing

@testable import Archive

@Suite struct TickStoreTests {
  let scratch = Scratch()
  let header = "symbol,datetime,last,volume,turnover,open_interest,bid1,bid_lots1,ask1,ask_lots1\n"

  private func row(_ time: String, _ last: String, _ volume: Int) -> String {
    "rb2105.SHFE,2021-01-04 \(time),\(last),\(volume),\(volume * 10),7,9.5,3,10.5,4\n"
  }

  private func importing(_ rows: [String], tolerance: Rate = .zero) throws -> ImportReport {
    let path = scratch.file("ticks.csv", header + rows.joined())
    var form = SheetForm()
    form.tolerance = tolerance
    return try BarStore(path: scratch.store).importTicks(path, form) { _ in Sample.named(days: 7) }
  }

  private var session: [String] {
    (0..<600).map { index in
      let second = index / 2 % 60
      let time = "09:\(pad(index / 120)):\(pad(second)).\(index % 2 == 0 ? "000" : "500")"
      return row(time, index % 3 == 0 ? "10" : "10.5", 100 + index)
    }
  }

  private func pad(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

  @Test func ticksAreKeptWithTheirBook() throws {
    let report = try importing(session)
    #expect(report.written.added == 600 && report.passedOver == 0)
    let loaded = try BarStore(reading: scratch.store).loadTicks(Sample.symbol)
    #expect(loaded.series.grid == Grid(decimals: 1) && loaded.columns.count == 600)
    let quote = loaded.columns.quote(1, of: InstrumentIndex(0))
    #expect(quote.last == Price(units: 105) && quote.volume == 101 && quote.openInterest == 7)
    #expect(quote.bids == [Level(price: Price(units: 95), lots: 3)])
    #expect(quote.asks == [Level(price: Price(units: 105), lots: 4)])
    #expect(quote.tradingDay == Sample.monday)
    let clock = Zone.shanghai.instant(Sample.monday, seconds: Sample.clock(9, 0))
    #expect(quote.at == clock.advanced(byNanos: 500_000_000))
    #expect(try BarStore(reading: scratch.store).list().isEmpty)
    #expect(try BarStore(reading: scratch.store).listTicks().map(\.bars) == [600])
  }

  @Test func importingAgainChangesNothing() throws {
    _ = try importing(session)
    let before = try BarStore(reading: scratch.store).loadTicks(Sample.symbol)
    let again = try importing(session)
    #expect(again.written.same == 600 && again.written.changed == 0)
    #expect(try BarStore(reading: scratch.store).loadTicks(Sample.symbol) == before)
    #expect(try BarStore(reading: scratch.store).revisions().isEmpty)
  }

  /// Some exchanges stamp by the second: ticks of one stamp are several, in their order.
  @Test func ticksMayShareAnInstant() throws {
    let rows = [row("09:00:01", "10", 5), row("09:00:01", "11", 6), row("09:00:02", "12", 7)]
    #expect(try importing(rows).written.added == 3)
    #expect(try importing(rows).written.same == 3)
    let loaded = try BarStore(reading: scratch.store).loadTicks(Sample.symbol)
    #expect(loaded.columns.last == [100, 110, 120])
  }

  @Test func restatedTicksKeepThePast() throws {
    _ = try importing([row("09:00:01", "10", 5), row("09:00:01", "11", 6)])
    let before = try BarStore(reading: scratch.store).loadTicks(Sample.symbol)
    let revised = try importing([row("09:00:01", "12", 6)])
    #expect(revised.written.changed == 1)
    let store = try BarStore(reading: scratch.store)
    let revision = try #require(try store.revisions().first)
    let then = revision.knownAt.advanced(byNanos: -1)
    #expect(try store.loadTicks(Sample.symbol, asOf: then) == before)
    #expect(try store.loadTicks(Sample.symbol).columns.last == [120])
    try store.verify(.ticks(Sample.symbol))
  }

  @Test func ticksOutsideTradingAreCountedAndLeftOut() throws {
    let report = try importing([
      row("08:00:00", "10", 1), row("09:00:01", "10", 5), row("09:00:00", "10", 6),
      row("09:00:03", "10", 4), row("12:00:00", "10", 9),
    ])
    #expect(report.passedOver == 4 && report.written.added == 1)
  }

  @Test(arguments: [
    ("2021-01-04 9h,10,5,1,1,9,1,10,1", "datetime"),
    ("2021-01-04 09:00:00,ten,5,1,1,9,1,10,1", "last"),
    ("2021-01-04 09:00:00,10,-5,1,1,9,1,10,1", "volume"),
    ("2021-01-04 09:00:00,10,5,1,1,9,1,10", "row"),
    ("2021-01-04 09:00:00,1e3,5,1,1,9,1,10,1", "last"),
  ])
  func badRowsAreRefusedWithTheirPlace(_ rest: String, _ field: String) throws {
    let error = #expect(throws: ArchiveError.self) {
      try importing(["rb2105.SHFE,\(rest)\n"])
    }
    guard case .tooManyRefused(_, _, _, _, let first) = error else {
      Issue.record(error ?? ArchiveError.noRows(path: "nothing was refused"))
      return
    }
    #expect(first.field == field && first.place.line == 2)
  }

  @Test func levelsComeBestFirst() throws {
    let path = scratch.file(
      "book.csv",
      "symbol,datetime,last,volume,bid1,bid_lots1,bid2,bid_lots2\n"
        + "rb2105.SHFE,2021-01-04 09:00:00,10,5,9,1,10,1\n")
    let store = try BarStore(path: scratch.store)
    #expect(throws: ArchiveError.self) {
      try store.importTicks(path, SheetForm()) { _ in Sample.named(days: 7) }
    }
  }

  @Test func minutesAreMadeOfThem() throws {
    _ = try importing(session)
    let loaded = try BarStore(reading: scratch.store).loadTicks(Sample.symbol)
    let made = TickAggregator.bars(
      of: loaded.columns, .minute, schedule: Sample.named(days: 7).schedule,
      instrument: InstrumentIndex(0), clock: Instant(nanoseconds: .max))
    #expect(made.bars.count == 5 && made.outside + made.stale == 0)
    #expect(made.bars[1...].allSatisfy { $0.volume == 120 && $0.turnover == 1_200 })
    #expect(made.bars.allSatisfy { $0.high == Price(units: 105) && $0.low == Price(units: 100) })
  }

  @Test func ticksOfVnpyAreTakenOver() throws {
    let path = scratch.folder + "/database.db"
    var handle: OpaquePointer?
    sqlite3_open(path, &handle)
    let code = sqlite3_exec(
      handle,
      """
      CREATE TABLE dbbardata(symbol TEXT, exchange TEXT, interval TEXT, datetime TEXT);
      CREATE TABLE dbtickdata(id INTEGER PRIMARY KEY, symbol TEXT, exchange TEXT, datetime TEXT,
        name TEXT, volume REAL, turnover REAL, open_interest REAL, last_price REAL,
        last_volume REAL, bid_price_1 REAL, bid_price_2 REAL, ask_price_1 REAL, ask_price_2 REAL,
        bid_volume_1 REAL, bid_volume_2 REAL, ask_volume_1 REAL, ask_volume_2 REAL);
      INSERT INTO dbtickdata VALUES
        (1, 'rb2105', 'SHFE', '2021-01-04 09:00:00.500000', '', 10, 100, 7, 10.1, 1, 10, 9.9, 10.2,
          1.7976931348623157e308, 3, 4, 5, 0),
        (2, 'rb2105', 'SHFE', '2021-01-04 09:00:01', '', 12, 120, 7, 10.2, 1, 10, 0, 10.2, 0, 3, 0,
          5, 0);
      """, nil, nil, nil)
    sqlite3_close(handle)
    #expect(code == SQLITE_OK)
    let source = try VnpyDatabase(path)
    let content = try #require(try source.tickContents().first)
    #expect(content.bars == 2 && content.isTicks)
    var form = CsvForm(interval: .minute, stamp: .start, zone: .shanghai, symbol: content.symbol)
    form.tolerance = .zero
    let report = try BarStore(path: scratch.store).adoptTicks(
      content, of: source, form, hours: Sample.named(days: 7))
    #expect(report.written.added == 2 && report.refusedRows == 0)
    let loaded = try BarStore(reading: scratch.store).loadTicks(Sample.symbol).columns
    #expect(loaded.last == [101, 102] && loaded.volume == [10, 12])
    let quote = loaded.quote(0, of: InstrumentIndex(0))
    #expect(quote.bids.map(\.price.units) == [100, 99] && quote.asks.map(\.price.units) == [102])
  }
}
