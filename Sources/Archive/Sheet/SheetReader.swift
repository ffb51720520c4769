import Bytes
import Market

/// Reads a CSV file whose columns are found by name, a row at a time.
struct SheetReader: ~Copyable {
  private var lines: LineReader
  private let form: SheetForm
  private let fields: [String]
  /// The column of each field; -1 where the file has none.
  private let columns: [Int]
  private let columnCount: Int
  private var line: [UInt8] = []
  private var starts: [Int] = []
  private var symbols: [String: Symbol] = [:]
  private(set) var report = ImportReport()

  /// `required` fields must have a column; a symbol given for the whole file stands for its own.
  init(
    _ path: String, _ form: SheetForm, fields: [String], required: [String]
  ) throws(ArchiveError) {
    var reader = try LineReader(path, form.encoding)
    guard let header = try reader.next() else { throw .noRows(path: path) }
    let names = String(decoding: header, as: UTF8.self)
      .split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    columns = try Self.columns(names, form, fields, required, path)
    columnCount = names.count
    lines = reader
    self.form = form
    self.fields = fields
  }

  private static func columns(
    _ names: [String], _ form: SheetForm, _ fields: [String], _ required: [String], _ path: String
  ) throws(ArchiveError) -> [Int] {
    var columns = [Int](repeating: -1, count: fields.count)
    for (place, name) in names.enumerated() {
      guard let field = try field(name, form, fields, path) else { continue }
      guard columns[field] < 0 else { throw refused(path, name, "each column once") }
      columns[field] = place
    }
    for name in required {
      guard let field = fields.firstIndex(of: name), columns[field] < 0 else { continue }
      if name == "symbol", form.symbol != nil { continue }
      throw refused(path, names.joined(separator: ","), "a column \(name)")
    }
    return columns
  }

  private static func field(
    _ name: String, _ form: SheetForm, _ fields: [String], _ path: String
  ) throws(ArchiveError) -> Int? {
    let meant = form.columns.first { $0.name == name }?.field ?? name
    if let field = fields.firstIndex(of: meant) { return field }
    guard form.ignoresOthers || form.ignored.contains(name) else {
      throw refused(path, name, "one of " + fields.joined(separator: ", "))
    }
    return nil
  }

  private static func refused(
    _ path: String, _ found: String, _ expected: String
  ) -> ArchiveError {
    .columns(
      Refusal(
        place: Place(path: path, line: 1, column: 0), field: "header",
        found: String(found.prefix(120)), expected: expected))
  }

  /// Goes to the next row; `false` after the last.
  mutating func next() throws(ArchiveError) -> Bool {
    while let found = try lines.next() {
      if found.isEmpty { continue }
      line = Array(found)
      starts = [0]
      for place in line.indices where line[place] == UInt8(ascii: ",") { starts.append(place + 1) }
      starts.append(line.count + 1)
      report.rows += 1
      guard starts.count == columnCount + 1 else {
        refuse(
          SheetFault(
            field: nil,
            expected: "\(columnCount) fields as in the header, not \(starts.count - 1)"))
        continue
      }
      return true
    }
    return false
  }

  func has(_ field: Int) -> Bool { columns[field] >= 0 }

  /// What stands in a field; empty where the file has no such column.
  func bytes(_ field: Int) -> ArraySlice<UInt8> {
    let column = columns[field]
    guard column >= 0 else { return [] }
    return line[starts[column]..<starts[column + 1] - 1]
  }

  func text(_ field: Int) -> String { String(decoding: bytes(field), as: UTF8.self) }

  /// A plain number; `nil` for an empty field.
  func number(_ field: Int) throws(SheetFault) -> CsvNumber? {
    let bytes = bytes(field)
    if bytes.isEmpty { return nil }
    guard let number = bytes.withUnsafeBufferPointer({ CsvNumber($0) }) else {
      throw SheetFault(field: field, expected: "a number in plain digits, zero or more")
    }
    return number
  }

  /// A price, which needs no more than eight decimals; zero and empty are none.
  func price(_ field: Int) throws(SheetFault) -> CsvNumber? {
    guard let number = try number(field), number.digits > 0 else { return nil }
    guard number.decimals <= Int(Grid.most),
      number.digits < 10_000_000_000 &* powersOfTen[number.decimals]
    else {
      throw SheetFault(
        field: field, expected: "a price below 10000000000 with at most eight decimals")
    }
    return number
  }

  func whole(_ field: Int) throws(SheetFault) -> Int64 {
    guard let number = try number(field) else { return 0 }
    guard let whole = number.whole(times: 1), whole <= CsvRowReader.most else {
      throw SheetFault(field: field, expected: "a whole number, zero or more")
    }
    return whole
  }

  /// The symbol of the row, from the form or from the fields at `code` and `exchange`.
  mutating func symbol(code: Int, exchange: Int) throws(SheetFault) -> Symbol {
    if let symbol = form.symbol { return symbol }
    let text = has(exchange) ? "\(self.text(code)).\(self.text(exchange))" : self.text(code)
    if let known = symbols[text] { return known }
    let found =
      has(exchange)
      ? form.symbols.symbol(code: self.text(code), exchange: self.text(exchange))
      : form.symbols.symbol(text)
    guard let found else {
      throw SheetFault(field: code, expected: "a symbol like rb2105.SHFE")
    }
    symbols[text] = found
    return found
  }

  mutating func refuse(_ fault: SheetFault) {
    report.refusedRows += 1
    guard report.refusals.count < ImportReport.mostRefusals else { return }
    var found = line[...]
    var column = 0
    if let field = fault.field {
      found = bytes(field)
      column = columns[field] < 0 ? 0 : starts[columns[field]] + 1
    }
    let shown = found.prefix(60).map { (0x20..<0x7F).contains($0) ? $0 : UInt8(ascii: "?") }
    report.refusals.append(
      Refusal(
        place: Place(path: lines.path, line: lines.line, column: column),
        field: fault.field.map { fields[$0] } ?? "row",
        found: String(decoding: shown, as: UTF8.self), expected: fault.expected))
  }

  /// What was read and what was refused; too much of that refuses the whole.
  func finish() throws(ArchiveError) -> ImportReport {
    try report.check(lines.path, form.tolerance)
    return report
  }
}
