import Archive
import Bars
import Console
import Market

/// What an update did, for people and for programs.
struct UpdatePage {
  private var table = Table(.text("what"), .text("from"), .text("until"), .prose("outcome"))
  private var json: [JSON] = []
  private var failures: [Failure] = []
  private var waiting: [String] = []
  private var warnings: [String] = []

  var hasFailures: Bool { !failures.isEmpty }
  var hasWaiting: Bool { !waiting.isEmpty }

  mutating func add(_ task: UpdateTask, _ state: String, _ outcome: String) {
    table.add(
      task.name, task.from.description, task.until.description,
      state == "done" ? outcome : "\(state): \(outcome)")
    json.append([
      "task": .text(task.name), "from": .text(task.from.description),
      "until": .text(task.until.description), "state": .text(state), "outcome": .text(outcome),
    ])
  }

  mutating func fail(_ task: UpdateTask, _ failure: Failure) {
    add(task, "failed", failure.problems.joined(separator: "; "))
    failures.append(failure)
  }

  /// A day that nobody has decided on.
  mutating func wait(_ key: SeriesKey, _ day: DayQuality) {
    let found = day.findings.map { "\($0.fault.rawValue), \($0.detail)" }.joined(separator: "; ")
    waiting.append("\(key) \(day.day) is graded \(day.grade.rawValue): \(found)")
  }

  mutating func warn(_ words: String) { warnings.append(words) }

  func tell(_ terminal: Terminal) {
    for words in warnings { terminal.warn(words) }
    for failure in failures {
      for problem in failure.problems { terminal.warn(problem) }
      if let remedy = failure.remedy { terminal.say(remedy) }
    }
    for words in waiting { terminal.warn(words) }
    if !waiting.isEmpty {
      terminal.say(
        "These wait for your decision: data decide SYMBOL DAY accept|exclude|replace --reason WHY")
    }
    if terminal.isJSON {
      terminal.print(["tasks": .list(json), "waiting": JSON(waiting), "warnings": JSON(warnings)])
    } else {
      terminal.print(table)
    }
  }
}
