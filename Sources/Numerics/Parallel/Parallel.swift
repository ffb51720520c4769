internal import CKernels

/// Calls `body` once for each chunk on at most `workers` threads and returns when all are done.
///
/// The body must write only to what belongs to its chunk. Work is cut into chunks by the size of the
/// problem, never by the number of workers, so that no result can depend on that number.
public func parallel(chunks: Int, workers: Int, _ body: (Int) -> Void) {
  guard workers > 1, chunks > 1 else {
    for chunk in 0..<max(0, chunks) { body(chunk) }
    return
  }
  withoutActuallyEscaping(body) { body in
    var box = Body(run: body)
    unsafe withUnsafeMutablePointer(to: &box) { box in
      unsafe kernels_parallel(
        chunks, workers,
        { context, chunk in unsafe context!.assumingMemoryBound(to: Body.self).pointee.run(chunk) },
        unsafe box)
    }
  }
}

/// The results of all chunks in the order of the chunks, whoever computed them: folding this array
/// from left to right is a reduction that does not depend on the number of workers.
public func parallelMap<Result>(
  chunks: Int, workers: Int, _ body: (Int) -> Result
) -> [Result] {
  var results = [Result?](repeating: nil, count: max(0, chunks))
  unsafe results.withUnsafeMutableBufferPointer { slots in
    parallel(chunks: chunks, workers: workers) { unsafe slots[$0] = body($0) }
  }
  return results.map { $0! }
}

/// A closure where C can point at it.
private struct Body {
  let run: (Int) -> Void
}

/// A fixed cut of `0..<count` into ranges of `size`, the last one shorter.
public struct Chunks: Sendable {
  public let total: Int
  public let size: Int

  public init(total: Int, size: Int) {
    precondition(total >= 0 && size > 0, "chunks need a positive size")
    self.total = total
    self.size = size
  }

  public var count: Int { (total + size - 1) / size }

  public func range(_ chunk: Int) -> Range<Int> {
    chunk * size..<min(total, (chunk + 1) * size)
  }
}
