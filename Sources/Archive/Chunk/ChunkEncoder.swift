import Market

/// Writes rows as one chunk: the count, a code for each column, the packed columns.
///
/// Little-endian. The columns of bars in order: closing instant, trading day, open, high, low,
/// close, volume, turnover (its bits), open interest.
struct ChunkEncoder {
  /// More rows than any chunk has: a week of always-open minutes is 10,080.
  static let mostRows = 1 << 20

  private var header: [UInt8] = []
  private var payload: [UInt8] = []

  static func headerBytes(_ kind: RowKind) -> Int {
    4 + kind.columnCount * ColumnCode.encodedBytes
  }

  mutating func encode(_ table: ChunkRows, _ rows: Range<Int>) -> [UInt8] {
    precondition(rows.count <= Self.mostRows, "a chunk is small")
    header.removeAll(keepingCapacity: true)
    payload.removeAll(keepingCapacity: true)
    append(UInt32(rows.count))
    for column in table.columns { add(column, rows) }
    return header + payload
  }

  mutating func encode(_ bars: BarColumns, _ rows: Range<Int>) -> [UInt8] {
    encode(ChunkRows(bars.rows(rows)), 0..<rows.count)
  }

  private mutating func add(_ column: [Int64], _ rows: Range<Int>) {
    column.withUnsafeBufferPointer { all in
      let values = UnsafeBufferPointer(rebasing: all[rows])
      let code = ColumnCode(values)
      append(code.base)
      append(code.step)
      header.append(UInt8(code.width))
      code.encode(values, to: &payload)
    }
  }

  private mutating func append<Value: FixedWidthInteger>(_ value: Value) {
    withUnsafeBytes(of: value.littleEndian) { header.append(contentsOf: $0) }
  }
}
