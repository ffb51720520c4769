/// Writes messages in Protocol Buffers' wire format: each value stands behind a key, its field's number
/// times eight plus the kind of what follows.
///
/// Every call writes its field, also where it holds the default: ONNX tells an absent zero from a zero.
public struct ProtoWriter: Sendable {
  /// How the bytes after a key are to be read.
  private enum Kind: UInt64 {
    case varint = 0
    case fixed64 = 1
    case lengthDelimited = 2
    case fixed32 = 5
  }

  public static let fields = 1...(1 << 29 - 1)

  private var writer = ByteWriter()

  public init() {}

  public var bytes: [UInt8] { writer.bytes }

  public mutating func unsigned(_ field: Int, _ value: UInt64) {
    key(field, .varint)
    varint(value)
  }

  /// `int32`, `int64` and enumerations: two's complement, so that a negative one takes ten bytes.
  public mutating func integer(_ field: Int, _ value: Int) {
    unsigned(field, UInt64(bitPattern: Int64(value)))
  }

  public mutating func bool(_ field: Int, _ value: Bool) { unsigned(field, value ? 1 : 0) }

  public mutating func fixed32(_ field: Int, _ value: UInt32) {
    key(field, .fixed32)
    writer.uint32(value)
  }

  public mutating func fixed64(_ field: Int, _ value: UInt64) {
    key(field, .fixed64)
    writer.uint64(value)
  }

  public mutating func float(_ field: Int, _ value: Float) { fixed32(field, value.bitPattern) }
  public mutating func double(_ field: Int, _ value: Double) { fixed64(field, value.bitPattern) }

  public mutating func string(_ field: Int, _ text: String) { run(field, Array(text.utf8)) }

  /// Bytes with their length before them.
  public mutating func run(_ field: Int, _ bytes: [UInt8]) {
    key(field, .lengthDelimited)
    varint(UInt64(bytes.count))
    writer.raw(bytes.span.bytes)
  }

  /// A message within this one.
  public mutating func message(_ field: Int, _ fill: (inout ProtoWriter) -> Void) {
    var inner = ProtoWriter()
    fill(&inner)
    run(field, inner.bytes)
  }

  /// Many numbers behind one key.
  public mutating func packed(_ field: Int, integers: [Int]) {
    var inner = ProtoWriter()
    for value in integers { inner.varint(UInt64(bitPattern: Int64(value))) }
    run(field, inner.bytes)
  }

  public mutating func packed(_ field: Int, floats: [Float]) {
    packed(field, floats.span.bytes)
  }

  public mutating func packed(_ field: Int, doubles: [Double]) {
    packed(field, doubles.span.bytes)
  }

  private mutating func packed(_ field: Int, _ raw: RawSpan) {
    key(field, .lengthDelimited)
    varint(UInt64(raw.byteCount))
    writer.raw(raw)
  }

  private mutating func key(_ field: Int, _ kind: Kind) {
    precondition(ProtoWriter.fields.contains(field), "a field's number fits 29 bits")
    varint(UInt64(field) << 3 | kind.rawValue)
  }

  /// Seven bits a byte, the lowest first; the eighth says that more follow.
  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest > 0x7F {
      writer.uint8(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    writer.uint8(UInt8(rest))
  }
}
