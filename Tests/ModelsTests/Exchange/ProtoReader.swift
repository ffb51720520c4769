/// A reader of Protocol Buffers that shares nothing with the writer, as slow and as plain as can be.
struct ProtoReader {
  enum Value: Equatable {
    case varint(UInt64)
    case fixed64(UInt64)
    case bytes([UInt8])
    case fixed32(UInt32)
  }

  private(set) var fields: [(number: Int, value: Value)] = []

  /// `nil` unless the bytes are a message to the last one.
  init?(_ bytes: [UInt8]) {
    var place = 0
    func varint() -> UInt64? {
      var value: UInt64 = 0
      for shift in stride(from: UInt64(0), to: 64, by: 7) {
        guard place < bytes.count else { return nil }
        let byte = bytes[place]
        place += 1
        value |= UInt64(byte & 0x7F) << shift
        if byte < 0x80 { return value }
      }
      return nil
    }
    func number(_ count: Int) -> UInt64? {
      guard place + count <= bytes.count else { return nil }
      defer { place += count }
      return (0..<count).reduce(0) { $0 | UInt64(bytes[place + $1]) << UInt64(8 * $1) }
    }
    while place < bytes.count {
      guard let key = varint() else { return nil }
      let value: Value
      switch key & 7 {
      case 0:
        guard let found = varint() else { return nil }
        value = .varint(found)
      case 1:
        guard let found = number(8) else { return nil }
        value = .fixed64(found)
      case 2:
        guard let length = varint(), length <= UInt64(bytes.count - place) else { return nil }
        value = .bytes(Array(bytes[place..<place + Int(length)]))
        place += Int(length)
      case 5:
        guard let found = number(4) else { return nil }
        value = .fixed32(UInt32(found))
      default: return nil
      }
      fields.append((Int(key >> 3), value))
    }
  }

  func all(_ number: Int) -> [Value] { fields.filter { $0.number == number }.map(\.value) }

  func runs(_ number: Int) -> [[UInt8]] {
    all(number).compactMap { if case .bytes(let bytes) = $0 { bytes } else { nil } }
  }

  func messages(_ number: Int) -> [ProtoReader] { runs(number).compactMap { ProtoReader($0) } }

  func texts(_ number: Int) -> [String] { runs(number).map { String(decoding: $0, as: UTF8.self) } }

  func int(_ number: Int) -> Int? {
    guard case .varint(let value)? = all(number).last else { return nil }
    return Int(truncatingIfNeeded: value)
  }

  func ints(_ number: Int) -> [Int] {
    runs(number).flatMap { run -> [Int] in
      // Packed numbers are the values of a message without keys: one is put before each.
      var (keyed, isAtStart) = ([UInt8](), true)
      for byte in run {
        if isAtStart { keyed.append(0x08) }
        keyed.append(byte)
        isAtStart = byte < 0x80
      }
      return (ProtoReader(keyed)?.fields ?? []).map {
        if case .varint(let value) = $0.value { Int(truncatingIfNeeded: value) } else { -1 }
      }
    }
  }

  func floats(_ number: Int) -> [Float] { runs(number).flatMap { ProtoReader.floats($0) } }

  static func floats(_ run: [UInt8]) -> [Float] {
    stride(from: 0, to: run.count - 3, by: 4).map { at in
      Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(run[at + $1]) << UInt32(8 * $1) })
    }
  }
}
