import Bytes
import Glibc
import Market

/// One series as a plain file: its terms, its chunks as the archive packs them, and a hash of it all.
///
/// Little-endian. `AUXCOLS1`; symbol, seconds (8 bytes), adjustment, decimals (1), calendar and source,
/// texts with their length (4) before them; the number of chunks (4); each chunk as its bucket's first
/// day (4), sum (8), SHA-256 (32), length (4) and bytes; the SHA-256 of everything before (32).
struct ColumnFile {
  static let ending = ".columns"
  private static let magic = Array("AUXCOLS1".utf8)
  private static let mostChunks = 1 << 24

  let path: String
  let series: Series
  private let bytes: [UInt8]
  /// Where each chunk lies among the bytes, its sum and its digest.
  private let chunks: [(range: Range<Int>, sum: UInt64, digest: [UInt8])]

  /// Reads a file and its directory; chunks are checked when they are unpacked.
  init(_ path: String) throws(ArchiveError) {
    self.path = path
    bytes = try FileBytes.read(path)
    do throws(BytesError) {
      (series, chunks) = try Self.directory(bytes)
    } catch {
      throw .damagedFile(path: path, what: "\(error)")
    }
  }

  private static func directory(
    _ bytes: [UInt8]
  ) throws(BytesError) -> (Series, [(range: Range<Int>, sum: UInt64, digest: [UInt8])]) {
    var reader = ByteReader(bytes)
    guard try reader.raw(magic.count, "the letters AUXCOLS1") == magic else {
      throw .malformed(offset: 0, expected: "a file of columns of version 1")
    }
    let symbol = try reader.string("a symbol", limit: 64)
    let seconds = try reader.int64("a length in seconds")
    let adjustment = try reader.string("an adjustment", limit: 16)
    let start = reader.offset
    guard let key = SeriesTable.key(symbol: symbol, seconds: seconds, adjustment: adjustment),
      !key.isTicks, case let decimals = try reader.uint8("decimals"), decimals <= Grid.most
    else { throw .malformed(offset: start, expected: "a series of bars") }
    let calendar = try reader.string("a calendar", limit: 1_024)
    let source = try reader.string("a source", limit: 1_024)
    var chunks: [(range: Range<Int>, sum: UInt64, digest: [UInt8])] = []
    for _ in 0..<(try reader.length("chunks", elementSize: 48, limit: mostChunks)) {
      try reader.skip(4, "a bucket")
      let sum = try reader.uint64("a sum")
      let digest = try reader.raw(32, "a hash")
      let count = try reader.length("a chunk")
      chunks.append((reader.offset..<reader.offset + count, sum, digest))
      try reader.skip(count, "a chunk")
    }
    try reader.skip(32, "a hash")
    try reader.finish()
    let series = Series(
      key: key, grid: Grid(decimals: decimals), calendar: calendar, source: source)
    return (series, chunks)
  }

  /// All rows, each chunk checked against its sum.
  func rows(_ extent: Extent) throws(ArchiveError) -> LoadedRows {
    var table = ChunkTable(.bars)
    for (range, sum, _) in chunks {
      let isWhole = bytes.withUnsafeBytes { all in
        let chunk = UnsafeRawBufferPointer(rebasing: all[range])
        return ColumnSum.checksum(chunk.bytes) == sum && table.add(chunk)
      }
      guard isWhole else { throw .damagedFile(path: path, what: "a chunk's checksum differs") }
    }
    return LoadedRows(series, LoadedChunks(table, chunks.map(\.digest)), extent)
  }

  /// Holds the file and each chunk against their hashes.
  func verify() throws(ArchiveError) {
    guard Sha256.digest(Array(bytes.dropLast(32))).bytes == Array(bytes.suffix(32)),
      chunks.allSatisfy({ Sha256.digest(Array(bytes[$0.range])).bytes == $0.digest })
    else { throw .damagedFile(path: path, what: "its SHA-256 differs") }
  }

  /// Writes a series whole or not at all.
  static func write(_ rows: ChunkRows, of series: Series, to path: String) throws(ArchiveError) {
    var writer = ByteWriter()
    writer.raw(magic.span.bytes)
    writer.string(series.key.symbol.description)
    writer.int64(series.key.seconds)
    writer.string(series.key.adjustment.rawValue)
    writer.uint8(series.grid.decimals)
    writer.string(series.calendar)
    writer.string(series.source)
    let runs = Bucket(series.key).runs(rows.days)
    writer.length(runs.count)
    var encoder = ChunkEncoder()
    for (start, range) in runs {
      let chunk = encoder.encode(rows, range)
      writer.int32(start)
      writer.uint64(ColumnSum.checksum(chunk.span.bytes))
      writer.raw(Sha256.digest(chunk).bytes.span.bytes)
      writer.run(chunk)
    }
    try FileBytes.write(writer.bytes + Sha256.digest(writer.bytes).bytes, to: path)
  }
}

/// Files read and written whole.
enum FileBytes {
  static func read(_ path: String) throws(ArchiveError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .file(path: path, doing: "open it", errno: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw .file(path: path, doing: "read it", errno: errno)
    }
    let size = Int(status.st_size)
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { target, filled in
      while filled < size {
        let count = Glibc.read(descriptor, target.baseAddress! + filled, size - filled)
        if count <= 0 {
          failure = count < 0 ? errno : EIO
          break
        }
        filled += count
      }
    }
    guard failure == 0 else { throw .file(path: path, doing: "read it", errno: failure) }
    return bytes
  }

  /// Staged, synced and renamed, so that a reader sees the old file or the new one.
  static func write(_ bytes: [UInt8], to path: String) throws(ArchiveError) {
    let staged = path + ".part"
    guard let file = fopen(staged, "wbe") else {
      throw .file(path: staged, doing: "write it", errno: errno)
    }
    let isWritten =
      fwrite(bytes, 1, bytes.count, file) == bytes.count && fflush(file) == 0
      && fsync(fileno(file)) == 0
    let failure = errno
    fclose(file)
    guard isWritten, rename(staged, path) == 0 else {
      unlink(staged)
      throw .file(path: path, doing: "write it", errno: isWritten ? errno : failure)
    }
  }
}
