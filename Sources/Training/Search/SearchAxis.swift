internal import Numerics

/// One parameter that a search may vary, and where. A search works on places between 0 and 1; what a
/// place means is known here alone.
public struct SearchAxis: Hashable, Sendable {
  public enum Values: Hashable, Sendable {
    case linear(ClosedRange<Double>)
    /// Equal ratios lie equally far apart; both ends are above 0.
    case logarithmic(ClosedRange<Double>)
    case whole(ClosedRange<Int>, isLogarithmic: Bool)
    /// The index of one of so many.
    case choice(of: Int)
  }

  public let name: String
  public let values: Values
  /// How many values of a range a grid tries; of choices it tries all.
  public let steps: Int

  public static let usualSteps = 5
  private static let mostSteps = 10_000

  public init(
    _ name: String, _ values: Values, steps: Int = usualSteps
  ) throws(TrainingError) {
    func check(_ isGood: Bool, _ expected: String) throws(TrainingError) {
      guard isGood else {
        throw .badParameter(name: name, found: "\(values)", expected: expected)
      }
    }
    switch values {
    case .linear(let range):
      try check(range.lowerBound.isFinite && range.upperBound.isFinite, "finite ends")
    case .logarithmic(let range):
      try check(range.lowerBound > 0 && range.upperBound.isFinite, "ends above 0")
    case .whole(let range, let isLogarithmic):
      try check(
        range.lowerBound > -(1 << 50) && range.upperBound < 1 << 50, "numbers below 2 to the 50th")
      try check(!isLogarithmic || range.lowerBound > 0, "ends above 0")
    case .choice(let count): try check((1...mostChoices).contains(count), "1 to 1000 choices")
    }
    guard (2...Self.mostSteps).contains(steps) else {
      throw .badParameter(name: name, found: "\(steps) steps", expected: "2 to \(Self.mostSteps)")
    }
    self.name = name
    self.values = values
    self.steps = steps
  }

  /// The value at a place; of choices and whole numbers each holds an equal stretch of its scale.
  public func value(at place: Double) -> Double {
    let place = min(1, max(0, place))
    switch values {
    case .linear(let range): return Self.between(range, place)
    case .logarithmic(let range): return Self.between(range, byRatio: place)
    case .whole(let range, let isLogarithmic):
      let ends = Self.stretch(range)
      let found = isLogarithmic ? Self.between(ends, byRatio: place) : Self.between(ends, place)
      let nearest = found.rounded(.toNearestOrAwayFromZero)
      return min(Double(range.upperBound), max(Double(range.lowerBound), nearest))
    case .choice(let count): return min(Double(count - 1), (place * Double(count)).rounded(.down))
    }
  }

  /// The place that stands for all with the same value.
  func settled(_ place: Double) -> Double {
    switch values {
    case .linear, .logarithmic: return min(1, max(0, place))
    case .whole, .choice: return self.place(of: value(at: place))
    }
  }

  /// Where a value lies.
  func place(of value: Double) -> Double {
    switch values {
    case .linear(let range): return Self.share(value, range)
    case .logarithmic(let range): return Self.share(value, byRatio: range)
    case .whole(let range, let isLogarithmic):
      let ends = Self.stretch(range)
      return isLogarithmic ? Self.share(value, byRatio: ends) : Self.share(value, ends)
    case .choice(let count): return (value + 0.5) / Double(count)
    }
  }

  /// The places a grid tries, in order and each value once.
  var levels: [Double] {
    let count: Int
    switch values {
    case .choice(let choices): count = choices
    case .whole(let range, _): count = min(range.count, steps)
    case .linear(let range), .logarithmic(let range):
      count = range.lowerBound == range.upperBound ? 1 : steps
    }
    var found: [Double] = []
    for level in 0..<count {
      let place = settled(self.place(of: levelValue(level, of: count)))
      if found.last != place { found.append(place) }
    }
    return found
  }

  /// How many values there are, where they can be counted.
  var count: Int? {
    switch values {
    case .linear, .logarithmic: nil
    case .whole(let range, _): range.count
    case .choice(let count): count
    }
  }

  /// Whether values lie in an order; choices do not.
  var isOrdered: Bool { if case .choice = values { false } else { true } }

  private func levelValue(_ level: Int, of count: Int) -> Double {
    let share = count < 2 ? 0 : Double(level) / Double(count - 1)
    switch values {
    case .linear(let range): return Self.between(range, share)
    case .logarithmic(let range): return Self.between(range, byRatio: share)
    case .whole(let range, let isLogarithmic):
      let ends = Double(range.lowerBound)...Double(range.upperBound)
      return
        (isLogarithmic && count < range.count
        ? Self.between(ends, byRatio: share) : Self.between(ends, share))
        .rounded(.toNearestOrAwayFromZero)
    case .choice: return Double(level)
    }
  }
}

private let mostChoices = 1_000

extension SearchAxis {
  /// Half a number beyond either end, so that the ends are met as often as the others.
  private static func stretch(_ range: ClosedRange<Int>) -> ClosedRange<Double> {
    Double(range.lowerBound) - 0.5...Double(range.upperBound) + 0.5
  }

  private static func between(_ range: ClosedRange<Double>, _ share: Double) -> Double {
    let found = range.lowerBound + (range.upperBound - range.lowerBound) * share
    return min(range.upperBound, max(range.lowerBound, found))
  }

  private static func between(_ range: ClosedRange<Double>, byRatio share: Double) -> Double {
    // A logarithm and back would miss the ends by a step.
    if share <= 0 { return range.lowerBound }
    if share >= 1 { return range.upperBound }
    let found = exp(between(log(range.lowerBound)...log(range.upperBound), share))
    return min(range.upperBound, max(range.lowerBound, found))
  }

  private static func share(_ value: Double, _ range: ClosedRange<Double>) -> Double {
    let width = range.upperBound - range.lowerBound
    return width > 0 ? min(1, max(0, (value - range.lowerBound) / width)) : 0
  }

  private static func share(_ value: Double, byRatio range: ClosedRange<Double>) -> Double {
    share(log(value), log(range.lowerBound)...log(range.upperBound))
  }
}
