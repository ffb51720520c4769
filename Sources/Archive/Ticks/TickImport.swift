import Bytes
public import Market

/// The columns a file of ticks may have.
public enum TickSheet {
  static let book = ["bid", "bid_lots", "ask", "ask_lots"]
  public static let fields =
    ["symbol", "exchange", "datetime", "last", "volume", "turnover", "open_interest"]
    + (1...QuoteColumns.depth).flatMap { level in book.map { "\($0)\(level)" } }

  static let firstLevel = 7
}

extension BarStore {
  /// Imports a CSV file of ticks in one transaction: all of it but the refused rows, or nothing.
  ///
  /// Quotes outside trading and stale ones are passed over and counted.
  public func importTicks(
    _ path: String, _ form: SheetForm, hours: (Symbol) -> NamedSchedule?
  ) throws(ArchiveError) -> ImportReport {
    try database.transaction { () throws(ArchiveError) in
      var sheet = try SheetReader(
        path, form, fields: TickSheet.fields, required: ["symbol", "datetime", "last", "volume"])
      var gatherings: [TickGathering] = []
      var places: [Symbol: Int] = [:]
      var report = ImportReport()
      while try sheet.next() {
        do throws(SheetFault) {
          let symbol = try sheet.symbol(code: 0, exchange: 1)
          let row = try sheet.tick()
          if places[symbol] == nil {
            guard let named = hours(symbol) else {
              throw SheetFault(field: 0, expected: "a symbol whose trading hours are known")
            }
            places[symbol] = gatherings.count
            gatherings.append(TickGathering(symbol, named, form.csv))
          }
          gatherings[places[symbol] ?? 0].add(row)
        } catch { sheet.refuse(error) }
        for place in gatherings.indices where gatherings[place].quotes.count >= 1 << 16 {
          report.written += try gatherings[place].flush(isLast: false, in: database)
        }
      }
      for place in gatherings.indices {
        report.written += try gatherings[place].flush(isLast: true, in: database)
      }
      return try sheet.finish().joined(report, gatherings)
    }
  }
}

extension ImportReport {
  fileprivate func joined(_ written: ImportReport, _ gatherings: [TickGathering]) -> ImportReport {
    var report = self
    report.written = written.written
    report.series = gatherings.map(\.key)
    report.passedOver = gatherings.reduce(0) { $0 + $1.passedOver }
    return report
  }
}

extension SheetForm {
  /// What the gathering of rows needs of it.
  var csv: CsvForm {
    var form = CsvForm(interval: .minute, stamp: .end, zone: zone, symbol: symbol)
    form.source = source
    form.vintage = vintage
    return form
  }
}

extension SheetReader {
  borrowing func tick() throws(SheetFault) -> TickRow {
    let expected = "a date and time like 2021-01-04 09:00:00.500"
    guard let nanos = try? TimeText.parse(text(2)) else {
      throw SheetFault(field: 2, expected: expected)
    }
    let (days, time) = TimeText.split(nanos)
    guard CsvClock.years.contains(DateText.civil(days: days).year) else {
      throw SheetFault(field: 2, expected: expected)
    }
    var row = TickRow(
      day: TradingDay(days: Int32(days)), nanosOfDay: time, last: try price(3) ?? CsvNumber(),
      volume: try whole(4), turnover: try money(5), openInterest: try whole(6))
    for level in 0..<QuoteColumns.depth {
      for side in 0..<2 {
        let field = TickSheet.firstLevel + 4 * level + 2 * side
        row.book.append((try price(field) ?? CsvNumber(), try whole(field + 1)))
      }
    }
    do throws(CsvFault) { try row.check(QuoteColumns.depth) } catch {
      throw SheetFault(field: nil, expected: error.expected)
    }
    return row
  }

  private borrowing func money(_ field: Int) throws(SheetFault) -> Double {
    guard let number = try number(field) else { return 0 }
    if let exact = number.double { return exact }
    guard let value = try? DoubleText.parse(text(field)) else {
      throw SheetFault(field: field, expected: "an amount of money")
    }
    return value
  }
}
