public import Market
internal import Numerics

/// What each row to learn from counts.
public struct Weighting: Hashable, Sendable {
  /// Rows whose outcomes overlap tell the same thing over and over: each counts for its own share.
  public let isByUniqueness: Bool
  /// Trading days after which a row counts half; `nil` where age does not matter.
  public let halfLifeDays: Int?

  public static let equal = Weighting()

  public init(isByUniqueness: Bool = false, halfLifeDays: Int? = nil) {
    precondition(halfLifeDays.map { $0 > 0 } ?? true, "a half-life is at least a day")
    self.isByUniqueness = isByUniqueness
    self.halfLifeDays = halfLifeDays
  }

  /// A weight for each of the rows, their mean one; `nil` where all count alike. Nothing but these rows
  /// is looked at: overlap with others tells nothing to those who learn without them.
  public func weights(
    of rows: [Int], _ labels: Labels, on timeline: Chronology, days: [TradingDay]
  ) -> [Double]? {
    guard self != .equal, !rows.isEmpty else { return nil }
    var weights = [Double](repeating: 1, count: rows.count)
    if isByUniqueness {
      // Outcomes overlap with those of the same instrument only.
      let own = Dictionary(grouping: rows.indices) { timeline.instruments[rows[$0]] }
      for (_, places) in own.sorted(by: { $0.key < $1.key }) {
        let shares = Weighting.uniqueness(of: places.map { rows[$0] }, labels, on: timeline)
        for (place, share) in zip(places, shares) { weights[place] = share }
      }
    }
    if let halfLifeDays {
      let ages = Weighting.ages(of: rows, days)
      for (place, age) in ages.enumerated() {
        weights[place] *= pow(0.5, Double(age) / Double(halfLifeDays))
      }
    }
    let mean = Statistics.mean(weights)
    return weights.map { $0 / mean }
  }

  /// The mean over a label's bars of one by the number of labels that share the bar.
  private static func uniqueness(
    of rows: [Int], _ labels: Labels, on timeline: Chronology
  ) -> [Double] {
    let spans = rows.map { row in
      let moment = Int(timeline.moments[row])
      return labels.spans[row].map {
        Int($0.entryRow)..<max(Int($0.exitRow), Int($0.entryRow) + 1)
      } ?? moment..<moment + 1
    }
    let end = spans.map(\.upperBound).max() ?? 0
    var changes = [Int](repeating: 0, count: end + 1)
    for span in spans {
      changes[span.lowerBound] += 1
      changes[span.upperBound] -= 1
    }
    // Sums of 1 / concurrency up to each bar, so that a span's sum is one difference.
    var (sums, sum, open) = ([0.0], 0.0, 0)
    sums.reserveCapacity(end + 1)
    for bar in 0..<end {
      open += changes[bar]
      sum += open > 0 ? 1 / Double(open) : 0
      sums.append(sum)
    }
    return spans.map { (sums[$0.upperBound] - sums[$0.lowerBound]) / Double($0.count) }
  }

  /// Trading days from each row to the last of them, counted by the days there are.
  private static func ages(of rows: [Int], _ days: [TradingDay]) -> [Int] {
    var (numbers, number) = ([Int](), 0)
    for (place, row) in rows.enumerated() {
      if place > 0, days[row] != days[rows[place - 1]] { number += 1 }
      numbers.append(number)
    }
    return numbers.map { number - $0 }
  }
}
