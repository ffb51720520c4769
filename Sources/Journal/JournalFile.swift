import Glibc

/// A file of the system, held by one owner and closed with it.
struct JournalFile: ~Copyable {
  let path: String
  private let descriptor: Int32

  enum Access {
    case reading
    /// For the only writer: locked against every other one as long as it is open.
    case writing
    case creating
  }

  init(_ path: String, for access: Access) throws(JournalError) {
    self.path = path
    let flags =
      switch access {
      case .reading: O_RDONLY
      case .writing: O_RDWR
      case .creating: O_RDWR | O_CREAT
      }
    descriptor = open(path, flags | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      if errno == ENOENT, flags & O_CREAT == 0 { throw .missing(path: path) }
      throw .io(path: path, .open, code: errno)
    }
    if case .reading = access { return }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      if errno == EWOULDBLOCK { throw .inUse(path: path) }
      throw .io(path: path, .lock, code: errno)
    }
  }

  /// The lock is given back by name: a process just being started may still share the descriptor.
  deinit {
    guard descriptor >= 0 else { return }
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  func size() throws(JournalError) -> Int {
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw .io(path: path, .size, code: errno) }
    return Int(facts.st_size)
  }

  /// Fills `bytes` from `offset` on and returns how many bytes the file had for it.
  func read(at offset: Int, into bytes: inout [UInt8]) throws(JournalError) -> Int {
    var span = bytes.mutableSpan
    return try span.withUnsafeMutableBytes { (buffer) throws(JournalError) in
      var done = 0
      while done < buffer.count {
        let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
        let count = pread(descriptor, rest.baseAddress, rest.count, offset + done)
        if count == 0 { break }
        if count < 0, errno != EINTR { throw .io(path: path, .read, code: errno) }
        done += max(count, 0)
      }
      return done
    }
  }

  /// Writes all bytes at `offset`; durable only after `sync`.
  func write(_ bytes: RawSpan, at offset: Int) throws(JournalError) {
    try bytes.withUnsafeBytes { (buffer) throws(JournalError) in
      var done = 0
      while done < buffer.count {
        let rest = UnsafeRawBufferPointer(rebasing: buffer[done...])
        let count = pwrite(descriptor, rest.baseAddress, rest.count, offset + done)
        if count < 0, errno != EINTR { throw refusal(errno, left: rest.count) }
        done += max(count, 0)
      }
    }
  }

  private func refusal(_ code: Int32, left: Int) -> JournalError {
    switch code {
    case ENOSPC, EDQUOT, EFBIG: .full(path: path, needed: left)
    default: .io(path: path, .write, code: code)
    }
  }

  /// Overwrites with zeros from `start` up to `end`, growing the file where it is shorter.
  ///
  /// Real zeros, not a hole: overwriting written blocks is what keeps each later commit short.
  func blank(from start: Int, to end: Int) throws(JournalError) {
    let zeros = [UInt8](repeating: 0, count: 1 << 16)
    var offset = start
    while offset < end {
      let count = min(zeros.count, end - offset)
      try write(zeros.span.bytes.extracting(first: count), at: offset)
      offset += count
    }
  }

  /// Makes everything written survive a loss of power.
  func sync() throws(JournalError) {
    guard fdatasync(descriptor) == 0 else { throw .io(path: path, .sync, code: errno) }
  }

  /// Makes the file's name survive as well, by syncing the folder it stands in.
  func syncFolder() throws(JournalError) {
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) }
    let handle = open(folder ?? ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { throw .io(path: path, .open, code: errno) }
    defer { close(handle) }
    guard fsync(handle) == 0 else { throw .io(path: path, .sync, code: errno) }
  }
}

// MARK: - Beginning

extension JournalFile {
  /// Lays down the header and room behind it, and returns the file's size.
  ///
  /// The header's mark comes last: a file without it was never begun, whatever else stands in it, and may
  /// be begun again.
  func begin(_ header: [UInt8]) throws(JournalError) -> Int {
    guard try isUnbegun() else { throw .exists(path: path) }
    let size = JournalWriter.growthBytes + header.count
    try blank(from: 0, to: size)
    try write(header.span.bytes.extracting(8...), at: 8)
    try sync()
    try write(header.span.bytes.extracting(first: 8), at: 0)
    try sync()
    try syncFolder()
    return size
  }

  /// Whether the file is as small as a beginning leaves it and has no mark.
  private func isUnbegun() throws(JournalError) -> Bool {
    let largest = JournalWriter.growthBytes + JournalFormat.longestDescription + 64
    guard try size() <= largest else { return false }
    var mark = [UInt8](repeating: 0, count: 8)
    _ = try read(at: 0, into: &mark)
    return mark.allSatisfy { $0 == 0 }
  }
}
