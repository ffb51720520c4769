/// What a file's own header says in the words of `CsvField`.
public struct CsvColumns: Hashable, Sendable {
  /// A column's name in the file and what it holds.
  public struct Column: Hashable, Sendable {
    public let name: String
    public let field: CsvField

    public init(_ name: String, _ field: CsvField) {
      self.name = name
      self.field = field
    }
  }

  public let known: [Column]
  /// Columns that may be there and say nothing we keep.
  public let ignored: [String]
  /// Whether any further column is passed over instead of refusing the file.
  public let ignoresOthers: Bool

  public init(_ known: [Column], ignored: [String] = [], ignoresOthers: Bool = false) {
    self.known = known
    self.ignored = ignored
    self.ignoresOthers = ignoresOthers
  }

  /// The names that `data export` writes.
  public static let own = CsvColumns(CsvField.allCases.map { Column($0.name, $0) })

  enum Meaning {
    case field(CsvField)
    case nothing
    case unknown
  }

  func meaning(of name: String) -> Meaning {
    if let column = known.first(where: { $0.name == name }) { return .field(column.field) }
    return ignoresOthers || ignored.contains(name) ? .nothing : .unknown
  }
}
