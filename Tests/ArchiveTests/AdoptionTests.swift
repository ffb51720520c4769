import Bars
import CSQLite
import Market
import Testing

@testable import Archive

/// A database as vn.py makes it, adopted.
@Suite struct AdoptionTests {
  let scratch = Scratch()

  static let schema = """
    CREATE TABLE "dbbardata" ("id" INTEGER NOT NULL PRIMARY KEY, "symbol" VARCHAR(255) NOT NULL,
      "exchange" VARCHAR(255) NOT NULL, "datetime" DATETIME NOT NULL,
      "interval" VARCHAR(255) NOT NULL, "volume" REAL NOT NULL, "turnover" REAL NOT NULL,
      "open_interest" REAL NOT NULL, "open_price" REAL NOT NULL, "high_price" REAL NOT NULL,
      "low_price" REAL NOT NULL, "close_price" REAL NOT NULL);
    CREATE UNIQUE INDEX "dbbardata_symbol_exchange_interval_datetime"
      ON "dbbardata" ("symbol", "exchange", "interval", "datetime");
    CREATE TABLE "dbtickdata" ("id" INTEGER NOT NULL PRIMARY KEY, "symbol" VARCHAR(255) NOT NULL);
    INSERT INTO dbtickdata(symbol) VALUES('rb2105');
    """

  func row(_ time: String, _ prices: String = "10, 12, 9, 11", of names: String = "") -> String {
    let names = names.isEmpty ? "'rb2105', 'SHFE', '1m'" : names
    return """
      INSERT INTO dbbardata(symbol, exchange, interval, datetime, open_price, high_price, low_price,
        close_price, volume, turnover, open_interest)
      VALUES(\(names), '2021-01-04 \(time)', \(prices), 5, 50, 7);
      """
  }

  func make(_ rows: [String]) -> String {
    let path = scratch.folder + "/database.db"
    var handle: OpaquePointer?
    sqlite3_open(path, &handle)
    let code = sqlite3_exec(handle, Self.schema + rows.joined(), nil, nil, nil)
    precondition(code == SQLITE_OK, "the database was not made: \(code)")
    sqlite3_close(handle)
    return path
  }

  func adopting(_ path: String, tolerance: Rate = .zero) throws -> ImportReport {
    let source = try VnpyDatabase(path)
    let content = try source.contents()[0]
    var form = CsvForm(
      interval: content.length ?? .minute, stamp: .start, zone: .shanghai, symbol: content.symbol)
    form.tolerance = tolerance
    return try BarStore(path: scratch.store).adopt(
      content, of: source, form, hours: Sample.named(days: 7))
  }

  @Test func startsBecomeEndsAndNothingChangesTwice() throws {
    let path = make([row("09:00:00"), row("09:01:00", "0.1, 0.30000000000000004, 0.1, 0.3")])
    #expect(try adopting(path).written.added == 2)
    let loaded = try BarStore(reading: scratch.store).load(Sample.key)
    #expect(loaded.series.grid == Grid(decimals: 1))
    #expect(loaded.columns.high == [120, 3] && loaded.columns.openInterest == [7, 7])
    let minutes = loaded.columns.closedAtNanos.map {
      Zone.shanghai.local(Instant(nanoseconds: $0)).seconds / 60
    }
    #expect(minutes == [541, 542])
    #expect(try adopting(path).written.same == 2)
    #expect(try BarStore(reading: scratch.store).load(Sample.key).fingerprint == loaded.fingerprint)
  }

  @Test func whatIsThereIsTold() throws {
    let path = make([
      row("09:00:00"), row("09:01:00"), row("00:00:00", of: "'rb2105', 'SHFE', 'w'"),
      row("09:30:00", of: "'700', 'SEHK', '1h'"), row("09:30:00", of: "'X', 'MARS', 'd'"),
    ])
    let source = try VnpyDatabase(path)
    let contents = try source.contents()
    #expect(contents.map(\.symbol?.description) == [nil, "700.HKEX", "rb2105.SHFE", "rb2105.SHFE"])
    #expect(contents.map(\.length) == [.day, .hour, .minute, nil])
    #expect(contents.map(\.bars) == [1, 1, 2, 1])
    #expect(contents[2].first == "2021-01-04 09:00:00")
    #expect(try source.ticks() == 1)
  }

  @Test(arguments: [
    ("09:00", "10, 8, 9, 11", "high: a high not below the low"),
    ("09:00", "0, 12, 9, 11", "open: a price above zero and below 1000000000"),
    ("12:00", "10, 12, 9, 11", "datetime: the start of a 1m bar within the hours of shfe"),
    ("09:00", "10, 9e999, 9, 11", "high: a price above zero and below 1000000000"),
  ])
  func badRowsAreRefusedWithTheirId(
    _ time: String, _ prices: String, _ expected: String
  ) throws {
    let path = make([row("09:05:00"), row(time + ":00", prices)])
    let error = #expect(throws: ArchiveError.self) { try adopting(path) }
    guard case .tooManyRefused(_, 1, 2, _, let first) = error else {
      Issue.record("the rows were not refused")
      return
    }
    #expect(first.place.line == 2 && "\(first.field): \(first.expected)" == expected)
    #expect(try adopting(path, tolerance: .one).written.added == 1)
  }

  @Test func otherFilesAreNamed() throws {
    #expect(throws: ArchiveError.self) { _ = try VnpyDatabase(scratch.folder + "/none.db") }
    let text = scratch.file("text.db", String(repeating: "no database ", count: 100))
    let error = #expect(throws: ArchiveError.self) { _ = try VnpyDatabase(text) }
    #expect("\(error, default: "")".contains("this is no database of vn.py"))
    _ = try BarStore(path: scratch.store)
    #expect(throws: ArchiveError.self) { _ = try VnpyDatabase(scratch.store) }
  }
}
