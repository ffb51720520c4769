internal import Numerics

/// Several models that answer one question together, each with its share.
public struct Committee: Hashable, Sendable {
  /// How answers become one.
  public enum Joining: String, CaseIterable, Hashable, Sendable {
    /// The weighted mean of the forecasts.
    case mean
    /// The weighted mean of each forecast's rank among those its model made of the training rows, turned
    /// back into a forecast: bold models then count no more than timid ones.
    case ranks
  }

  /// One model with its share of the whole.
  public struct Member: Hashable, Sendable {
    public let model: Model
    public let share: Double
    /// Its forecasts of the training rows at equal steps of rank; empty where ranks are not asked for.
    let quantiles: RankScale?
  }

  public let members: [Member]
  public let joining: Joining

  public static let mostMembers = 64

  /// `scales` holds each model's for ranks. `nil` unless there are members, none of them a committee, with
  /// positive weights.
  init?(_ models: [Model], weights: [Double], scales: [RankScale]? = nil) {
    guard weights.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    let whole = weights.reduce(0, +)
    guard whole.isFinite else { return nil }
    self.init(models, shares: weights.map { $0 / whole }, scales: scales)
  }

  /// Shares as they were kept: they sum to one but for rounding.
  init?(_ models: [Model], shares: [Double], scales: [RankScale]?) {
    guard 1...Self.mostMembers ~= models.count, shares.count == models.count,
      shares.allSatisfy({ 0...1 ~= $0 }), abs(shares.reduce(-1, +)) < 1e-9,
      !models.contains(where: \.isCommittee), scales.map({ $0.count == models.count }) ?? true
    else { return nil }
    members = models.indices.map { place in
      Member(model: models[place], share: shares[place], quantiles: scales.map { $0[place] })
    }
    joining = scales == nil ? .mean : .ranks
  }

  func predict(_ row: UnsafeBufferPointer<Float>) -> Double {
    join { $0.model.predict(row) }
  }

  /// Every row at once, with the bits each alone would give.
  func predict(_ rows: FloatMatrix, workers: Int = 1) -> [Double] {
    let answers = members.map { $0.model.predict(rows, workers: workers) }
    return (0..<rows.rows).map { row in
      var place = -1
      return join { _ in
        place += 1
        return answers[place][row]
      }
    }
  }

  /// Asks the members in their order.
  @inline(__always)
  private func join(_ answer: (Member) -> Double) -> Double {
    var sum = 0.0
    for member in members {
      let one = answer(member)
      sum += member.share * (member.quantiles.map { $0.rank(of: one) } ?? one)
    }
    guard joining == .ranks else { return sum }
    let rank = sum
    sum = 0
    for member in members {
      sum += member.share * (member.quantiles.map { $0.value(at: rank) } ?? 0)
    }
    return sum
  }
}

/// How good a number is among many: quantiles at equal steps of rank, straight lines between them.
public struct RankScale: Hashable, Sendable {
  /// Rising, at least two.
  let knots: [Double]

  static let mostKnots = 257

  /// `nil` unless the knots are finite and rising, two to `mostKnots`.
  init?(knots: [Double]) {
    guard 2...Self.mostKnots ~= knots.count, knots.allSatisfy(\.isFinite),
      zip(knots, knots.dropFirst()).allSatisfy({ $0 <= $1 })
    else { return nil }
    self.knots = knots
  }

  /// The quantiles of some numbers, at least one.
  init(of values: [Double]) {
    let sorted = values.sorted()
    let count = min(Self.mostKnots, max(2, sorted.count))
    knots = (0..<count).map {
      Statistics.quantile(sorted: sorted, Double($0) / Double(count - 1))
    }
  }

  /// From 0 to 1; the middle of the ranks that a repeated value takes up.
  func rank(of value: Double) -> Double {
    let below = first { $0 >= value }
    let end = first { $0 > value }
    let steps = Double(knots.count - 1)
    if below < end { return Double(below + end - 1) / 2 / steps }
    if below == 0 { return 0 }
    if below == knots.count { return 1 }
    let share = (value - knots[below - 1]) / (knots[below] - knots[below - 1])
    return (Double(below - 1) + share) / steps
  }

  func value(at rank: Double) -> Double {
    let place = min(max(rank, 0), 1) * Double(knots.count - 1)
    let left = min(Int(place), knots.count - 2)
    return knots[left] + (place - Double(left)) * (knots[left + 1] - knots[left])
  }

  /// The first knot of which something holds that holds of all after it.
  private func first(where holds: (Double) -> Bool) -> Int {
    var (low, high) = (0, knots.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(knots[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
