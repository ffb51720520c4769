extension Statistics {
  /// Fewer values are sorted sooner by comparing them.
  private static let fewValues = 256

  private static let digitBits = 11
  private static let digits = 1 << digitBits

  /// The places of the values from the least to the largest, equal ones as they came; the place of NaN means nothing.
  public static func order(_ values: [Double]) -> [Int] {
    guard values.count > fewValues, values.count < Int(UInt32.max) else {
      return values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    }
    var keys = values.map { key($0) }
    var places = (0..<values.count).map { UInt32(truncatingIfNeeded: $0) }
    var (otherKeys, otherPlaces) = (keys, places)
    // Digit after digit from the last; one that all share, as those of rounded numbers, is passed over.
    for shift in stride(from: 0, to: UInt64.bitWidth, by: digitBits) {
      var starts = [Int](repeating: 0, count: digits + 1)
      for key in keys {
        starts[Int(truncatingIfNeeded: key >> UInt64(shift)) & (digits - 1) + 1] += 1
      }
      guard starts.allSatisfy({ $0 < keys.count }) else { continue }
      for digit in 1...digits { starts[digit] += starts[digit - 1] }
      for index in keys.indices {
        let digit = Int(truncatingIfNeeded: keys[index] >> UInt64(shift)) & (digits - 1)
        otherKeys[starts[digit]] = keys[index]
        otherPlaces[starts[digit]] = places[index]
        starts[digit] += 1
      }
      swap(&keys, &otherKeys)
      swap(&places, &otherPlaces)
    }
    return places.map { Int($0) }
  }

  /// Bits that order like the numbers; −0 and 0 are one.
  private static func key(_ value: Double) -> UInt64 {
    let bits = (value + 0).bitPattern
    return bits >> 63 == 1 ? ~bits : bits | 1 << 63
  }
}
