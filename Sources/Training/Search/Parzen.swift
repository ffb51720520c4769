internal import Numerics

/// The tree-structured Parzen estimator: l is the density of good trials and g that of all others;
/// of places drawn from l the one with the largest l / g is tried next (Bergstra and others, 2011).
struct Parzen {
  private static let start = 12
  private static let batch = 4
  private static let goodShare = 0.1
  private static let mostGood = 25
  private static let candidates = 24
  /// Axes of so few values are counted value by value.
  private static let fewValues = 8

  private let axes: [SearchAxis]
  private let trials: [SearchTrial]

  init(_ axes: [SearchAxis], _ trials: [SearchTrial]) {
    self.axes = axes
    self.trials = trials
  }

  /// The trials after `first`: by chance until there is something to learn from. What the batch already
  /// holds counts as not good, so that it does not crowd in one place.
  func batch(_ first: Int, _ left: Int, using random: inout Xoshiro256) -> [Proposal] {
    guard first >= Self.start else {
      return (first..<first + min(left, Self.start - first)).map { number in
        Proposal(number, axes.map { $0.settled(random.uniform()) })
      }
    }
    let ranked = Search.ranked(trials)
    let wanted = Int((Self.goodShare * Double(ranked.count)).rounded(.up))
    let good = ranked.prefix(min(Self.mostGood, max(2, wanted))).map(\.proposal)
    let goodNumbers = Set(good.map(\.number))
    var others = trials.map(\.proposal).filter { !goodNumbers.contains($0.number) }
    var batch: [Proposal] = []
    for number in first..<first + min(left, Self.batch) {
      let places = axes.indices.map { axis in
        place(axis, good.map { $0.places[axis] }, others.map { $0.places[axis] }, &random)
      }
      batch.append(Proposal(number, places))
      others.append(Proposal(number, places))
    }
    return batch
  }

  private func place(
    _ axis: Int, _ good: [Double], _ others: [Double], _ random: inout Xoshiro256
  ) -> Double {
    let axis = axes[axis]
    let (l, g) = (density(axis, good), density(axis, others))
    var best = (place: 0.5, gain: -Double.infinity)
    for _ in 0..<Self.candidates {
      let place = axis.settled(l.draw(using: &random))
      let gain = l.logarithm(at: place) - g.logarithm(at: place)
      if gain > best.gain { best = (place, gain) }
    }
    return best.place
  }

  private func density(_ axis: SearchAxis, _ places: [Double]) -> Density {
    guard let count = axis.count, !axis.isOrdered || count <= Self.fewValues else {
      return .smooth(Mixture(places))
    }
    // A value's stretch is as wide as any other's, so its share of places is its weight.
    let values = (0..<count).map { axis.settled((Double($0) + 0.5) / Double(count)) }
    return .counted(
      places: values,
      weights: values.map { value in
        Double(1 + places.count { $0 == value }) / Double(count + places.count)
      })
  }
}

/// Where on an axis trials lie.
private enum Density {
  case smooth(Mixture)
  /// Each value's place and its weight; the weights sum to one.
  case counted(places: [Double], weights: [Double])

  func draw(using random: inout Xoshiro256) -> Double {
    switch self {
    case .smooth(let mixture): return mixture.draw(using: &random)
    case .counted(let places, let weights):
      var rest = random.uniform()
      for (place, weight) in zip(places, weights) {
        rest -= weight
        if rest < 0 { return place }
      }
      return places[places.count - 1]
    }
  }

  func logarithm(at place: Double) -> Double {
    switch self {
    case .smooth(let mixture): return log(mixture.density(at: place))
    case .counted(let places, let weights):
      return log(places.firstIndex(of: place).map { weights[$0] } ?? weights[0])
    }
  }
}

/// A normal curve around each place and a wide one over the whole axis, all cut off at 0 and 1. A
/// curve is as wide as its farther neighbour is away.
private struct Mixture {
  private struct Curve {
    let centre: Double
    let width: Double
    /// Φ at 0 and at 1: what lies between is the curve's part on the axis.
    let low: Double
    let high: Double
  }

  private let curves: [Curve]

  init(_ places: [Double]) {
    let centres = (places + [0.5]).sorted()
    let least = 1 / Double(min(100, centres.count + 1))
    var wideIsSet = false
    curves = centres.enumerated().map { index, centre in
      let left = centre - (index == 0 ? 0 : centres[index - 1])
      let right = (index == centres.count - 1 ? 1 : centres[index + 1]) - centre
      var width = min(1, max(least, max(left, right)))
      if centre == 0.5, !wideIsSet { (width, wideIsSet) = (1, true) }
      return Curve(
        centre: centre, width: width, low: normalCdf(-centre / width),
        high: normalCdf((1 - centre) / width))
    }
  }

  func draw(using random: inout Xoshiro256) -> Double {
    let curve = curves[random.int(below: curves.count)]
    let share = random.uniform(in: curve.low...curve.high)
    return min(1, max(0, curve.centre + curve.width * normalQuantile(share)))
  }

  func density(at place: Double) -> Double {
    let sum = curves.reduce(0) { sum, curve in
      sum + normalDensity((place - curve.centre) / curve.width)
        / (curve.width * (curve.high - curve.low))
    }
    return sum / Double(curves.count)
  }
}
