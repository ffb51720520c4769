import Market

/// Chunks read one after another into one run of bytes, then unpacked column by column.
struct ChunkTable {
  /// One chunk's place among the bytes and among the rows.
  struct Entry {
    let rows: Range<Int>
    let codes: [ColumnCode]
    let offsets: [Int]
  }

  let kind: RowKind
  private(set) var entries: [Entry] = []
  private(set) var rowCount = 0
  private var bytes: [UInt8] = []

  init(_ kind: RowKind = .bars) {
    self.kind = kind
  }

  /// Copies a chunk; `false` if its header cannot be a chunk's.
  mutating func add(_ chunk: UnsafeRawBufferPointer) -> Bool {
    guard chunk.count >= ChunkEncoder.headerBytes(kind) else { return false }
    let count = Int(UInt32(littleEndian: chunk.loadUnaligned(as: UInt32.self)))
    guard (1...ChunkEncoder.mostRows).contains(count) else { return false }
    var codes: [ColumnCode] = []
    var offsets: [Int] = []
    var offset = ChunkEncoder.headerBytes(kind)
    for column in 0..<kind.columnCount {
      guard let code = Self.code(chunk, at: 4 + column * ColumnCode.encodedBytes) else {
        return false
      }
      codes.append(code)
      offsets.append(bytes.count + offset)
      offset += code.width * count
    }
    guard offset == chunk.count else { return false }
    entries.append(Entry(rows: rowCount..<rowCount + count, codes: codes, offsets: offsets))
    bytes.append(contentsOf: chunk)
    rowCount += count
    return true
  }

  /// All rows of all chunks, whatever they are.
  func rows() -> ChunkRows {
    ChunkRows(kind, columns: (0..<kind.columnCount).map { integers($0) })
  }

  /// All bars of all chunks.
  func columns() -> BarColumns {
    BarColumns(
      closedAtNanos: integers(0), tradingDays: integers(1), open: integers(2), high: integers(3),
      low: integers(4), close: integers(5), volume: integers(6), turnover: doubles(7),
      openInterest: integers(8))
  }

  private func integers<Value: FixedWidthInteger>(_ column: Int) -> [Value] {
    [Value](unsafeUninitializedCapacity: rowCount) { target, filled in
      if let start = target.baseAddress { unpack(column, into: start) }
      filled = rowCount
    }
  }

  private func doubles(_ column: Int) -> [Double] {
    [Double](unsafeUninitializedCapacity: rowCount) { target, filled in
      target.withMemoryRebound(to: Int64.self) { bits in
        if let start = bits.baseAddress { unpack(column, into: start) }
      }
      filled = rowCount
    }
  }

  @inline(__always)
  private func unpack<Value: FixedWidthInteger>(
    _ column: Int, into target: UnsafeMutablePointer<Value>
  ) {
    bytes.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      for entry in entries {
        entry.codes[column].decode(
          start + entry.offsets[column], count: entry.rows.count,
          into: target + entry.rows.lowerBound)
      }
    }
  }

  private static func code(_ chunk: UnsafeRawBufferPointer, at offset: Int) -> ColumnCode? {
    ColumnCode(
      base: Int64(littleEndian: chunk.loadUnaligned(fromByteOffset: offset, as: Int64.self)),
      step: UInt64(littleEndian: chunk.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)),
      width: Int(chunk[offset + 16]))
  }
}
