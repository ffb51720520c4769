internal import CKernels

/// The kernels that turn columns of numbers into codes of a byte.
public enum Coding {
  /// Writes the code of each value: 0 for NaN, else one more than the cuts below it.
  public static func encode(
    _ values: UnsafePointer<Float>, count: Int, cuts: [Float],
    into codes: UnsafeMutablePointer<UInt8>
  ) {
    precondition(cuts.count < Histogram.codesPerFeature - 1, "a code is a byte")
    let padded = padded(cuts, Histogram.codesPerFeature - 1)
    unsafe kernels_encode(values, count, padded, cuts.count, codes)
  }

  /// Turns the codes of some rows from columns of `rows` bytes to rows of `stride` bytes.
  public static func interleave(
    _ columns: UnsafePointer<UInt8>, rows: Int, features: Int, range: Range<Int>,
    into codes: UnsafeMutablePointer<UInt8>, stride: Int
  ) {
    unsafe kernels_interleave(
      columns, rows, features, range.lowerBound, range.upperBound, codes, stride)
  }

  /// The first place of a range whose value is neither NaN nor among the known ones, which ascend; `nil`
  /// where all are known.
  public static func firstUnknown(
    _ values: UnsafePointer<Float>, in range: Range<Int>, known: [Float]
  ) -> Int? {
    precondition(known.count < Histogram.codesPerFeature, "a code is a byte")
    let padded = padded(known, Histogram.codesPerFeature)
    let found = unsafe kernels_first_unknown(
      values, range.lowerBound, range.upperBound, padded)
    return found < range.upperBound ? found : nil
  }

  private static func padded(_ numbers: [Float], _ count: Int) -> [Float] {
    numbers + [Float](repeating: .infinity, count: count - numbers.count)
  }
}

/// The different values of a column, or of a sample of its rows, in ascending order. One room serves one
/// column after the other.
@safe public struct DistinctValues: ~Copyable {
  @usableFromInline let keys: UnsafeMutablePointer<UInt32>
  @usableFromInline let found: UnsafeMutablePointer<Float>
  @usableFromInline let room: Int
  public private(set) var count = 0

  /// Room for so many rows.
  public init(room: Int) {
    self.room = max(1, room)
    unsafe keys = .allocate(capacity: 3 * self.room)
    unsafe found = .allocate(capacity: self.room)
  }

  deinit {
    unsafe keys.deallocate()
    unsafe found.deallocate()
  }

  /// Looks at `sample` evenly spread values of a column, NaN left out.
  public mutating func find(_ column: UnsafeBufferPointer<Float>, sample: Int) {
    precondition(sample <= min(room, column.count), "a sample has room")
    count = 0
    guard let values = column.baseAddress, sample > 0 else { return }
    count = unsafe kernels_distinct(
      values, column.count, sample, keys, keys + room, found, keys + 2 * room)
  }

  /// A value and how many rows of the sample hold it.
  @inlinable
  public subscript(place: Int) -> (value: Float, rows: Int) {
    precondition(0 <= place && place < count, "a place among the values")
    return unsafe (found[place], Int(keys[2 * room + place]))
  }
}
