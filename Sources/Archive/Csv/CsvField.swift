/// The columns a file of bars may have, by their names in the header.
public enum CsvField: Int, CaseIterable, Sendable {
  case symbol
  /// The exchange's code, where it stands apart from the symbol's.
  case exchange
  case datetime
  /// The time of day, where it stands apart from the date.
  case time
  case open
  case high
  case low
  case close
  case volume
  case turnover
  case openInterest
  case tradingDay

  public var name: String {
    switch self {
    case .openInterest: "open_interest"
    case .tradingDay: "trading_day"
    default: "\(self)"
    }
  }

  public init?(name: String) {
    guard let found = CsvField.allCases.first(where: { $0.name == name }) else { return nil }
    self = found
  }

  var isRequired: Bool {
    switch self {
    case .datetime, .open, .high, .low, .close, .volume: true
    default: false
    }
  }
}

/// Which column holds which field.
struct CsvHeader {
  /// The column of each field in the order of `CsvField.allCases`; -1 where the file has none.
  let columns: [Int]
  let columnCount: Int

  /// Reads the header line; a file whose columns are missing, unknown or repeated is refused whole.
  init(
    _ line: UnsafeBufferPointer<UInt8>, _ named: CsvColumns, path: String, needsSymbol: Bool
  ) throws(ArchiveError) {
    let names = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    var columns = [Int](repeating: -1, count: CsvField.allCases.count)
    for (index, name) in names.enumerated() {
      let text = Self.trimmed(String(decoding: name, as: UTF8.self))
      let column = name.startIndex + 1
      switch named.meaning(of: text) {
      case .nothing: continue
      case .unknown:
        let expected = named.known.map(\.name).joined(separator: ", ")
        throw Self.refused(path, column, text, "one of " + expected)
      case .field(let field):
        guard columns[field.rawValue] < 0 else {
          throw Self.refused(path, column, text, "each column once")
        }
        columns[field.rawValue] = index
      }
    }
    for field in CsvField.allCases where columns[field.rawValue] < 0 {
      let isNeeded = field.isRequired || (field == .symbol && needsSymbol)
      guard !isNeeded else {
        let names = named.known.filter { $0.field == field }.map(\.name)
        let other = field == .symbol ? ", or a symbol given for the whole file" : ""
        throw Self.refused(
          path, 0, String(decoding: line, as: UTF8.self),
          "a column \((names.isEmpty ? [field.name] : names).joined(separator: " or "))\(other)",
          field == .symbol ? .symbol : .columns)
      }
    }
    self.columns = columns
    columnCount = names.count
  }

  subscript(field: CsvField) -> Int { columns[field.rawValue] }

  func has(_ field: CsvField) -> Bool { columns[field.rawValue] >= 0 }

  private static func trimmed(_ name: String) -> String {
    var name = name[...]
    while name.first == " " { name.removeFirst() }
    while name.last == " " { name.removeLast() }
    let isQuoted = name.count > 1 && name.first == "\"" && name.last == "\""
    return String(isQuoted ? name.dropFirst().dropLast() : name)
  }

  private static func refused(
    _ path: String, _ column: Int, _ found: String, _ expected: String,
    _ remedy: Remedy = .columns
  ) -> ArchiveError {
    .columns(
      Refusal(
        place: Place(path: path, line: 1, column: column), field: "header",
        found: String(found.prefix(120)), expected: expected, remedy: remedy))
  }
}
