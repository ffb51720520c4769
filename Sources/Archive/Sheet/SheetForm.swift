public import Market

/// How a source writes what is not bars: ticks, or facts of instruments' days.
public struct SheetForm: Hashable, Sendable {
  /// A column's name in the file and ours.
  public struct Column: Hashable, Sendable {
    public let name: String
    public let field: String

    public init(_ name: String, _ field: String) {
      self.name = name
      self.field = field
    }
  }

  /// The file's names; our own are known besides.
  public var columns: [Column] = []
  public var ignored: [String] = []
  public var ignoresOthers = false
  public var symbols = SymbolStyle()
  /// The instrument of every row, for files without a symbol column.
  public var symbol: Symbol?
  public var encoding = TextEncoding.auto
  public var source = "csv"
  public var zone: Zone?
  public var vintage = Vintage.now
  /// The share of rows that may be refused before nothing is imported.
  public var tolerance = Rate(basisPoints: 10)

  public init() {}
}

/// What is wrong with a row, before it is put into words.
struct SheetFault: Error {
  /// The field's place among those asked for; `nil` for the whole row.
  let field: Int?
  let expected: String
}
