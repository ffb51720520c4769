import Glibc
public import Market

extension BarStore {
  /// Imports a CSV file of bars in one transaction: all of it but the refused rows, or nothing.
  ///
  /// `hours` names the hours a symbol trades by; a symbol it does not know is refused. A symbol
  /// given in the form goes before the file's column.
  public func importCsv(
    _ path: String, _ form: CsvForm, hours: (Symbol) -> NamedSchedule?
  ) throws(ArchiveError) -> ImportReport {
    try database.transaction { () throws(ArchiveError) in
      try CsvFile.read(path, form, hours: hours) { gathering throws(ArchiveError) in
        try gathering.flush(in: database)
      }
    }
  }
}

/// A CSV file of bars by itself.
public enum CsvFile {
  /// Reads a file with every check and keeps nothing: what an import of it would say.
  public static func check(
    _ path: String, _ form: CsvForm, hours: (Symbol) -> NamedSchedule?
  ) throws(ArchiveError) -> ImportReport {
    try read(path, form, hours: hours, holding: 1 << 13) { gathering in
      gathering.forget()
      return WriteCount()
    }
  }

  /// Hands gathered rows on whenever there are many, so that memory does not grow with the file.
  static func read(
    _ path: String, _ form: CsvForm, hours: (Symbol) -> NamedSchedule?,
    holding rows: Int = 1 << 17,
    writing write: (inout Gathering) throws(ArchiveError) -> WriteCount
  ) throws(ArchiveError) -> ImportReport {
    var lines = try LineReader(path, form.encoding)
    guard let first = try lines.next() else { throw .noRows(path: path) }
    let header = try CsvHeader(first, form.columns, path: path, needsSymbol: form.symbol == nil)
    var session = ImportSession(path, form, header, holding: rows)
    while let line = try lines.next() {
      session.take(line, number: lines.line, hours)
      session.takePlain(&lines)
      if session.isFull { try session.flush(write) }
    }
    try session.flush(write)
    return try session.finish()
  }
}

/// One file on its way into the archive.
private struct ImportSession: ~Copyable {
  private let path: String
  private let form: CsvForm
  private var reader: CsvRowReader
  private var plain: PlainRows
  private var gatherings: [Gathering] = []
  /// Places in `gatherings`; looked up, never walked.
  private var places: [String: Int] = [:]
  private var current: (name: [UInt8], place: Int)?
  /// The place of the last row that was taken.
  private var recent = -1
  private var gatheredRows = 0
  private var report = ImportReport()

  /// As many rows are held before they are written, so that memory does not grow with the file.
  private let mostGathered: Int
  private static let mostSymbols = 1 << 14

  init(_ path: String, _ form: CsvForm, _ header: CsvHeader, holding mostGathered: Int) {
    self.mostGathered = mostGathered
    self.path = path
    self.form = form
    reader = CsvRowReader(header, form)
    plain = PlainRows(header, form)
  }

  var isFull: Bool { gatheredRows >= mostGathered }

  mutating func take(
    _ line: UnsafeBufferPointer<UInt8>, number: Int, _ hours: (Symbol) -> NamedSchedule?
  ) {
    if line.isEmpty { return }
    report.rows += 1
    do throws(CsvFault) {
      try reader.cut(line)
      let place = try place(line, hours)
      let row = try reader.read(line)
      try gatherings[place].add(row)
      gatheredRows += 1
      if place == recent {
        plain.footing = PlainFooting(gatherings[place], after: row.time, of: reader, line, form)
      }
      recent = place
    } catch {
      refuse(line, number, error)
    }
  }

  /// Takes the rows behind that are like the one before, as far as they are in hand.
  mutating func takePlain(_ lines: inout LineReader) {
    while plain.footing != nil {
      let bytes = plain.read(lines.wholeLines)
      let rows = plain.count
      lines.pass(bytes: bytes, lines: rows)
      gatherings[recent].add(plain)
      plain.clear()
      report.rows += rows
      gatheredRows += rows
      if rows < PlainRows.mostRows { plain.footing = nil }
    }
  }

  mutating func flush(
    _ write: (inout Gathering) throws(ArchiveError) -> WriteCount
  ) throws(ArchiveError) {
    for place in gatherings.indices where gatherings[place].bars.count > 0 {
      try checkUnits(gatherings[place])
      report.written += try write(&gatherings[place])
    }
    gatheredRows = 0
  }

  /// Refuses the file where its columns of volume and turnover cannot count what the form says.
  private func checkUnits(_ gathering: borrowing Gathering) throws(ArchiveError) {
    guard let times = gathering.turnoverShare, times > 30 || times * 30 < 1 else { return }
    let shown = times > 1 ? "\(Int(times.rounded())) times" : "1/\(Int((1 / times).rounded())) of"
    throw .columns(
      Refusal(
        place: Place(path: path, line: 1, column: 0), field: "turnover",
        found: "mostly \(shown) volume × price, \(gathering.symbol)",
        expected: "about volume × price", remedy: .units))
  }

  func finish() throws(ArchiveError) -> ImportReport {
    try report.check(path, form.tolerance)
    var report = report
    report.series = gatherings.filter(\.hasRows).map(\.key)
    return report
  }

  /// The gathering of a row's symbol, which is mostly that of the row before.
  private mutating func place(
    _ line: UnsafeBufferPointer<UInt8>, _ hours: (Symbol) -> NamedSchedule?
  ) throws(CsvFault) -> Int {
    if form.symbol != nil, let current { return current.place }
    if reader.header.has(.exchange), form.symbol == nil { return try apart(line, hours) }
    let name = reader.bytes(.symbol, line)
    if let current, let name, let start = name.baseAddress, current.name.count == name.count,
      memcmp(current.name, start, name.count) == 0
    {
      return current.place
    }
    let text = form.symbol?.description ?? name.map { String(decoding: $0, as: UTF8.self) } ?? ""
    let place: Int
    if let known = places[text] {
      place = known
    } else {
      place = try enter(text, form.symbol ?? form.symbols.symbol(text), hours)
    }
    current = (name.map { Array($0) } ?? [], place)
    return place
  }

  /// As `place`, where code and exchange stand in columns of their own.
  private mutating func apart(
    _ line: UnsafeBufferPointer<UInt8>, _ hours: (Symbol) -> NamedSchedule?
  ) throws(CsvFault) -> Int {
    let code = reader.bytes(.symbol, line).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let exchange = reader.bytes(.exchange, line).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let text = "\(code).\(exchange)"
    if let known = places[text] { return known }
    return try enter(text, form.symbols.symbol(code: code, exchange: exchange), hours)
  }

  private mutating func enter(
    _ text: String, _ symbol: Symbol?, _ hours: (Symbol) -> NamedSchedule?
  ) throws(CsvFault) -> Int {
    guard let symbol else {
      throw CsvFault(field: .symbol, expected: "a symbol like \(example)", remedy: .symbol)
    }
    guard gatherings.count < Self.mostSymbols else {
      throw CsvFault(field: .symbol, expected: "at most \(Self.mostSymbols) symbols in a file")
    }
    guard let named = hours(symbol) else {
      throw CsvFault(
        field: .symbol, expected: "a symbol whose trading hours are known", remedy: .rules)
    }
    guard form.zone != nil || form.interval == .day || symbol.exchange != .local else {
      throw CsvFault(
        field: .datetime, expected: "a clock given for the stamps of \(symbol)", remedy: .zone)
    }
    places[text] = gatherings.count
    gatherings.append(Gathering(symbol, named, form))
    return gatherings.count - 1
  }

  private var example: String {
    switch form.symbols.form {
    case .codeFirst: "rb2105.SHFE"
    case .exchangeFirst: "sh.600000"
    case .stockCode: "600000"
    }
  }

  private mutating func refuse(
    _ line: UnsafeBufferPointer<UInt8>, _ number: Int, _ fault: CsvFault
  ) {
    report.refusedRows += 1
    guard report.refusals.count < ImportReport.mostRefusals else { return }
    let found = fault.field.flatMap { reader.bytes($0, line) } ?? line
    report.refusals.append(
      Refusal(
        place: Place(path: path, line: number, column: reader.column(fault.field)),
        field: fault.field?.name ?? "row", found: Self.excerpt(found),
        expected: fault.expected, remedy: fault.remedy))
  }

  /// The start of a field, with what cannot be printed replaced.
  private static func excerpt(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    let shown = bytes.prefix(60).map { (0x20..<0x7F).contains($0) ? $0 : UInt8(ascii: "?") }
    return String(decoding: shown, as: UTF8.self) + (bytes.count > 60 ? "…" : "")
  }
}
