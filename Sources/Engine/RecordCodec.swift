public import Bytes
import Market
public import Trading

/// Records as bytes: a tag, the instant, then fields in the order of their declaration, all little-endian.
public enum RecordCodec {
  /// Raised whenever a field or a tag changes its meaning.
  ///
  /// 3: the futures' part of an instrument's day, what speaks against opening, finer risk rules.
  /// 4: the day's hours behind these; refused cancels; orders for the closing price.
  public static let version: UInt16 = 4
  /// The oldest version that is still read; what it did not tell is absent.
  public static let oldest: UInt16 = 2
  /// The tag of an event from outside: a journal keeps those apart.
  public static let takenTag: UInt8 = 1

  public static func write(_ record: Record, to writer: inout ByteWriter) {
    switch record {
    case .taken(let event):
      writer.uint8(takenTag)
      write(event, to: &writer)
    case .caused(let event):
      writer.uint8(2)
      write(event, to: &writer)
    case .command(let command, let at):
      writer.uint8(3)
      writer.int64(at.nanoseconds)
      writer.command(command)
    case .denial(let denial, let at):
      writer.uint8(4)
      writer.int64(at.nanoseconds)
      writer.denial(denial)
    case .alarm(let alarm, let at):
      writer.uint8(5)
      writer.int64(at.nanoseconds)
      writer.alarm(alarm)
    }
  }

  public static func write(_ event: Event, to writer: inout ByteWriter) {
    writer.int64(event.at.nanoseconds)
    writer.kind(event.kind)
  }

  public static func read(
    _ reader: inout ByteReader, version: UInt16 = version
  ) throws(BytesError) -> Record {
    let offset = reader.offset
    switch try reader.uint8("a record's tag") {
    case takenTag: return .taken(try event(&reader, version: version))
    case 2: return .caused(try event(&reader, version: version))
    case 3:
      let at = try reader.instant()
      return .command(try reader.command(), at: at)
    case 4:
      let at = try reader.instant()
      return .denial(try reader.denial(version), at: at)
    case 5:
      let at = try reader.instant()
      return .alarm(try reader.alarm(), at: at)
    default: throw .malformed(offset: offset, expected: "a record's tag from 1 to 5")
    }
  }

  public static func event(
    _ reader: inout ByteReader, version: UInt16 = version
  ) throws(BytesError) -> Event {
    let at = try reader.instant()
    return Event(at: at, try reader.kind(version))
  }
}

extension Record {
  /// The hash of a whole run: equal hashes mean equal runs, in any process and on any machine.
  public static func digest(_ records: some Sequence<Record>) -> Digest {
    var hash = Sha256()
    var writer = ByteWriter(capacity: 512)
    for record in records {
      writer.reset()
      RecordCodec.write(record, to: &writer)
      hash.update(writer.bytes)
    }
    return hash.digest()
  }
}
