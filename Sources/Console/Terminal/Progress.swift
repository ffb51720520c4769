/// How far a long job has come: a bar on a terminal, a line every few seconds in a log.
public struct Progress: ~Copyable {
  /// What the stream can show.
  public enum Manner: Sendable {
    case bar
    case lines
    case silent
  }

  private static let barNanos: Int64 = 100_000_000
  private static let lineNanos: Int64 = 5_000_000_000
  private static let barColumns = 20

  private let title: String
  private let unit: String
  private let total: Int?
  private let manner: Manner
  private let nanos: () -> Int64
  private let write: (String) -> Void
  private let startNanos: Int64
  private var shownNanos: Int64
  private var done = 0
  /// What was done last, as far as there is room for it.
  private var place = ""
  private var isLineOpen = false

  /// - Parameters:
  ///   - total: how many there are in all; nil when nobody knows.
  ///   - nanos: a clock that never goes back.
  public init(
    _ title: String, of total: Int?, unit: String, manner: Manner,
    nanos: @escaping () -> Int64, write: @escaping (String) -> Void
  ) {
    self.title = elided(printable(title), to: 24)
    self.unit = elided(printable(unit), to: 10)
    self.total = total
    self.manner = manner
    self.nanos = nanos
    self.write = write
    startNanos = nanos()
    shownNanos = startNanos
  }

  /// A job that failed leaves its bar; what is said next starts on a line of its own.
  deinit {
    if isLineOpen { write("\n") }
  }

  public mutating func advance(by count: Int = 1) { advance(to: done + count) }

  /// One more is done, and this is what it was: a fold, an instrument, a trial.
  public mutating func advance(past place: String) {
    self.place = ", " + printable(place)
    advance()
  }

  public mutating func advance(to count: Int) {
    done = count
    guard manner != .silent else { return }
    let now = nanos()
    let pause = manner == .bar ? Progress.barNanos : Progress.lineNanos
    guard now - shownNanos >= pause else { return }
    shownNanos = now
    show(report(at: now))
  }

  /// Says how much was done and how long it took.
  public consuming func finish() {
    guard manner != .silent else { return }
    let time = duration(nanos() - startNanos)
    show("\(title): \(grouped(done)) \(unit) in \(time)")
    if isLineOpen { write("\n") }
    isLineOpen = false
  }

  private mutating func show(_ report: String) {
    if manner == .bar {
      write("\r\(report)\u{1B}[K")
      isLineOpen = true
    } else {
      write(report + "\n")
    }
  }

  private func report(at now: Int64) -> String {
    let elapsed = max(0, now - startNanos)
    guard let total, total > 0 else {
      return "\(title): \(grouped(done)) \(unit), \(duration(elapsed))"
    }
    let share = min(1, max(0, Double(done) / Double(total)))
    let filled = Int(share * Double(Progress.barColumns))
    let bar =
      String(repeating: "#", count: filled)
      + String(repeating: ".", count: Progress.barColumns - filled)
    let percent = "\(Int(share * 100)) %"
    let count = "\(grouped(done)) of \(grouped(total)) \(unit)"
    let left = share > 0 ? ", \(duration(remaining(elapsed, of: total))) left" : ""
    return manner == .bar
      ? elided("\(title) [\(bar)] \(percent), \(count)\(left)\(place)", to: 79)
      : "\(title): \(percent), \(count)\(left)\(place)"
  }
}

extension Progress {
  /// The time the rest takes at the pace so far; a thousand hours stand for anything longer.
  private func remaining(_ elapsed: Int64, of total: Int) -> Int64 {
    let rest = Double(max(0, total - done)) / Double(done) * Double(elapsed)
    return Int64(min(rest.rounded(), 3.6e15))
  }
}

/// Thousands parted by commas.
func grouped(_ number: Int) -> String {
  var text = ""
  for (index, digit) in String(number.magnitude).reversed().enumerated() {
    if index > 0, index.isMultiple(of: 3) { text = "," + text }
    text = String(digit) + text
  }
  return number < 0 ? "-" + text : text
}

/// `0:07`, `12:34` or `1:02:03`.
func duration(_ nanos: Int64) -> String {
  let seconds = max(0, nanos) / 1_000_000_000
  func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
  let minutes = seconds / 60
  return minutes < 60
    ? "\(minutes):\(two(seconds % 60))"
    : "\(minutes / 60):\(two(minutes % 60)):\(two(seconds % 60))"
}
