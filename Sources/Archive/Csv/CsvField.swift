/// The columns a file of bars may have, by their names in the header.
enum CsvField: Int, CaseIterable {
  case symbol
  case datetime
  case open
  case high
  case low
  case close
  case volume
  case turnover
  case openInterest

  var name: String { self == .openInterest ? "open_interest" : "\(self)" }

  init?(name: String) {
    guard let found = CsvField.allCases.first(where: { $0.name == name }) else { return nil }
    self = found
  }

  var isRequired: Bool {
    switch self {
    case .symbol, .turnover, .openInterest: false
    default: true
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
    _ line: UnsafeBufferPointer<UInt8>, path: String, needsSymbol: Bool
  ) throws(ArchiveError) {
    let names = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    var columns = [Int](repeating: -1, count: CsvField.allCases.count)
    for (index, name) in names.enumerated() {
      let text = String(decoding: name, as: UTF8.self)
      let column = name.startIndex + 1
      guard let field = CsvField(name: text) else {
        throw Self.refused(path, column, text, "one of " + Self.known)
      }
      guard columns[field.rawValue] < 0 else {
        throw Self.refused(path, column, text, "each column once")
      }
      columns[field.rawValue] = index
    }
    for field in CsvField.allCases where columns[field.rawValue] < 0 {
      let isNeeded = field.isRequired || (field == .symbol && needsSymbol)
      guard !isNeeded else {
        let remedy = field == .symbol ? ", or a symbol given for the whole file" : ""
        throw Self.refused(
          path, 0, String(decoding: line, as: UTF8.self), "a column \(field.name)\(remedy)")
      }
    }
    self.columns = columns
    columnCount = names.count
  }

  subscript(field: CsvField) -> Int { columns[field.rawValue] }

  private static let known = CsvField.allCases.map(\.name).joined(separator: ", ")

  private static func refused(
    _ path: String, _ column: Int, _ found: String, _ expected: String
  ) -> ArchiveError {
    .columns(
      Refusal(
        place: Place(path: path, line: 1, column: column), field: "header",
        found: String(found.prefix(120)), expected: expected))
  }
}
