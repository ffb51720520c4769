/// A growing buffer of little-endian values; once its capacity has settled, appending allocates nothing.
///
/// Lengths of strings, byte runs and arrays are written as 32-bit prefixes.
public struct ByteWriter: Sendable {
  public private(set) var bytes: [UInt8] = []

  public init(capacity: Int = 0) {
    bytes.reserveCapacity(capacity)
  }

  public var count: Int { bytes.count }

  /// Empties the buffer; keeping the capacity is what makes the next record free of allocation.
  public mutating func reset(keepingCapacity: Bool = true) {
    bytes.removeAll(keepingCapacity: keepingCapacity)
  }

  public mutating func uint8(_ value: UInt8) { bytes.append(value) }
  public mutating func bool(_ value: Bool) { bytes.append(value ? 1 : 0) }
  public mutating func uint16(_ value: UInt16) { append(value.littleEndian) }
  public mutating func uint32(_ value: UInt32) { append(value.littleEndian) }
  public mutating func uint64(_ value: UInt64) { append(value.littleEndian) }
  public mutating func int32(_ value: Int32) { append(value.littleEndian) }
  public mutating func int64(_ value: Int64) { append(value.littleEndian) }
  public mutating func int(_ value: Int) { int64(Int64(value)) }
  public mutating func float(_ value: Float) { uint32(value.bitPattern) }
  public mutating func double(_ value: Double) { uint64(value.bitPattern) }

  /// A 32-bit length prefix; longer runs are a programmer's error.
  public mutating func length(_ count: Int) { uint32(UInt32(count)) }

  public mutating func string(_ text: String) {
    length(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  /// Bytes with their length before them.
  public mutating func run(_ run: [UInt8]) {
    length(run.count)
    bytes.append(contentsOf: run)
  }

  public mutating func floats(_ values: [Float]) {
    length(values.count)
    raw(values.span.bytes)
  }

  public mutating func doubles(_ values: [Double]) {
    length(values.count)
    raw(values.span.bytes)
  }

  public mutating func int64s(_ values: [Int64]) {
    length(values.count)
    raw(values.span.bytes)
  }

  public mutating func int32s(_ values: [Int32]) {
    length(values.count)
    raw(values.span.bytes)
  }

  /// Bytes as they are, without a length.
  public mutating func raw(_ span: RawSpan) {
    span.withUnsafeBytes { bytes.append(contentsOf: $0) }
  }

  /// Overwrites four bytes written earlier, for a length or checksum known only afterwards.
  public mutating func patch(uint32 value: UInt32, at offset: Int) {
    precondition(offset >= 0 && offset + 4 <= bytes.count, "the patch lies outside the buffer")
    bytes.withUnsafeMutableBytes {
      $0.storeBytes(of: value.littleEndian, toByteOffset: offset, as: UInt32.self)
    }
  }

  @inline(__always)
  private mutating func append<Value: BitwiseCopyable>(_ value: Value) {
    withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
  }
}
