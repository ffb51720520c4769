// Questions about four numbers at once, asked of their bits: the magnitudes of numbers order like their
// bits, and one test of a sign answers for all four.

/// This bar's value and the next three.
@inline(__always)
func four(_ now: Reading) -> SIMD4<Double> {
  UnsafeRawPointer(now).loadUnaligned(as: SIMD4<Double>.self)
}

/// The four without their signs.
@inline(__always)
func sizes(_ values: SIMD4<Double>) -> SIMD4<Double> {
  unsafeBitCast(
    unsafeBitCast(values, to: SIMD4<UInt64>.self) & (UInt64.max >> 1), to: SIMD4<Double>.self)
}

/// Whether one of them is not `isSound`.
@inline(__always)
func isUnsound(_ values: SIMD4<Double>) -> Bool {
  let limit = (0x1p240).bitPattern
  return hasSign(
    unsafeBitCast(sizes(values), to: SIMD4<UInt64>.self) &+ (UInt64(1) << 63 - limit))
}

/// Whether a size lies above its limit, neither of them with a sign; an absent limit lies above all.
@inline(__always)
func isAbove(_ sizes: SIMD4<Double>, _ limits: SIMD4<Double>) -> Bool {
  hasSign(
    unsafeBitCast(limits, to: SIMD4<UInt64>.self)
      &- unsafeBitCast(sizes, to: SIMD4<UInt64>.self))
}

@inline(__always)
private func hasSign(_ bits: SIMD4<UInt64>) -> Bool {
  let pair = bits.lowHalf | bits.highHalf
  return Int64(bitPattern: pair[0] | pair[1]) < 0
}
