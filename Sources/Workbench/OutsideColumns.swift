import Archive
public import Console
public import Features
import Glibc
public import Market
import Research

/// Feature columns made by a program of the user's own: it reads bars from standard input, as
/// `data export` writes them, and writes a line of features per bar to standard output.
public struct OutsideColumns: Sendable {
  private let command: String
  private let series: LoadedSeries
  private let interval: BarInterval

  public init(_ command: String, of series: LoadedSeries, _ interval: BarInterval) {
    self.command = command
    self.series = series
    self.interval = interval
  }

  /// Runs the program on some bars.
  public func make(_ bars: [Bar]) throws(Failure) -> FeatureMatrix {
    let question = try Scrap(csv(bars))
    let answer = try Scrap([])
    let code = try run(reading: question, writing: answer)
    guard code == 0 else {
      throw Failure(
        .failed, "\(command): ended with exit code \(code) when given \(bars.count) bars",
        remedy: "What it says on standard error stands above.")
    }
    return try Self.matrix(answer.text(), of: bars, place: "output of \(command)")
  }

  /// Columns read from a file.
  public static func read(_ path: String, of bars: [Bar]) throws(Failure) -> FeatureMatrix {
    try matrix(readText(path), of: bars, place: path)
  }

  private static func matrix(
    _ text: String, of bars: [Bar], place: String
  ) throws(Failure) -> FeatureMatrix {
    let table = try OutsideTable(text, bars: bars.count, place: place)
    return FeatureMatrix(names: table.names, columns: table.columns, of: bars)
  }

  private func csv(_ bars: [Bar]) -> [UInt8] {
    let writer = CsvWriter(
      Series(
        key: SeriesKey(series.symbol, interval), grid: series.grid, calendar: series.calendar,
        source: series.source),
      zone: series.symbol.exchange.zone)
    var text = Array(CsvWriter.header.utf8)
    writer.append(BarColumns(bars), 0..<bars.count, to: &text)
    return text
  }

  private func run(reading: borrowing Scrap, writing: borrowing Scrap) throws(Failure) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, reading.descriptor, 0)
    posix_spawn_file_actions_adddup2(&actions, writing.descriptor, 1)
    var words = ["sh", "-c", command].map { (word: String) in strdup(word) } + [nil]
    defer { words.forEach { free($0) } }
    var child: pid_t = 0
    let status = posix_spawn(&child, "/bin/sh", &actions, nil, &words, environ)
    guard status == 0 else {
      throw Failure(.failed, "\(command): cannot be started: \(String(cString: strerror(status)))")
    }
    var ending: Int32 = 0
    while waitpid(child, &ending, 0) == -1, errno == EINTR {}
    // A signal's number stands in the low seven bits; shells add 128 to it.
    let signal = ending & 0x7F
    return signal == 0 ? (ending >> 8) & 0xFF : 128 + signal
  }
}

/// A file without a name, gone with its owner.
private struct Scrap: ~Copyable {
  let descriptor: Int32

  init(_ bytes: [UInt8]) throws(Failure) {
    let folder = variable("TMPDIR") ?? "/tmp"
    var path = Array("\(folder)/auspex-XXXXXX".utf8CString)
    descriptor = mkstemp(&path)
    guard descriptor >= 0 else { throw Self.failure("open", folder) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(path)
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { throw Self.failure("write", folder) }
      written += count
    }
    lseek(descriptor, 0, SEEK_SET)
  }

  deinit { close(descriptor) }

  func text() throws(Failure) -> String {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = pread(descriptor, &chunk, chunk.count, off_t(bytes.count))
      guard count > 0 else { break }
      bytes += chunk.prefix(count)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func failure(_ doing: String, _ folder: String) -> Failure {
    Failure(
      .failed, "\(folder): cannot \(doing) a scratch file: \(String(cString: strerror(errno)))",
      remedy: "Let TMPDIR name a folder with room.")
  }
}
