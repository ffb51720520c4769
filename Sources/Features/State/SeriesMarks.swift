public import Market

/// What a calendar and a chain of contracts know of a series beside its bars: all of it is known
/// before the bar it speaks of.
public struct SeriesMarks: Sendable {
  /// When the product trades; without it a bar's session is absent.
  public let timetable: Timetable?
  /// When the first bar of each later contract of a chain closed, in order.
  public let rolls: [Instant]
  /// Those of the rolls across which prices could not be moved onto each other: a change over one of
  /// them is nobody's profit.
  public let breaks: [Instant]

  public static let none = SeriesMarks()

  public init(timetable: Timetable? = nil, rolls: [Instant] = [], breaks: [Instant] = []) {
    for marks in [rolls, breaks] {
      precondition(zip(marks, marks.dropFirst()).allSatisfy { $0 < $1 }, "rolls are in order")
    }
    self.timetable = timetable
    self.rolls = rolls
    self.breaks = breaks
  }

  func session(of bar: Bar) -> Session? { timetable?.session(closingBarAt: bar.closedAt) }

  /// How many rolls lie at or before an instant.
  func rolls(until instant: Instant) -> Int {
    var (low, high) = (0, rolls.count)
    while low < high {
      let middle = (low + high) / 2
      if rolls[middle] <= instant { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
