internal import COpenBLAS

/// Which linear-algebra library computed a result: it belongs into every bundle, because the same
/// bytes are promised per core type only.
public struct BlasPolicy: Hashable, Sendable, CustomStringConvertible {
  /// The library's own words: name, version and build options.
  public let name: String
  /// The processor family whose kernels it chose, `Haswell` for instance.
  public let coreType: String
  /// Always one: two threads give other bits than one.
  public let threads: Int

  /// The policy of this process; reading it, as every matrix routine does, holds BLAS to one thread.
  public static let current: BlasPolicy = {
    openblas_set_num_threads(1)
    return unsafe BlasPolicy(
      name: text(openblas_get_config()), coreType: text(openblas_get_corename()),
      threads: Int(openblas_get_num_threads()))
  }()

  public init(name: String, coreType: String, threads: Int) {
    self.name = name
    self.coreType = coreType
    self.threads = threads
  }

  public var description: String { "\(name), core \(coreType), \(threads) thread" }

  @inline(__always)
  static func hold() { _ = current }

  private static func text(_ pointer: UnsafePointer<CChar>?) -> String {
    let whole = unsafe pointer.map { unsafe String(cString: $0) } ?? "unknown"
    return whole.last == " " ? String(whole.dropLast()) : whole
  }
}
