internal import CKernels

/// Threads that stay for many short loops; like `parallel`, but without starting threads for each.
///
/// What a loop computes must not depend on who computes it: bodies write to what belongs to their chunk.
@safe public struct Workers: ~Copyable {
  public let count: Int
  private let pool: OpaquePointer?

  public init(_ count: Int) {
    precondition(count > 0, "somebody has to work")
    self.count = count
    unsafe pool = count > 1 ? kernels_pool_open(count) : nil
  }

  deinit {
    if let pool = unsafe pool { unsafe kernels_pool_close(pool) }
  }

  /// Calls `body` once for each chunk and returns when all are done.
  public func run(chunks: Int, _ body: (Int) -> Void) {
    guard let pool = unsafe pool, chunks > 1 else {
      for chunk in 0..<max(0, chunks) { body(chunk) }
      return
    }
    withoutActuallyEscaping(body) { body in
      var box = ChunkBody(run: body)
      unsafe withUnsafeMutablePointer(to: &box) { box in
        unsafe kernels_pool_run(
          pool, chunks,
          { context, chunk in
            unsafe context!.assumingMemoryBound(to: ChunkBody.self).pointee.run(chunk)
          }, unsafe box)
      }
    }
  }
}

/// A closure where C can point at it.
private struct ChunkBody {
  let run: (Int) -> Void
}
