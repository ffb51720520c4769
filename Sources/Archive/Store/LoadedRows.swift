import Bytes
import Market

/// Which rows of a series are asked for.
enum Extent {
  /// From an instant on and before another.
  case instants(Int64, Int64)
  /// From a trading day to another, both included.
  case days(Int64, Int64)

  static let all = Extent(instants: .min, .max)

  init(instants first: Int64, _ end: Int64) {
    self = .instants(first, end)
  }

  init(days: ClosedRange<TradingDay>) {
    self = .days(Int64(days.lowerBound.days), Int64(days.upperBound.days))
  }

  var first: Int64 {
    switch self {
    case .instants(let first, _), .days(let first, _): first
    }
  }

  var last: Int64 {
    switch self {
    case .instants(_, let last), .days(_, let last): last
    }
  }

  /// The chunks that may hold such rows; `first` and `last` are bound to it.
  var condition: String {
    switch self {
    case .instants: "lastClose >= ? AND firstClose < ?"
    case .days: "lastDay >= ? AND firstDay <= ?"
    }
  }

  func rows(_ nanos: [Int64], _ days: [Int32]) -> Range<Int> {
    switch self {
    case .instants(let first, let end):
      nanos.partitioned { $0 < first }..<nanos.partitioned { $0 < end }
    case .days(let first, let last):
      days.partitioned { Int64($0) < first }..<days.partitioned { Int64($0) <= last }
    }
  }
}

/// Rows read from chunks, with where each chunk's begin and end and the digest it was stored under.
struct LoadedChunks {
  /// A chunk's rows among all; no digest where they are not all of those it was made of.
  struct Part {
    let rows: Range<Int>
    let digest: [UInt8]?
  }

  enum Content {
    /// Chunks as they are, not unpacked yet.
    case packed(ChunkTable)
    case unpacked(ChunkRows)
  }

  private(set) var content: Content
  private(set) var parts: [Part] = []

  init(_ kind: RowKind) {
    content = .unpacked(ChunkRows(kind))
  }

  init(_ table: ChunkTable, _ digests: [[UInt8]?]) {
    content = .packed(table)
    parts = zip(table.entries, digests).map { Part(rows: $0.rows, digest: $1) }
  }

  mutating func append(_ rows: ChunkRows, _ range: Range<Int>, digest: [UInt8]?) {
    guard case .unpacked(var all) = content, !range.isEmpty else { return }
    content = .unpacked(ChunkRows(rows.kind))
    parts.append(Part(rows: all.count..<all.count + range.count, digest: digest))
    all.append(rows, range)
    content = .unpacked(all)
  }
}

/// Rows of a series, cut to what was asked for.
struct LoadedRows {
  let series: Series
  private let chunks: LoadedChunks
  private let extent: Extent

  init(_ series: Series, _ chunks: LoadedChunks, _ extent: Extent) {
    self.series = series
    self.chunks = chunks
    self.extent = extent
  }

  var bars: LoadedBars {
    let columns =
      switch chunks.content {
      case .packed(let table): table.columns()
      case .unpacked(let rows): rows.bars
      }
    let rows = extent.rows(columns.closedAtNanos, columns.tradingDays)
    let fingerprint = fingerprint(rows) { ChunkRows(columns.rows($0)) }
    let isAll = rows == 0..<columns.count
    return LoadedBars(
      series: series, columns: isAll ? columns : columns.rows(rows), fingerprint: fingerprint)
  }

  var quotes: LoadedQuotes {
    let all =
      switch chunks.content {
      case .packed(let table): table.rows()
      case .unpacked(let rows): rows
      }
    let rows = extent.rows(all.nanos, all.days.map(Int32.init(truncatingIfNeeded:)))
    return LoadedQuotes(
      series: series, columns: all.rows(rows).quotes, fingerprint: fingerprint(rows, all.rows))
  }

  /// SHA-256 over the terms and each chunk's digest; of a chunk that is cut, its rest counts.
  private func fingerprint(_ rows: Range<Int>, _ cut: (Range<Int>) -> ChunkRows) -> Digest {
    var encoder = ChunkEncoder()
    var digests: [[UInt8]] = []
    for part in chunks.parts {
      let kept = part.rows.clamped(to: rows)
      if kept.isEmpty { continue }
      if kept == part.rows, let digest = part.digest {
        digests.append(digest)
      } else {
        digests.append(Sha256.digest(encoder.encode(cut(kept), 0..<kept.count)).bytes)
      }
    }
    return Self.fingerprint(series, rows.count, digests)
  }

  static func fingerprint(_ series: Series, _ rows: Int, _ digests: [[UInt8]]) -> Digest {
    var hash = Sha256()
    hash.update(
      Array("\(series.key) \(series.grid.decimals) \(series.calendar) \(rows)\n".utf8))
    for digest in digests { hash.update(digest) }
    return hash.digest()
  }
}
