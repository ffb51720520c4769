import Bytes
import Glibc
import Market

extension BarStore {
  /// Takes over one instrument's bars of a vn.py database in one transaction, or none of them.
  ///
  /// vn.py stamps a bar with its start; here it is known by its end. `form` says the clock and how
  /// many rows may be refused.
  public func adopt(
    _ content: VnpyDatabase.Content, of source: borrowing VnpyDatabase, _ form: CsvForm,
    hours: NamedSchedule
  ) throws(ArchiveError) -> ImportReport {
    guard let symbol = content.symbol, content.length == form.interval else {
      preconditionFailure("only what has a symbol and a length here is adopted")
    }
    return try database.transaction { () throws(ArchiveError) in
      var rows = VnpyRows(Gathering(symbol, hours, form), path: source.path)
      let query = try source.database.statement(
        """
        SELECT id, datetime, open_price, high_price, low_price, close_price, volume,
          \(try source.column("turnover")), \(try source.column("open_interest"))
        FROM dbbardata WHERE symbol = ? AND exchange = ? AND interval = ? ORDER BY datetime
        """)
      query.bind(1, content.code)
      query.bind(2, content.exchange)
      query.bind(3, content.interval)
      while try source.database.step(query) {
        rows.take(query)
        if rows.isFull { try rows.flush(in: database) }
      }
      try rows.flush(in: database)
      return try rows.finish(form.tolerance)
    }
  }
}

extension VnpyDatabase {
  /// Databases of older versions have no turnover.
  borrowing func column(
    _ name: String, of table: String = "dbbardata"
  ) throws(ArchiveError) -> String {
    let query = try database.statement(
      "SELECT count(*) FROM pragma_table_info('\(table)') WHERE name = ?")
    query.bind(1, name)
    return try database.step(query) && query.int64(0) > 0 ? name : "0"
  }
}

/// Rows of `dbbardata` on their way into the archive.
private struct VnpyRows {
  private var gathering: Gathering
  private let path: String
  private var clock = CsvClock()
  private var report = ImportReport()

  init(_ gathering: Gathering, path: String) {
    self.gathering = gathering
    self.path = path
  }

  var isFull: Bool { gathering.bars.count >= 1 << 17 }

  mutating func take(_ query: borrowing Statement) {
    report.rows += 1
    do throws(CsvFault) {
      let row = try read(query)
      try row.checkOrder()
      try gathering.add(row)
    } catch {
      refuse(query, error)
    }
  }

  mutating func flush(in database: borrowing Database) throws(ArchiveError) {
    report.written += try gathering.flush(in: database)
  }

  func finish(_ tolerance: Rate) throws(ArchiveError) -> ImportReport {
    var report = report
    try report.check(path, tolerance)
    report.series = gathering.hasRows ? [gathering.key] : []
    return report
  }

  private mutating func read(_ query: borrowing Statement) throws(CsvFault) -> CsvRow {
    var text = query.text(1)
    let time = text.withUTF8 { clock.read($0) }
    guard let time else {
      throw CsvFault(field: .datetime, expected: "a date and time like 2021-01-04 09:01:00")
    }
    let open = try price(.open, query.double(2))
    let high = try price(.high, query.double(3))
    let low = try price(.low, query.double(4))
    let close = try price(.close, query.double(5))
    let turnover = query.double(7)
    guard turnover >= 0, turnover.isFinite else {
      throw CsvFault(field: .turnover, expected: "an amount of money, zero or more")
    }
    return CsvRow(
      time: time, open: open, high: high, low: low, close: close,
      volume: try count(.volume, query.double(6)), turnover: turnover,
      openInterest: try count(.openInterest, query.double(8)),
      decimals: max(max(open.decimals, high.decimals), max(low.decimals, close.decimals)))
  }

  /// A price kept as binary floating point, back on the eight decimals that any price has.
  private func price(_ field: CsvField, _ value: Double) throws(CsvFault) -> CsvNumber {
    guard value.isFinite, value > 0, value < 1e9 else {
      throw CsvFault(field: field, expected: "a price above zero and below 1000000000")
    }
    let text = Array(DoubleText.fixed(value, decimals: Int(Grid.most)).utf8)
    guard let number = text.withUnsafeBufferPointer({ CsvNumber($0) }), number.digits > 0 else {
      throw CsvFault(field: field, expected: "a price above zero and below 1000000000")
    }
    return number
  }

  private func count(_ field: CsvField, _ value: Double) throws(CsvFault) -> Int64 {
    guard value >= 0, value <= Double(CsvRowReader.most), value == value.rounded() else {
      throw CsvFault(field: field, expected: "a whole number, zero or more")
    }
    return Int64(value)
  }

  /// A row's place is its id in the table.
  private mutating func refuse(_ query: borrowing Statement, _ fault: CsvFault) {
    report.refusedRows += 1
    guard report.refusals.count < ImportReport.mostRefusals else { return }
    let columns: [CsvField: Int32] = [
      .datetime: 1, .open: 2, .high: 3, .low: 4, .close: 5, .volume: 6, .turnover: 7,
      .openInterest: 8,
    ]
    let found = query.text(fault.field.flatMap { columns[$0] } ?? 1)
    report.refusals.append(
      Refusal(
        place: Place(path: path, line: Int(query.int64(0)), column: 0),
        field: fault.field?.name ?? "row", found: found, expected: fault.expected,
        remedy: fault.remedy))
  }
}
