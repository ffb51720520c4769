import Bytes
import Glibc
import Market
import Testing

@testable import ModelStore

/// A folder of its own for each test, gone with it.
final class ScratchFolder: Sendable {
  let path: String

  init() {
    var template = Array("/tmp/auspex-models-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { preconditionFailure("no scratch folder") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  private static func remove(_ path: String) {
    if let names = try? disk.names(in: path), !names.isEmpty || rmdir(path) != 0 {
      for name in names where unlink("\(path)/\(name)") != 0 { remove("\(path)/\(name)") }
      rmdir(path)
    } else {
      unlink(path)
    }
  }
}

let disk = Disk(announce: { _ throws(StoreError) in })

let noon = Instant(seconds: 1_700_000_000)

/// A small bundle; `salt` makes its content its own.
func bundle(_ name: String = "ridge", salt: Int = 0) throws -> Bundle {
  var origin = Origin(
    name: name, knownUntil: noon, data: Sha256.digest("bars"), seed: 7, build: "0.1 abc",
    blas: "OpenBLAS 0.3, core Haswell, 1 thread", label: "open(t+1) to open(t+1+5)")
  origin.windows = [Origin.Window(name: "train", from: noon, to: noon, rows: 9)]
  origin.metrics = [Origin.Metric(name: "r2-zero", value: -0.00125)]
  return try Bundle(origin) { part in Array("\(part.rawValue) \(salt)\n".utf8) }
}

func add(_ bundle: Bundle, to store: Store) throws -> Version {
  try store.add(bundle, at: noon) { _ in nil }
}

/// Overwrites a file the quick way: damage need not survive a power cut.
func scribble(_ bytes: [UInt8], _ path: String) throws {
  let file = try #require(fopen(path, "w"))
  defer { fclose(file) }
  try #require(fwrite(bytes, 1, bytes.count, file) == bytes.count)
}
