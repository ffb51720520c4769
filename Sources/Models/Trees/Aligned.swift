internal import Numerics

/// Memory of one owner, aligned to a cache line, for kernels that work on pointers.
struct Aligned<Element: BitwiseCopyable>: ~Copyable {
  let start: UnsafeMutablePointer<Element>
  let count: Int

  init(_ count: Int, _ value: Element) {
    let bytes = max(1, count) * MemoryLayout<Element>.stride
    // Large pages, as rows are met here and there: looking their pages up would cost as much as reading.
    let isLarge = bytes >= LargePages.bytes
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: bytes, alignment: isLarge ? LargePages.bytes : 64)
    if isLarge { LargePages.expect(memory, bytes: bytes) }
    start = memory.bindMemory(to: Element.self, capacity: max(1, count))
    start.initialize(repeating: value, count: max(1, count))
    self.count = count
  }

  deinit { UnsafeMutableRawPointer(start).deallocate() }

  subscript(place: Int) -> Element {
    @inline(__always) get { start[place] }
    @inline(__always) nonmutating set { start[place] = newValue }
  }
}
