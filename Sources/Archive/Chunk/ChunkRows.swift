import Market

/// What the rows of a chunk are; it says how many columns there are and which hold prices.
enum RowKind {
  case bars
  case ticks
  /// The instants of rows alone.
  case instants

  var columnCount: Int {
    switch self {
    case .bars: 9
    case .ticks: 6 + 4 * QuoteColumns.depth
    case .instants: 1
    }
  }

  var priceColumns: [Int] {
    switch self {
    case .bars: [2, 3, 4, 5]
    case .ticks: [2] + (0..<QuoteColumns.depth).flatMap { [6 + 4 * $0, 8 + 4 * $0] }
    case .instants: []
    }
  }
}

/// Rows of any kind as the archive keeps them: whole numbers in columns, the instant first and the
/// trading day second, in order of time.
struct ChunkRows: Hashable {
  let kind: RowKind
  var columns: [[Int64]]

  init(_ kind: RowKind) {
    self.kind = kind
    columns = Array(repeating: [], count: kind.columnCount)
  }

  init(_ kind: RowKind, columns: [[Int64]]) {
    precondition(columns.count == kind.columnCount, "each kind has its columns")
    self.kind = kind
    self.columns = columns
  }

  var count: Int { columns[0].count }
  var nanos: [Int64] { columns[0] }
  var days: [Int64] { columns[1] }

  mutating func append(_ other: ChunkRows, _ rows: Range<Int>) {
    for column in columns.indices {
      columns[column].append(contentsOf: other.columns[column][rows])
    }
  }

  func rows(_ rows: Range<Int>) -> ChunkRows {
    var part = ChunkRows(kind)
    part.append(self, rows)
    return part
  }

  /// Counts the same prices in finer units; `false` where one does not fit.
  mutating func scalePrices(by factor: Int64) -> Bool {
    for column in kind.priceColumns {
      for row in columns[column].indices {
        let (scaled, overflow) = columns[column][row].multipliedReportingOverflow(by: factor)
        if overflow { return false }
        columns[column][row] = scaled
      }
    }
    return true
  }

  /// The rows that share the instant of the row at `start`.
  func group(at start: Int) -> Range<Int> {
    var end = start + 1
    while end < count, nanos[end] == nanos[start] { end += 1 }
    return start..<end
  }

  func isAlike(_ rows: Range<Int>, _ other: ChunkRows, _ otherRows: Range<Int>) -> Bool {
    rows.count == otherRows.count
      && columns.indices.allSatisfy {
        columns[$0][rows].elementsEqual(other.columns[$0][otherRows])
      }
  }
}

extension ChunkRows {
  /// Shares the columns' memory but for the days and the turnover, which are kept otherwise.
  init(_ bars: BarColumns) {
    self.init(
      .bars,
      columns: [
        bars.closedAtNanos, bars.tradingDays.map(Int64.init), bars.open, bars.high, bars.low,
        bars.close, bars.volume, bars.turnover.map { Int64(bitPattern: $0.bitPattern) },
        bars.openInterest,
      ])
  }

  var bars: BarColumns {
    precondition(kind == .bars, "only bars are bars")
    return BarColumns(
      closedAtNanos: columns[0], tradingDays: columns[1].map(Int32.init(truncatingIfNeeded:)),
      open: columns[2], high: columns[3], low: columns[4], close: columns[5], volume: columns[6],
      turnover: columns[7].map { Double(bitPattern: UInt64(bitPattern: $0)) },
      openInterest: columns[8])
  }
}

extension ChunkRows {
  init(_ quotes: QuoteColumns) {
    let turnover = quotes.turnover.map { Int64(bitPattern: $0.bitPattern) }
    self.init(
      .ticks,
      columns: [
        quotes.atNanos, quotes.tradingDays.map(Int64.init), quotes.last, quotes.volume, turnover,
        quotes.openInterest,
      ] + quotes.book)
  }

  var quotes: QuoteColumns {
    precondition(kind == .ticks, "only ticks are quotes")
    var quotes = QuoteColumns()
    quotes.atNanos = columns[0]
    quotes.tradingDays = columns[1].map(Int32.init(truncatingIfNeeded:))
    quotes.last = columns[2]
    quotes.volume = columns[3]
    quotes.turnover = columns[4].map { Double(bitPattern: UInt64(bitPattern: $0)) }
    quotes.openInterest = columns[5]
    quotes.book = Array(columns[6...])
    return quotes
  }
}
