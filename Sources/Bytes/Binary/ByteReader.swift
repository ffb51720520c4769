/// Reads what `ByteWriter` wrote, trusting nothing: every length is held against what is left
/// before memory is asked for, and no input, however hostile, can trap it.
public struct ByteReader: Sendable {
  /// How many elements a length prefix may claim unless the caller says otherwise.
  public static let defaultLimit = 1 << 28
  /// How deep `nested` may go.
  public static let depthLimit = 32

  private let bytes: [UInt8]
  private let end: Int
  private var depth = 0
  /// Where the next value starts, counted from the start of the whole array.
  public private(set) var offset: Int

  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    offset = 0
    end = bytes.count
  }

  /// Reads a part of an array without copying it; offsets in errors stay those of the array.
  public init(_ bytes: [UInt8], from start: Int, to end: Int) {
    precondition(0 <= start && start <= end && end <= bytes.count, "the part lies outside")
    self.bytes = bytes
    offset = start
    self.end = end
  }

  /// Copies borrowed memory (a blob of a database, say) once, so that the reader may outlive it.
  public init(copying span: RawSpan) {
    self.init(span.withUnsafeBytes { [UInt8]($0) })
  }

  public var left: Int { end - offset }
  public var isAtEnd: Bool { offset == end }

  /// Refuses bytes after the last value: they mean that writer and reader disagree.
  public func finish() throws(BytesError) {
    guard isAtEnd else { throw .leftOver(offset: offset, count: left) }
  }
}

extension ByteReader {
  public mutating func uint8(_ what: String = "a byte") throws(BytesError) -> UInt8 {
    try load(what)
  }

  public mutating func bool(_ what: String = "0 or 1") throws(BytesError) -> Bool {
    let start = offset
    let byte: UInt8 = try load(what)
    guard byte < 2 else { throw .malformed(offset: start, expected: what) }
    return byte == 1
  }

  public mutating func uint16(_ what: String = "a 2-byte integer") throws(BytesError) -> UInt16 {
    UInt16(littleEndian: try load(what))
  }

  public mutating func uint32(_ what: String = "a 4-byte integer") throws(BytesError) -> UInt32 {
    UInt32(littleEndian: try load(what))
  }

  public mutating func uint64(_ what: String = "an 8-byte integer") throws(BytesError) -> UInt64 {
    UInt64(littleEndian: try load(what))
  }

  public mutating func int32(_ what: String = "a 4-byte integer") throws(BytesError) -> Int32 {
    Int32(littleEndian: try load(what))
  }

  public mutating func int64(_ what: String = "an 8-byte integer") throws(BytesError) -> Int64 {
    Int64(littleEndian: try load(what))
  }

  public mutating func int(_ what: String = "an 8-byte integer") throws(BytesError) -> Int {
    Int(try int64(what))
  }

  public mutating func float(_ what: String = "a 4-byte float") throws(BytesError) -> Float {
    Float(bitPattern: try uint32(what))
  }

  public mutating func double(_ what: String = "an 8-byte float") throws(BytesError) -> Double {
    Double(bitPattern: try uint64(what))
  }

  @inline(__always)
  private mutating func load<Value: BitwiseCopyable>(
    _ what: String
  ) throws(BytesError) -> Value {
    let size = MemoryLayout<Value>.size
    guard left >= size else { throw truncated(what, needing: size) }
    defer { offset += size }
    return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Value.self) }
  }

  private func truncated(_ what: String, needing needed: Int) -> BytesError {
    .truncated(offset: offset, expected: what, needed: needed, left: left)
  }
}

extension ByteReader {
  /// A length prefix, held against `limit` and against the bytes left, before anything is allocated.
  public mutating func length(
    _ what: String = "a length", elementSize: Int = 1, limit: Int = defaultLimit
  ) throws(BytesError) -> Int {
    let start = offset
    let count = Int(try uint32(what))
    guard count <= limit else {
      throw .tooLong(offset: start, expected: what, count: count, limit: limit)
    }
    guard count <= left / max(1, elementSize) else {
      throw truncated(what, needing: count * elementSize)
    }
    return count
  }

  public mutating func string(
    _ what: String = "a string", limit: Int = defaultLimit
  ) throws(BytesError) -> String {
    let count = try length(what, limit: limit)
    let start = offset
    offset += count
    guard let text = String(validating: bytes[start..<start + count], as: UTF8.self) else {
      throw .malformed(offset: start, expected: "\(what) in UTF-8")
    }
    return text
  }

  /// Bytes with their length before them.
  public mutating func run(
    _ what: String = "a run of bytes", limit: Int = defaultLimit
  ) throws(BytesError) -> [UInt8] {
    let count = try length(what, limit: limit)
    return try raw(count, what)
  }

  /// Exactly `count` bytes.
  public mutating func raw(
    _ count: Int, _ what: String = "bytes"
  ) throws(BytesError) -> [UInt8] {
    guard count >= 0, count <= left else { throw truncated(what, needing: count) }
    defer { offset += count }
    return Array(bytes[offset..<offset + count])
  }

  public mutating func skip(_ count: Int, _ what: String = "bytes") throws(BytesError) {
    guard count >= 0, count <= left else { throw truncated(what, needing: count) }
    offset += count
  }

  /// Reads something that may hold more of itself, to a limited depth.
  public mutating func nested<Value>(
    limit: Int = depthLimit, _ body: (inout ByteReader) throws(BytesError) -> Value
  ) throws(BytesError) -> Value {
    guard depth < limit else { throw .tooDeep(offset: offset, limit: limit) }
    depth += 1
    defer { depth -= 1 }
    return try body(&self)
  }
}

extension ByteReader {
  public mutating func floats(
    _ what: String = "floats", limit: Int = defaultLimit
  ) throws(BytesError) -> [Float] {
    try column(0, what, limit)
  }

  public mutating func doubles(
    _ what: String = "doubles", limit: Int = defaultLimit
  ) throws(BytesError) -> [Double] {
    try column(0, what, limit)
  }

  public mutating func int64s(
    _ what: String = "8-byte integers", limit: Int = defaultLimit
  ) throws(BytesError) -> [Int64] {
    try column(0, what, limit)
  }

  public mutating func int32s(
    _ what: String = "4-byte integers", limit: Int = defaultLimit
  ) throws(BytesError) -> [Int32] {
    try column(0, what, limit)
  }

  @inline(__always)
  private mutating func column<Value: BitwiseCopyable>(
    _ zero: Value, _ what: String, _ limit: Int
  ) throws(BytesError) -> [Value] {
    let size = MemoryLayout<Value>.stride
    let count = try length(what, elementSize: size, limit: limit)
    let start = offset
    offset += count * size
    return [Value](unsafeUninitializedCapacity: count) { target, filled in
      bytes.withUnsafeBytes {
        UnsafeMutableRawBufferPointer(target)
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[start..<start + count * size]))
      }
      filled = count
    }
  }
}
