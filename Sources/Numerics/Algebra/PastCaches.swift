internal import CKernels

/// Writes what nobody reads again soon: straight to memory, so that the caches keep what they have.
public enum PastCaches {
  public static func copy(
    _ values: UnsafeBufferPointer<Double>, to target: UnsafeMutablePointer<Double>
  ) {
    guard let first = values.baseAddress else { return }
    unsafe kernels_copy_away(first, values.count, target)
  }

  /// In single precision; true if all of them are finite there.
  public static func round(
    _ values: UnsafeBufferPointer<Double>, to target: UnsafeMutablePointer<Float>
  ) -> Bool {
    guard let first = values.baseAddress else { return true }
    return unsafe kernels_round_away(first, values.count, target) != 0
  }
}
