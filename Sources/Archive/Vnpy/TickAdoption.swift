import Bytes
import Market

extension VnpyDatabase {
  /// The instruments of `dbtickdata`, under the interval `tick`.
  public func tickContents() throws(ArchiveError) -> [Content] {
    guard try ticks() > 0, try column("last_price", of: "dbtickdata") != "0" else { return [] }
    let query = try database.statement(
      """
      SELECT symbol, exchange, count(*), min(datetime), max(datetime) FROM dbtickdata
      GROUP BY symbol, exchange ORDER BY exchange, symbol
      """)
    var contents: [Content] = []
    while try database.step(query) {
      contents.append(
        Content(
          code: query.text(0), exchange: query.text(1), interval: "tick",
          bars: Int(query.int64(2)), first: query.text(3), last: query.text(4)))
    }
    return contents
  }
}

extension BarStore {
  /// Takes over one instrument's ticks of a vn.py database in one transaction, or none of them.
  public func adoptTicks(
    _ content: VnpyDatabase.Content, of source: borrowing VnpyDatabase, _ form: CsvForm,
    hours: NamedSchedule
  ) throws(ArchiveError) -> ImportReport {
    guard let symbol = content.symbol else {
      preconditionFailure("only what has a symbol here is adopted")
    }
    return try database.transaction { () throws(ArchiveError) in
      var rows = VnpyTicks(TickGathering(symbol, hours, form), path: source.path)
      let query = try source.database.statement(try VnpyTicks.question(source))
      query.bind(1, content.code)
      query.bind(2, content.exchange)
      while try source.database.step(query) {
        rows.take(query)
        if rows.isFull { try rows.flush(isLast: false, in: database) }
      }
      try rows.flush(isLast: true, in: database)
      return try rows.finish(form.tolerance)
    }
  }
}

/// Rows of `dbtickdata` on their way into the archive.
private struct VnpyTicks {
  private var gathering: TickGathering
  private let path: String
  private var report = ImportReport()

  /// Columns before the book, in the order they are asked for.
  private static let head = ["id", "datetime", "last_price", "volume"]
  private static let optional = ["turnover", "open_interest"]

  init(_ gathering: TickGathering, path: String) {
    self.gathering = gathering
    self.path = path
  }

  /// Databases of older versions lack columns, and most feeds tell one level only.
  static func question(_ source: borrowing VnpyDatabase) throws(ArchiveError) -> String {
    var names = head
    for name in optional { names.append(try source.column(name, of: "dbtickdata")) }
    for level in 1...QuoteColumns.depth {
      for part in ["bid_price", "bid_volume", "ask_price", "ask_volume"] {
        names.append(try source.column("\(part)_\(level)", of: "dbtickdata"))
      }
    }
    return """
      SELECT \(names.joined(separator: ", ")) FROM dbtickdata
      WHERE symbol = ? AND exchange = ? ORDER BY datetime, id
      """
  }

  var isFull: Bool { gathering.quotes.count >= 1 << 16 }

  mutating func take(_ query: borrowing Statement) {
    report.rows += 1
    do throws(CsvFault) {
      let row = try read(query)
      try row.check(QuoteColumns.depth)
      gathering.add(row)
    } catch {
      refuse(query, error)
    }
  }

  mutating func flush(isLast: Bool, in database: borrowing Database) throws(ArchiveError) {
    report.written += try gathering.flush(isLast: isLast, in: database)
  }

  func finish(_ tolerance: Rate) throws(ArchiveError) -> ImportReport {
    var report = report
    try report.check(path, tolerance)
    report.series = [gathering.key]
    report.passedOver = gathering.passedOver
    return report
  }

  private func read(_ query: borrowing Statement) throws(CsvFault) -> TickRow {
    guard let nanos = try? TimeText.parse(query.text(1)) else {
      throw CsvFault(field: .datetime, expected: "a date and time like 2021-01-04 09:00:00.500")
    }
    let (days, time) = TimeText.split(nanos)
    let turnover = query.double(4)
    guard turnover >= 0, turnover.isFinite else {
      throw CsvFault(field: .turnover, expected: "an amount of money, zero or more")
    }
    var row = TickRow(
      day: TradingDay(days: Int32(days)), nanosOfDay: time, last: try price(query.double(2)),
      volume: try count(query.double(3)), turnover: turnover,
      openInterest: try count(query.double(5)))
    for place in 0..<2 * Int32(QuoteColumns.depth) {
      row.book.append(
        (try price(query.double(6 + 2 * place)), try count(query.double(7 + 2 * place))))
    }
    return row
  }

  /// A price kept as binary floating point; zero is none, and so is the greatest number there is,
  /// which the gateway of CTP writes for it.
  private func price(_ value: Double) throws(CsvFault) -> CsvNumber {
    if value == 0 || value == .greatestFiniteMagnitude { return CsvNumber() }
    guard value.isFinite, value > 0, value < 1e9 else {
      throw CsvFault(field: nil, expected: "prices above zero and below 1000000000")
    }
    let text = Array(DoubleText.fixed(value, decimals: Int(Grid.most)).utf8)
    guard let number = text.withUnsafeBufferPointer({ CsvNumber($0) }) else {
      throw CsvFault(field: nil, expected: "prices above zero and below 1000000000")
    }
    return number
  }

  private func count(_ value: Double) throws(CsvFault) -> Int64 {
    guard value >= 0, value <= Double(CsvRowReader.most), value == value.rounded() else {
      throw CsvFault(field: .volume, expected: "whole numbers, zero or more")
    }
    return Int64(value)
  }

  /// A row's place is its id in the table.
  private mutating func refuse(_ query: borrowing Statement, _ fault: CsvFault) {
    report.refusedRows += 1
    guard report.refusals.count < ImportReport.mostRefusals else { return }
    report.refusals.append(
      Refusal(
        place: Place(path: path, line: Int(query.int64(0)), column: 0),
        field: fault.field?.name ?? "row", found: query.text(1), expected: fault.expected))
  }
}
