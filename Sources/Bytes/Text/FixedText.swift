extension DoubleText {
  /// A number with a fixed count of decimals, its exact binary value rounded half to even.
  ///
  /// Zero prints without a sign, whatever rounded to it; `nan`, `inf` and `-inf` print as such.
  public static func fixed(_ value: Double, decimals: Int) -> String {
    precondition(0...18 ~= decimals, "decimals must lie in 0...18")
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    let magnitude = abs(value)
    if magnitude >= 0x1p62 { return (value < 0 ? "-" : "") + large(magnitude, decimals: decimals) }
    let units = scaled(magnitude, decimals: decimals)
    let isNegative = value < 0 && units > 0
    return (isNegative ? "-" : "") + text(units, decimals: decimals)
  }

  /// `magnitude · 10^decimals` rounded half to even, exactly: 53 bits times 2^60 stay within 128.
  private static func scaled(_ magnitude: Double, decimals: Int) -> UInt128 {
    guard magnitude > 0 else { return 0 }
    let significand = UInt128(magnitude.significandBitPattern) | (magnitude.isNormal ? 1 << 52 : 0)
    let exponent = (magnitude.isNormal ? Int(magnitude.exponent) : -1022) - 52
    let product = significand * UInt128(powersOfTen[decimals])
    guard exponent < 0 else { return product << UInt128(exponent) }
    guard exponent > -127 else { return 0 }
    let shift = UInt128(-exponent)
    let half: UInt128 = 1 << (shift - 1)
    let floor = product >> shift
    let rest = product & ((1 << shift) - 1)
    let roundsUp = rest > half || (rest == half && floor & 1 == 1)
    return roundsUp ? floor + 1 : floor
  }

  private static func text(_ units: UInt128, decimals: Int) -> String {
    let digits = units.description
    guard decimals > 0 else { return digits }
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }

  /// A whole number of more than 62 bits, in limbs of nine digits, doubled bit by bit.
  private static func large(_ magnitude: Double, decimals: Int) -> String {
    var limbs: [UInt64] = []
    var rest = magnitude.significandBitPattern | 1 << 52
    while rest > 0 {
      limbs.append(rest % 1_000_000_000)
      rest /= 1_000_000_000
    }
    for _ in 0..<Int(magnitude.exponent) - 52 {
      var carry: UInt64 = 0
      for index in limbs.indices {
        let doubled = limbs[index] * 2 + carry
        limbs[index] = doubled % 1_000_000_000
        carry = doubled / 1_000_000_000
      }
      if carry > 0 { limbs.append(carry) }
    }
    let digits = limbs.reversed().enumerated().map { index, limb in
      index == 0 ? limb.description : (1_000_000_000 + limb).description.dropFirst().description
    }
    let fraction = decimals > 0 ? "." + String(repeating: "0", count: decimals) : ""
    return digits.joined() + fraction
  }
}
