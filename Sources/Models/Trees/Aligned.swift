/// Memory of one owner, aligned to a cache line, for kernels that work on pointers.
struct Aligned<Element: BitwiseCopyable>: ~Copyable {
  let start: UnsafeMutablePointer<Element>
  let count: Int

  init(_ count: Int, _ value: Element) {
    let bytes = max(1, count) * MemoryLayout<Element>.stride
    start = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
      .bindMemory(to: Element.self, capacity: max(1, count))
    start.initialize(repeating: value, count: max(1, count))
    self.count = count
  }

  deinit { UnsafeMutableRawPointer(start).deallocate() }

  subscript(place: Int) -> Element {
    @inline(__always) get { start[place] }
    @inline(__always) nonmutating set { start[place] = newValue }
  }
}
