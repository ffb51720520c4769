internal import Glibc

/// The few things the store does to a file system; every effect is announced before it takes place.
struct Disk: Sendable {
  /// A test stops the store here, as a crash would.
  let announce: @Sendable (_ effect: String) throws(StoreError) -> Void

  static let largestFile = 1 << 30

  /// A whole file, or its `last` bytes; memory is asked for only after its size was seen.
  func read(
    _ path: String, last: Int = .max, limit: Int = largestFile
  ) throws(StoreError) -> [UInt8] {
    let file = try open(path, O_RDONLY)
    defer { close(file) }
    let whole = try size(file, path)
    guard whole <= limit else { throw .tooLarge(path: path, bytes: whole, limit: limit) }
    let size = min(whole, last)
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = pread(file, buffer.baseAddress! + count, size - count, whole - size + count)
        if got < 0 && errno == EINTR { continue }
        guard got > 0 else { return }
        count += got
      }
    }
    guard bytes.count == size else {
      throw .wrongSize(path: path, expected: size, found: bytes.count)
    }
    return bytes
  }

  /// The size of a plain file, without reading it.
  func size(_ path: String) throws(StoreError) -> Int {
    let file = try open(path, O_RDONLY)
    defer { close(file) }
    return try size(file, path)
  }

  private func size(_ file: Int32, _ path: String) throws(StoreError) -> Int {
    var facts = stat()
    guard fstat(file, &facts) == 0 else { throw failure("look at", path) }
    guard facts.st_mode & S_IFMT == S_IFREG else {
      throw .system(operation: "read", path: path, reason: "not a plain file")
    }
    return Int(facts.st_size)
  }

  /// A new file, on the disk before this returns.
  func write(_ bytes: [UInt8], to path: String) throws(StoreError) {
    try announce("write \(path)")
    let file = try open(path, O_WRONLY | O_CREAT | O_TRUNC)
    defer { close(file) }
    try put(bytes, file, path)
    guard fsync(file) == 0 else { throw failure("sync", path) }
  }

  /// Adds to the end of a file, on the disk before this returns.
  func append(_ bytes: [UInt8], to path: String) throws(StoreError) {
    try announce("append \(path)")
    let file = try open(path, O_WRONLY | O_CREAT | O_APPEND)
    defer { close(file) }
    try put(bytes, file, path)
    guard fsync(file) == 0 else { throw failure("sync", path) }
  }

  func shorten(_ path: String, to bytes: Int) throws(StoreError) {
    try announce("shorten \(path)")
    guard truncate(path, bytes) == 0 else { throw failure("shorten", path) }
  }

  func rename(_ path: String, to target: String) throws(StoreError) {
    try announce("rename \(path)")
    guard Glibc.rename(path, target) == 0 else { throw failure("rename", path) }
  }

  /// Makes a folder unless it is there.
  func makeFolder(_ path: String) throws(StoreError) {
    try announce("make \(path)")
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw failure("make", path) }
  }

  /// Puts a folder's entries on the disk: without it a rename may be lost.
  func syncFolder(_ path: String) throws(StoreError) {
    try announce("sync \(path)")
    let folder = try open(path, O_RDONLY | O_DIRECTORY)
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw failure("sync", path) }
  }

  /// The names in a folder, in order; none where there is no folder.
  func names(in path: String) throws(StoreError) -> [String] {
    guard let folder = opendir(path) else {
      if errno == ENOENT { return [] }
      throw failure("list", path)
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// When something was last written to, in seconds since 1970; `nil` where it is gone.
  func lastChanged(_ path: String) -> Int64? {
    var facts = stat()
    return lstat(path, &facts) == 0 ? Int64(facts.st_mtim.tv_sec) : nil
  }

  /// A folder of plain files with all that is in it.
  func removeFolder(_ path: String) throws(StoreError) {
    try announce("remove \(path)")
    for name in try names(in: path) {
      guard unlink("\(path)/\(name)") == 0 else { throw failure("remove", "\(path)/\(name)") }
    }
    guard rmdir(path) == 0 else { throw failure("remove", path) }
  }

  /// One writer at a time, among threads and among processes; readers never wait.
  func locked<Result>(
    _ path: String, _ body: () throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    let file = try open(path, O_RDWR | O_CREAT)
    defer { close(file) }
    while flock(file, LOCK_EX) != 0 {
      guard errno == EINTR else { throw failure("lock", path) }
    }
    return try body()
  }

  private func open(_ path: String, _ flags: Int32) throws(StoreError) -> Int32 {
    let file = Glibc.open(path, flags | O_CLOEXEC, 0o644)
    if file >= 0 { return file }
    if errno == ENOENT { throw .missing(path: path) }
    throw failure("open", path)
  }

  private func put(_ bytes: [UInt8], _ file: Int32, _ path: String) throws(StoreError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(file, buffer.baseAddress! + written, bytes.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw failure("write", path) }
      written += count
    }
  }

  private func failure(_ operation: String, _ path: String) -> StoreError {
    .system(operation: operation, path: path, reason: String(cString: strerror(errno)))
  }
}
