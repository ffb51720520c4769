internal import Glibc

extension YamlDocument {
  /// A file that cannot be read is a document with one fault, told like any other.
  public static func read(path: String) -> YamlDocument {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return unreadable(path) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    let chunk = 1 << 16
    // One byte more than is allowed is enough to know.
    while bytes.count <= YamlText.maximumBytes {
      let filled = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: chunk))
      let count = bytes.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress! + filled, chunk)
      }
      if count < 0, errno == EINTR {
        bytes.removeLast(chunk)
        continue
      }
      guard count >= 0 else { return unreadable(path) }
      bytes.removeLast(chunk - count)
      if count == 0 { break }
    }
    return YamlDocument(bytes, path: path)
  }

  private static func unreadable(_ path: String) -> YamlDocument {
    let why = "cannot be read: " + String(cString: strerror(errno)).lowercased()
    return YamlDocument(unreadable: why, path: path)
  }
}
