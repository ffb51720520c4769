import Archive
import Bars
import Console
import Glibc
import Market
import Workbench

/// An update under way: task by task, each fetched, taken in and judged, and noted when done.
struct UpdateRun: ~Copyable {
  let work: WorkSettings
  let book: MarketBook
  let feed: FeedFile
  let mapping: MappingFile
  let store: BarStore
  /// Where what was fetched lies until it is taken in.
  let incoming: String
  let cancellation: Cancellation
  var page = UpdatePage()

  var settings: Settings { feed.settings }

  /// A task that fails is told and left for the next update; the others go on.
  mutating func run(
    _ plan: UpdatePlan, _ journal: inout UpdateJournal, _ terminal: Terminal
  ) throws(Failure) {
    var isFirst = true
    for task in plan.tasks {
      if let detail = journal.done[task.name] {
        page.add(task, "done before", detail)
        continue
      }
      if !isFirst { nap(settings.durationNanos("rest")) }
      isFirst = false
      do throws(Failure) {
        let files = try fetched(task, &journal, terminal)
        let outcome = try take(files, task)
        try journal.note("done", task, outcome)
        for file in files { unlink(file) }
        page.add(task, "done", outcome)
      } catch {
        guard error.exitCode == .data || error.exitCode == .usage else { throw error }
        try journal.note("failed", task, error.problems.joined(separator: "; "))
        page.fail(task, error)
      }
      try cancellation.check()
    }
  }

  /// The files of a task: those an interrupted update left, or fetched now.
  private func fetched(
    _ task: UpdateTask, _ journal: inout UpdateJournal, _ terminal: Terminal
  ) throws(Failure) -> [String] {
    if let names = journal.fetched[task.name] {
      let files = names.split(separator: "|").map { "\(incoming)/\($0)" }
      if files.allSatisfy({ access($0, R_OK) == 0 }) { return files }
    }
    var pause = settings.durationNanos("pause")
    for attempt in 1...settings.integer("attempts") {
      guard let trouble = try attemptFetch(task) else { break }
      let isLast = attempt == settings.integer("attempts") || trouble.isFinal
      guard !isLast else {
        throw Failure(.data, "\(task.name): \(trouble.words) (attempt \(attempt))")
      }
      terminal.say("\(task.name): \(trouble.words); trying again")
      nap(pause)
      try cancellation.check()
      pause *= 2
    }
    let names = try staged(task)
    try journal.note("fetched", task, names.joined(separator: "|"))
    return names.map { "\(incoming)/\($0)" }
  }

  private func nap(_ nanos: Int64) {
    var left = nanos
    while left > 0, !cancellation.isRequested {
      usleep(UInt32(min(left, 50_000_000) / 1_000))
      left -= 50_000_000
    }
  }
}

extension UpdateRun {
  private struct Trouble {
    let words: String
    /// Whether another attempt would end alike.
    let isFinal: Bool
  }

  /// A command ends with this code where trying again is no use, as with a wrong token.
  private static let finalCode: Int32 = 3

  private func folder(of task: UpdateTask) -> String { "\(incoming)/\(task.fileName).d" }

  /// Runs the command once; `nil` where all went well.
  private func attemptFetch(_ task: UpdateTask) throws(Failure) -> Trouble? {
    let folder = folder(of: task)
    if settings.choice("output") == "folder" {
      for name in csvFiles(folder) { unlink("\(folder)/\(name)") }
      try makeFolder(folder)
    }
    let target = "\(incoming)/\(task.fileName)"
    let process = FetchProcess(
      command: task.filled(settings.text("command"), home: work.home, folder: folder),
      arguments: settings.list("arguments").map {
        task.filled($0.text, home: work.home, folder: folder)
      },
      environment: settings.table("environment").map { "\($0.name)=\($0.value.text)" },
      timeoutNanos: settings.durationNanos("timeout"))
    let ending = process.run(output: target + ".part", talk: target + ".talk", cancellation)
    defer { unlink(target + ".talk") }
    switch ending {
    case .ended(0):
      guard rename(target + ".part", target) == 0 else {
        throw Failure(.failed, "\(target): cannot rename: \(String(cString: strerror(errno)))")
      }
      return nil
    case .ended(let code):
      let words = "the command ended with \(code)\(lastLine(of: target + ".talk"))"
      return Trouble(words: words, isFinal: code == Self.finalCode)
    case .tooSlow: return Trouble(words: "the command took too long", isFinal: false)
    case .notStarted(let why):
      return Trouble(words: "\(process.command) cannot be started: \(why)", isFinal: true)
    case .cancelled:
      try cancellation.check()
      return Trouble(words: "stopped", isFinal: true)
    }
  }

  private func staged(_ task: UpdateTask) throws(Failure) -> [String] {
    guard settings.choice("output") == "folder" else { return [task.fileName] }
    return csvFiles(folder(of: task)).map { "\(task.fileName).d/\($0)" }
  }

  private func csvFiles(_ folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(".csv") { names.append(name) }
    }
    return names.sorted()
  }

  private func lastLine(of path: String) -> String {
    guard let file = fopen(path, "rb") else { return "" }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    fseek(file, max(0, ftell(file) - 2_000), SEEK_SET)
    var tail = [UInt8](repeating: 0, count: 2_000)
    let count = fread(&tail, 1, tail.count, file)
    let lines = tail[..<count].split(separator: 10)
    return lines.last.map { ": " + String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
