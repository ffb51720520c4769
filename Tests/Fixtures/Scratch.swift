import Glibc

/// A folder of its own for one test, gone when the test is.
public struct Scratch: ~Copyable {
  public let path: String

  public init() {
    var template = Array("/tmp/auspex-XXXXXX".utf8CString)
    precondition(mkdtemp(&template) != nil, "a test may write to /tmp")
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit { Self.remove(path) }

  private static func remove(_ path: String) {
    guard rmdir(path) != 0, unlink(path) != 0, let folder = opendir(path) else { return }
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { remove("\(path)/\(name)") }
    }
    closedir(folder)
    rmdir(path)
  }

  public func file(_ name: String) -> String { "\(path)/\(name)" }
}

/// Whole files as bytes.
public enum FileBytes {
  public static func read(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { return [] }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    var bytes = [UInt8](repeating: 0, count: ftell(file))
    rewind(file)
    let count = fread(&bytes, 1, bytes.count, file)
    precondition(count == bytes.count, "a file is read whole")
    return bytes
  }

  public static func write(_ bytes: some Collection<UInt8>, to path: String) {
    guard let file = fopen(path, "wb") else { preconditionFailure("\(path) can be written") }
    defer { fclose(file) }
    let bytes = Array(bytes)
    precondition(fwrite(bytes, 1, bytes.count, file) == bytes.count, "a file is written whole")
  }
}

/// Faults that a healthy machine does not bring by itself.
public enum Sabotage {
  /// Makes whoever has opened `path` in this process use `other` from now on; returns what was redirected.
  @discardableResult
  public static func redirect(_ path: String, to other: String) -> [Int32] {
    let found = (Int32(3)..<1_024).filter { descriptor in
      var name = [CChar](repeating: 0, count: 4_096)
      let count = max(readlink("/proc/self/fd/\(descriptor)", &name, name.count), 0)
      return path.utf8.elementsEqual(name[..<count].map(UInt8.init(bitPattern:)))
    }
    redirect(found, to: other)
    return found
  }

  public static func redirect(_ descriptors: [Int32], to other: String) {
    let target = open(other, O_RDWR)
    precondition(target >= 0, "\(other) can be opened")
    for descriptor in descriptors { dup2(target, descriptor) }
    close(target)
  }
}
