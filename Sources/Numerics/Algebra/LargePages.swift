internal import CKernels

/// Memory in pages so large that few of them have to be looked up.
public enum LargePages {
  /// The size of one, and what memory for them should be aligned to.
  public static let bytes = 1 << 21

  /// Says that all of this memory is about to be written; a system without large pages takes no notice.
  public static func expect(_ memory: UnsafeMutableRawPointer, bytes: Int) {
    unsafe kernels_expect_whole_use(memory, bytes)
  }
}
