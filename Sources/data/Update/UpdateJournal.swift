import Bytes
import Console
import Glibc
import Workbench

/// What an update has done so far, a line each in a file beside the archive; a line is durable
/// before the next step is taken, so that a killed update goes on where it stopped.
struct UpdateJournal: ~Copyable {
  /// How a task ended.
  struct Entry {
    let name: String
    let state: String
    let detail: String
  }

  let path: String
  private let descriptor: Int32
  /// The run's name: what it was asked for.
  let run: String
  /// Whether an unfinished run of the same name was found.
  let isResumed: Bool
  /// Of this run, by task.
  private(set) var done: [String: String] = [:]
  private(set) var fetched: [String: String] = [:]

  /// Takes up an unfinished run of the same name, or begins a new one.
  static func open(_ path: String, run: String, fresh: Bool) throws(Failure) -> UpdateJournal {
    let descriptor = try locked(path)
    let old = entries(of: path)
    var unfinished: ArraySlice<Entry> = []
    if let begun = old.lastIndex(where: { $0.state == "run" }), old[begun].name == run, !fresh,
      !old[begun...].contains(where: { $0.state == "end" })
    {
      unfinished = old[begun...]
    }
    let journal = UpdateJournal(descriptor, path, run, unfinished)
    if unfinished.isEmpty { try journal.append("run", run, "") }
    return journal
  }

  private init(
    _ descriptor: Int32, _ path: String, _ run: String, _ unfinished: ArraySlice<Entry>
  ) {
    self.path = path
    self.run = run
    self.descriptor = descriptor
    isResumed = !unfinished.isEmpty
    for entry in unfinished {
      if entry.state == "done" { done[entry.name] = entry.detail }
      if entry.state == "fetched" { fetched[entry.name] = entry.detail }
    }
  }

  private static func locked(_ path: String) throws(Failure) -> Int32 {
    let opened = Glibc.open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard opened >= 0 else {
      throw Failure(.failed, "\(path): cannot open it: \(String(cString: strerror(errno)))")
    }
    guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
      close(opened)
      throw Failure(.tryAgain, "\(path): another update is at work")
    }
    return opened
  }

  deinit {
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  mutating func note(_ state: String, _ task: UpdateTask, _ detail: String) throws(Failure) {
    try append(state, task.name, detail)
    if state == "done" { done[task.name] = detail }
  }

  func end() throws(Failure) { try append("end", run, "") }

  private func append(_ state: String, _ name: String, _ detail: String) throws(Failure) {
    let clean = { (text: String) in
      String(text.map { $0 == "\t" || $0 == "\n" || $0 == "\r\n" ? " " : $0 })
    }
    let line = Array("\(state)\t\(clean(name))\t\(clean(detail))\n".utf8)
    guard write(descriptor, line, line.count) == line.count, fsync(descriptor) == 0 else {
      throw Failure(.failed, "\(path): cannot write: \(String(cString: strerror(errno)))")
    }
  }

  /// The lines that were written whole; the last one may be torn.
  static func entries(of path: String) -> [Entry] {
    guard let file = fopen(path, "rb") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&part, 1, part.count, file), count > 0 {
      bytes.append(contentsOf: part[..<count])
    }
    guard let last = bytes.lastIndex(of: 10) else { return [] }
    return bytes[..<last].split(separator: 10).compactMap { line in
      let parts = line.split(separator: 9, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      return parts.count == 3 ? Entry(name: parts[1], state: parts[0], detail: parts[2]) : nil
    }
  }
}
