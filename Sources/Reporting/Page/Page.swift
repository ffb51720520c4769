/// A report as data: sections of tiles, charts, tables, pairs and text. How it looks is decided when it is written.
public struct Page: Hashable, Sendable {
  public let title: String
  /// One line under the title: what, where, when.
  public let subtitle: String
  public let sections: [Section]

  public init(_ title: String, subtitle: String = "", sections: [Section]) {
    self.title = title
    self.subtitle = subtitle
    self.sections = sections
  }
}

/// Blocks under one heading.
public struct Section: Hashable, Sendable {
  public let heading: String?
  public let blocks: [Block]

  public init(_ heading: String? = nil, _ blocks: [Block]) {
    self.heading = heading
    self.blocks = blocks
  }
}

/// One thing to look at.
public enum Block: Hashable, Sendable {
  case tiles([Tile])
  case lines(LineChart)
  case bars(BarChart)
  case ranks(BarList)
  case heat(HeatMap)
  case table(Table)
  case pairs([Pair])
  case paragraphs([String])
  /// Remarks that must not be overlooked.
  case remarks([String])
}

/// A headline figure.
public struct Tile: Hashable, Sendable {
  public let name: String
  public let value: String
  /// A second line: an interval, a date, a condition.
  public let note: String

  public init(_ name: String, _ value: String, note: String = "") {
    self.name = name
    self.value = value
    self.note = note
  }
}

/// A name and its value, as lineage and settings are told.
public struct Pair: Hashable, Sendable {
  public let name: String
  public let value: String

  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// Rows under columns; numbers stand right, so that their digits line up.
public struct Table: Hashable, Sendable {
  /// A column's head and what stands in it.
  public struct Column: Hashable, Sendable {
    public let name: String
    public let kind: Kind

    /// Numbers stand right, words left; sentences may be broken over lines.
    public enum Kind: Hashable, Sendable {
      case number
      case words
      case sentence
    }

    public init(_ name: String, _ kind: Kind = .number) {
      self.name = name
      self.kind = kind
    }

    public static func words(_ name: String) -> Column { Column(name, .words) }
  }

  public let caption: String
  public let columns: [Column]
  public let rows: [[String]]
  /// A line below, such as how many rows were left out.
  public let note: String

  public init(_ caption: String = "", columns: [Column], rows: [[String]], note: String = "") {
    precondition(rows.allSatisfy { $0.count == columns.count }, "a cell for every column")
    self.caption = caption
    self.columns = columns
    self.rows = rows
    self.note = note
  }
}
