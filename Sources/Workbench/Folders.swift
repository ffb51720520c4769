public import Console
import Glibc

/// Makes a folder and those above it; one that is there already is as good.
public func makeFolder(_ path: String) throws(Failure) {
  var made = path.hasPrefix("/") ? "/" : ""
  for part in path.split(separator: "/") {
    made += (made.isEmpty || made == "/" ? "" : "/") + part
    guard mkdir(made, 0o755) != 0, errno != EEXIST else { continue }
    throw Failure(.failed, "\(made): cannot make the folder: \(String(cString: strerror(errno)))")
  }
  guard path.isEmpty || isFolder(path) else {
    throw Failure(.failed, "\(path): is in the way; a folder is needed there")
  }
}

/// The folder a file lies in; empty for the one we are in.
public func folder(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "" }
  return String(path[..<slash])
}

/// Writes a file whole or not at all.
public func writeFile(_ bytes: [UInt8], to path: String) throws(Failure) {
  try writeFile(to: path) { (write) throws(Failure) in try write(bytes) }
}

/// Writes a file piece by piece, whole or not at all.
public func writeFile(
  to path: String, _ fill: (_ write: ([UInt8]) throws(Failure) -> Void) throws(Failure) -> Void
) throws(Failure) {
  try makeFolder(folder(of: path))
  let staged = path + ".new"
  guard let file = fopen(staged, "wb") else { throw failure(staged, "open") }
  do throws(Failure) {
    try fill { (bytes) throws(Failure) in
      guard fwrite(bytes, 1, bytes.count, file) == bytes.count else {
        throw failure(staged, "write")
      }
    }
  } catch {
    fclose(file)
    throw error
  }
  let flushed = fflush(file) == 0 && fsync(fileno(file)) == 0
  guard fclose(file) == 0, flushed else { throw failure(staged, "write") }
  guard rename(staged, path) == 0 else { throw failure(path, "rename to") }
}

private func failure(_ path: String, _ doing: String) -> Failure {
  Failure(.failed, "\(path): cannot \(doing): \(String(cString: strerror(errno)))")
}

/// Reads a small text file whole.
func readText(_ path: String) throws(Failure) -> String {
  guard let file = fopen(path, "rb") else {
    throw Failure(.data, "\(path): cannot be opened: \(String(cString: strerror(errno)))")
  }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = fread(&buffer, 1, buffer.count, file)
    guard count > 0 else { break }
    bytes += buffer[..<count]
  }
  guard let text = String(validating: bytes, as: UTF8.self) else {
    throw Failure(.data, "\(path): is not UTF-8 text", remedy: "Save it as UTF-8.")
  }
  return text
}

/// Reads a file whole, unless it is larger than anything we write.
func readBytes(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
  guard let file = fopen(path, "rb") else {
    throw Failure(.data, "\(path): cannot be opened: \(String(cString: strerror(errno)))")
  }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 18)
  while bytes.count <= limit {
    let count = fread(&buffer, 1, buffer.count, file)
    guard count > 0 else { return bytes }
    bytes += buffer[..<count]
  }
  throw Failure(.data, "\(path): more than \(limit) bytes")
}

/// The names in a folder, in order; none where there is no folder.
func fileNames(in path: String) -> [String] {
  guard let folder = opendir(path) else { return [] }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names.sorted()
}
