/// Numbers that kernels work on, aligned to cache lines and all zero at first.
@safe public final class FloatMemory {
  public let count: Int
  public let base: UnsafeMutablePointer<Float>

  private static let line = 64

  /// Kernels may read a line beyond the last number.
  public init(_ count: Int) {
    precondition(count >= 0, "a size is not negative")
    self.count = count
    let room = count + Self.line / MemoryLayout<Float>.stride
    unsafe base = UnsafeMutableRawPointer.allocate(
      byteCount: room * MemoryLayout<Float>.stride, alignment: Self.line
    ).bindMemory(to: Float.self, capacity: room)
    unsafe base.initialize(repeating: 0, count: room)
  }

  deinit { unsafe base.deallocate() }

  public func clear() { unsafe base.update(repeating: 0, count: count) }
}
