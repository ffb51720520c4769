import Market

/// Writes rows of a series as one chunk: the count, a code for each of nine columns, the packed columns.
///
/// Little-endian. Columns in order: closing instant, trading day, open, high, low, close, volume,
/// turnover (its bits), open interest.
struct ChunkEncoder {
  static let columns = 9
  static let headerBytes = 4 + columns * ColumnCode.encodedBytes
  /// More rows than any chunk has: a week of always-open minutes is 10,080.
  static let mostRows = 1 << 20

  private var header: [UInt8] = []
  private var payload: [UInt8] = []
  private var scratch: [Int64] = []

  mutating func encode(_ bars: BarColumns, _ rows: Range<Int>) -> [UInt8] {
    precondition(rows.count <= Self.mostRows, "a chunk is small")
    header.removeAll(keepingCapacity: true)
    payload.removeAll(keepingCapacity: true)
    append(UInt32(rows.count))
    add(bars.closedAtNanos, rows)
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: bars.tradingDays[rows].lazy.map(Int64.init))
    add(scratch, 0..<rows.count)
    for column in [bars.open, bars.high, bars.low, bars.close, bars.volume] { add(column, rows) }
    scratch.removeAll(keepingCapacity: true)
    scratch.append(
      contentsOf: bars.turnover[rows].lazy.map { Int64(bitPattern: $0.bitPattern) })
    add(scratch, 0..<rows.count)
    add(bars.openInterest, rows)
    return header + payload
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
