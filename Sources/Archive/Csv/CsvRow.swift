import Bytes
import Market

/// What is wrong with a row, before it is put into words.
struct CsvFault: Error {
  let field: CsvField?
  let expected: String
  var remedy = Remedy.row
}

/// One row as written: numbers in lowest terms, time without a zone.
struct CsvRow {
  var time: CsvTime
  var open: CsvNumber
  var high: CsvNumber
  var low: CsvNumber
  var close: CsvNumber
  var volume: Int64
  var turnover: Double
  var openInterest: Int64
  /// As the file says it, where it does.
  var tradingDay: TradingDay?
  /// The decimals that its prices need.
  var decimals: Int
}

/// Cuts lines into fields and reads them; no field becomes a string unless it is refused.
struct CsvRowReader {
  let header: CsvHeader
  private let form: CsvForm
  private var clock = CsvClock()
  /// Where each field starts and ends, without quotes around it.
  private var starts: [Int]
  private var ends: [Int]

  /// So that ten digits before the point and eight behind it always fit.
  private static let greatestPrice: Int64 = 10_000_000_000
  static let most = Int64(1) << 53

  init(_ header: CsvHeader, _ form: CsvForm) {
    self.header = header
    self.form = form
    starts = [Int](repeating: 0, count: header.columnCount)
    ends = starts
  }

  /// Finds the fields of a line.
  mutating func cut(_ line: UnsafeBufferPointer<UInt8>) throws(CsvFault) {
    guard line.count <= LineReader.longestLineBytes else {
      throw CsvFault(
        field: nil, expected: "a row of at most \(LineReader.longestLineBytes) bytes",
        remedy: .lineEnds)
    }
    var count = 0
    var next = 0
    repeat {
      let (start, end, after) = CsvRowReader.field(of: line, from: next)
      if count < header.columnCount { (starts[count], ends[count]) = (start, end) }
      (count, next) = (count + 1, after)
    } while next <= line.count
    guard count == header.columnCount else {
      throw CsvFault(
        field: nil, expected: "\(header.columnCount) fields as in the header, not \(count)",
        remedy: .fields)
    }
  }

  /// Where a field begins and ends and where the next begins; quotes around a whole field are not
  /// part of it, and commas between them do not end it.
  static func field(
    of line: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> (start: Int, end: Int, next: Int) {
    let (comma, quote) = (UInt8(ascii: ","), UInt8(ascii: "\""))
    if start < line.count, line[start] == quote,
      let close = line[(start + 1)...].firstIndex(of: quote),
      close + 1 == line.count || line[close + 1] == comma
    {
      return (start + 1, close, close + 2)
    }
    var end = start
    while end < line.count, line[end] != comma { end += 1 }
    return (start, end, end + 1)
  }

  /// The bytes of a field of the line cut last; `nil` where the file has no such column.
  func bytes(
    _ field: CsvField, _ line: UnsafeBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8>? {
    let column = header[field]
    guard column >= 0 else { return nil }
    return UnsafeBufferPointer(rebasing: line[starts[column]..<ends[column]])
  }

  /// The column of a field's first byte, from one.
  func column(_ field: CsvField?) -> Int {
    guard let field, header[field] >= 0 else { return 0 }
    return starts[header[field]] + 1
  }

  mutating func read(_ line: UnsafeBufferPointer<UInt8>) throws(CsvFault) -> CsvRow {
    let time = try time(line)
    let open = try price(.open, line)
    let high = try price(.high, line)
    let low = try price(.low, line)
    let close = try price(.close, line)
    let row = CsvRow(
      time: time, open: open, high: high, low: low, close: close,
      volume: try count(.volume, line, times: form.volumeFactor),
      turnover: try amount(.turnover, line) * form.turnoverFactor,
      openInterest: try count(.openInterest, line, times: 1), tradingDay: try tradingDay(line),
      decimals: max(max(open.decimals, high.decimals), max(low.decimals, close.decimals)))
    try row.checkOrder()
    return row
  }

  private mutating func time(_ line: UnsafeBufferPointer<UInt8>) throws(CsvFault) -> CsvTime {
    guard header.has(.time) else {
      guard let time = bytes(.datetime, line).flatMap({ clock.read($0) }) else {
        throw CsvFault(
          field: .datetime, expected: "a date and time like 2021-01-04 09:01:00",
          remedy: hasOffset(line) ? .zonedStamp : .stamp)
      }
      return time
    }
    guard let day = bytes(.datetime, line).flatMap({ CsvClock.date($0) }) else {
      throw CsvFault(
        field: .datetime, expected: "a date like 2021-01-04 or 2021/1/4", remedy: .stamp)
    }
    guard let second = bytes(.time, line).flatMap({ CsvClock.timeOfDay($0) }) else {
      throw CsvFault(
        field: .time, expected: "a time of day like 09:01:00", remedy: .stamp)
    }
    return CsvTime(day: day, second: second)
  }

  /// Whether a stamp says by how much its clock differs from UTC.
  private func hasOffset(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let stamp = bytes(.datetime, line), stamp.count > 19 else { return false }
    return stamp[19...].contains { $0 == 43 || $0 == 45 || $0 == UInt8(ascii: "Z") }
  }

  private func tradingDay(
    _ line: UnsafeBufferPointer<UInt8>
  ) throws(CsvFault) -> TradingDay? {
    guard header.has(.tradingDay) else { return nil }
    guard let day = bytes(.tradingDay, line).flatMap({ CsvClock.date($0) }) else {
      throw CsvFault(
        field: .tradingDay, expected: "a date like 2021-01-04", remedy: .stamp)
    }
    return day
  }

  private func price(
    _ field: CsvField, _ line: UnsafeBufferPointer<UInt8>
  ) throws(CsvFault) -> CsvNumber {
    guard let number = bytes(field, line).flatMap({ CsvNumber($0) }), number.digits > 0 else {
      throw CsvFault(
        field: field, expected: "a price above zero in plain digits, like 3512.5", remedy: .price)
    }
    guard number.decimals <= Int(Grid.most),
      number.digits < Self.greatestPrice &* powersOfTen[number.decimals]
    else {
      throw CsvFault(
        field: field, expected: "a price below 10000000000 with at most eight decimals",
        remedy: .price)
    }
    return number
  }

  private func count(
    _ field: CsvField, _ line: UnsafeBufferPointer<UInt8>, times factor: Int64
  ) throws(CsvFault) -> Int64 {
    guard let bytes = bytes(field, line), !(bytes.isEmpty && form.isEmptyZero) else { return 0 }
    guard let whole = (CsvNumber(bytes) ?? CsvNumber(scientific: bytes))?.whole(times: factor),
      whole <= Self.most
    else {
      let unit = factor == 1 ? "a whole number" : "a whole number of shares in lots of \(factor)"
      let isPlain = CsvNumber(bytes) != nil
      throw CsvFault(
        field: field, expected: "\(unit), zero or more", remedy: isPlain ? .lots : .amount)
    }
    return whole
  }

  private func amount(
    _ field: CsvField, _ line: UnsafeBufferPointer<UInt8>
  ) throws(CsvFault) -> Double {
    guard let bytes = bytes(field, line), !(bytes.isEmpty && form.isEmptyZero) else { return 0 }
    guard let number = CsvNumber(bytes) ?? CsvNumber(scientific: bytes) else {
      throw CsvFault(
        field: field, expected: "an amount of money in plain digits, zero or more",
        remedy: .amount)
    }
    if let exact = number.double { return exact }
    do throws(BytesError) {
      return try DoubleText.parse(Span(_unsafeElements: bytes))
    } catch {
      throw CsvFault(
        field: field, expected: "an amount of money in plain digits, zero or more",
        remedy: .amount)
    }
  }
}

extension CsvRow {
  /// Refuses a bar whose high is not its highest or whose low is not its lowest price.
  func checkOrder() throws(CsvFault) {
    let grid = decimals
    let (open, high) = (open.units(grid), high.units(grid))
    let (low, close) = (low.units(grid), close.units(grid))
    guard low <= high else {
      throw CsvFault(field: .high, expected: "a high not below the low", remedy: .highLow)
    }
    guard open <= high, close <= high else {
      throw CsvFault(
        field: .high, expected: "a high not below open and close", remedy: .highLow)
    }
    guard low <= open, low <= close else {
      throw CsvFault(
        field: .low, expected: "a low not above open and close", remedy: .highLow)
    }
  }
}
