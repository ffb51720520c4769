internal import Numerics

/// Breeds trials: of the best so far, two parents by tournament, their genes crossed and mutated.
struct Genetics {
  static let population = 12
  private static let rivals = 3
  private static let attempts = 16
  /// The spread of a mutation, as a share of the axis.
  private static let mutation = 0.12

  private let axes: [SearchAxis]
  /// The best first.
  private let parents: [SearchTrial]
  private var known: Set<[Double]>

  init(_ axes: [SearchAxis], _ trials: [SearchTrial]) {
    self.axes = axes
    parents = Array(Search.ranked(trials).prefix(Self.population))
    known = Set(trials.map(\.proposal.places))
  }

  /// As many children, or strangers as long as there are no parents.
  mutating func generation(
    _ first: Int, _ count: Int, using random: inout Xoshiro256
  ) -> [Proposal] {
    (first..<first + count).map { number in
      Proposal(number, parents.count < 2 ? stranger(using: &random) : child(using: &random))
    }
  }

  private mutating func stranger(using random: inout Xoshiro256) -> [Double] {
    let places = axes.map { $0.settled(random.uniform()) }
    known.insert(places)
    return places
  }

  /// One that was not tried yet, if mutations find one.
  private mutating func child(using random: inout Xoshiro256) -> [Double] {
    for _ in 0..<Self.attempts {
      let (one, other) = (parent(using: &random), parent(using: &random))
      var genes = axes.indices.map { axis in
        crossed(axes[axis], one[axis], other[axis], using: &random)
      }
      for axis in axes.indices where random.uniform() < max(0.1, 1 / Double(axes.count)) {
        genes[axis] = mutated(axes[axis], genes[axis], using: &random)
      }
      if known.insert(genes).inserted { return genes }
    }
    return stranger(using: &random)
  }

  /// The best of a few drawn by chance.
  private func parent(using random: inout Xoshiro256) -> [Double] {
    let places = (0..<Self.rivals).map { _ in random.int(below: parents.count) }
    return parents[places.min() ?? 0].proposal.places
  }

  /// Somewhere between and a little beyond both, or one of the two where there is no order.
  private func crossed(
    _ axis: SearchAxis, _ one: Double, _ other: Double, using random: inout Xoshiro256
  ) -> Double {
    let (side, share) = (random.bool(), random.uniform(in: -0.25...1.25))
    guard axis.isOrdered else { return side ? one : other }
    return axis.settled(one + share * (other - one))
  }

  private func mutated(
    _ axis: SearchAxis, _ gene: Double, using random: inout Xoshiro256
  ) -> Double {
    guard axis.isOrdered else { return axis.settled(random.uniform()) }
    return axis.settled(gene + Self.mutation * random.normal())
  }
}
