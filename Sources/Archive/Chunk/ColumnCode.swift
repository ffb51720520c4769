/// How one column of a chunk is packed: each value is `base + step · k`, with k in `width` bytes.
///
/// The code is canonical — equal values always give equal bytes — so a chunk's digest names its content.
struct ColumnCode: Hashable {
  let base: Int64
  let step: UInt64
  let width: Int

  static let encodedBytes = 17

  /// The narrowest code that holds all values; `base` is the least, `step` the greatest common divisor.
  init(_ values: UnsafeBufferPointer<Int64>) {
    var least = values.first ?? 0
    var most = least
    for value in values {
      least = min(least, value)
      most = max(most, value)
    }
    base = least
    step = Self.commonStep(values, base: least)
    let largest = UInt64(bitPattern: most &- least) / step
    width =
      switch largest {
      case 0: 0
      case ...UInt64(UInt8.max): 1
      case ...UInt64(UInt16.max): 2
      case ...UInt64(UInt32.max): 4
      default: 8
      }
  }

  /// `nil` for a header that no encoder writes.
  init?(base: Int64, step: UInt64, width: Int) {
    guard step > 0, [0, 1, 2, 4, 8].contains(width) else { return nil }
    self.base = base
    self.step = step
    self.width = width
  }

  /// Neighbours mostly lie equally far apart, which spares the division.
  private static func commonStep(_ values: UnsafeBufferPointer<Int64>, base: Int64) -> UInt64 {
    var step = UInt64(bitPattern: (values.first ?? base) &- base)
    for index in values.indices.dropFirst() where step != 1 {
      let (before, value) = (values[index - 1], values[index])
      let apart =
        value >= before
        ? UInt64(bitPattern: value &- before) : UInt64(bitPattern: before &- value)
      if apart == step || apart == 0 { continue }
      step = greatestCommonDivisor(apart, step)
    }
    return max(1, step)
  }

  private static func greatestCommonDivisor(_ left: UInt64, _ right: UInt64) -> UInt64 {
    var (a, b) = (left, right)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }
}

extension ColumnCode {
  func encode(_ values: UnsafeBufferPointer<Int64>, to target: inout [UInt8]) {
    switch width {
    case 0: break
    case 1: pack(values, as: UInt8.self, to: &target)
    case 2: pack(values, as: UInt16.self, to: &target)
    case 4: pack(values, as: UInt32.self, to: &target)
    default: pack(values, as: UInt64.self, to: &target)
    }
  }

  /// Unpacks `count` values into `target`, whatever integer they are kept as.
  @inline(__always)
  func decode<Value: FixedWidthInteger>(
    _ bytes: UnsafeRawPointer, count: Int, into target: UnsafeMutablePointer<Value>
  ) {
    switch width {
    case 0: target.initialize(repeating: Value(truncatingIfNeeded: base), count: count)
    case 1: unpack(bytes, as: UInt8.self, count, target)
    case 2: unpack(bytes, as: UInt16.self, count, target)
    case 4: unpack(bytes, as: UInt32.self, count, target)
    default: unpack(bytes, as: UInt64.self, count, target)
    }
  }

  @inline(__always)
  private func pack<Word: FixedWidthInteger & UnsignedInteger>(
    _ values: UnsafeBufferPointer<Int64>, as: Word.Type, to target: inout [UInt8]
  ) {
    withUnsafeTemporaryAllocation(of: Word.self, capacity: values.count) { words in
      if step == 1 {
        for index in 0..<values.count {
          words[index] = Word(truncatingIfNeeded: values[index] &- base)
        }
      } else {
        for index in 0..<values.count {
          words[index] = Word(truncatingIfNeeded: UInt64(bitPattern: values[index] &- base) / step)
        }
      }
      target.append(contentsOf: UnsafeRawBufferPointer(words))
    }
  }

  @inline(__always)
  private func unpack<Word: FixedWidthInteger & UnsignedInteger, Value: FixedWidthInteger>(
    _ bytes: UnsafeRawPointer, as: Word.Type, _ count: Int, _ target: UnsafeMutablePointer<Value>
  ) {
    let size = MemoryLayout<Word>.size
    let signedStep = Int64(bitPattern: step)
    if step == 1 {
      for index in 0..<count {
        let word = bytes.loadUnaligned(fromByteOffset: index &* size, as: Word.self)
        target[index] = Value(truncatingIfNeeded: base &+ Int64(truncatingIfNeeded: word))
      }
    } else {
      for index in 0..<count {
        let word = bytes.loadUnaligned(fromByteOffset: index &* size, as: Word.self)
        target[index] = Value(
          truncatingIfNeeded: base &+ Int64(truncatingIfNeeded: word) &* signedStep)
      }
    }
  }
}
