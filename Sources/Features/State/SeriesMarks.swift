public import Market

/// What a calendar and a chain of contracts know of a series beside its bars: all of it is known
/// before the bar it speaks of.
public struct SeriesMarks: Sendable {
  /// When the product trades; without it a bar's session is absent.
  public let timetable: Timetable?
  /// When the first bar of each later contract of an unadjusted chain closed, in order.
  public let rolls: [Instant]

  public static let none = SeriesMarks()

  public init(timetable: Timetable? = nil, rolls: [Instant] = []) {
    precondition(zip(rolls, rolls.dropFirst()).allSatisfy { $0 < $1 }, "rolls are in order")
    self.timetable = timetable
    self.rolls = rolls
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
