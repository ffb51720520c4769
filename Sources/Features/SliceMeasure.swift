internal import Numerics

/// What becomes of a feature when all instruments of one instant are looked at together.
///
/// Sums run over sorted values and equal values share their rank, so that the order of the instruments
/// changes no bit. Absent values, which are NaN, stay absent and count for nothing.
public enum SliceMeasure: String, CaseIterable, Hashable, Sendable {
  /// Its place among all, from 0 to 1; the middle for one alone.
  case rank
  /// Where a normal distribution has that place.
  case gaussRank = "gauss-rank"
  /// Less the mean of all.
  case demeaned
  /// Less the mean of all, by the deviation of all; nothing where they do not differ.
  case zscore
  /// Less the mean of its own group, such as an industry; those of no group are one.
  case neutral

  /// Measures the values of one instant in place; `groups` names each one's group for `neutral`.
  public func apply(to values: inout [Double], groups: [Int32]? = nil) {
    precondition(groups.map { $0.count == values.count } ?? true, "a group per value")
    let order = values.indices.filter { values[$0].isFinite }
      .sorted { (values[$0], $0) < (values[$1], $1) }
    for place in values.indices where !values[place].isFinite { values[place] = .nan }
    switch self {
    case .rank: Self.rank(&values, order) { $0 }
    case .gaussRank:
      let count = Double(order.count)
      Self.rank(&values, order) { share in
        // From the places 0 … 1 to the middles of equal shares: the ends stay finite.
        normalQuantile((share * (count - 1) + 0.5) / count)
      }
    case .demeaned: Self.centre(&values, order)
    case .zscore: Self.standardise(&values, order)
    case .neutral: Self.neutralise(&values, order, groups)
    }
  }

  private static func rank(_ values: inout [Double], _ order: [Int], _ told: (Double) -> Double) {
    var first = 0
    while first < order.count {
      var end = first + 1
      while end < order.count, values[order[end]] == values[order[first]] { end += 1 }
      let middle = Double(first + end - 1) / 2
      let share = order.count > 1 ? middle / Double(order.count - 1) : 0.5
      let value = told(share)
      // Later stretches are compared with each other only, so that what is told may overwrite.
      for place in order[first..<end] { values[place] = value }
      first = end
    }
  }

  private static func centre(_ values: inout [Double], _ order: [Int]) {
    guard !order.isEmpty else { return }
    let mean = Statistics.mean(order.map { values[$0] })
    for place in order { values[place] -= mean }
  }

  private static func standardise(_ values: inout [Double], _ order: [Int]) {
    let sorted = order.map { values[$0] }
    let moves = sorted.first != sorted.last
    let (mean, deviation) = (Statistics.mean(sorted), Statistics.deviation(sorted, ddof: 0))
    for place in order { values[place] = moves ? (values[place] - mean) / deviation : 0 }
  }

  private static func neutralise(_ values: inout [Double], _ order: [Int], _ groups: [Int32]?) {
    guard let groups else { return centre(&values, order) }
    // Stable: within a group the values stay sorted.
    let grouped = order.enumerated()
      .sorted { (groups[$0.element], $0.offset) < (groups[$1.element], $1.offset) }
      .map(\.element)
    var first = 0
    while first < grouped.count {
      var end = first + 1
      while end < grouped.count, groups[grouped[end]] == groups[grouped[first]] { end += 1 }
      centre(&values, Array(grouped[first..<end]))
      first = end
    }
  }
}
