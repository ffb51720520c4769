internal import Numerics

/// Asks for trials and is told how they went; the larger the value, the better.
///
/// What it asks for depends on the seed and on the results of finished batches alone: whoever tells it
/// the same results gets the same proposals, after a break or with any number of trials at work at once.
public struct Search: Sendable {
  public enum Method: String, CaseIterable, Hashable, Sendable {
    /// Every combination of the axes' steps.
    case grid
    case random
    /// Parents by tournament, genes crossed and mutated.
    case genetic
    /// Parzen estimators of good and other trials; where the ratio is largest is tried next.
    case tpe
    /// Many on a small part of the history, the best third of them on three times as much.
    case halving
  }

  public let axes: [SearchAxis]
  public let method: Method
  /// How many trials there will be.
  public let count: Int
  /// Combinations the trials are about: for halving those of the first rung.
  public let combinations: Int
  /// The trials to be made now, in order, those already told of among them.
  public private(set) var batch: [Proposal] = []
  /// What was proposed and told, by number.
  public private(set) var trials: [SearchTrial] = []
  private let seed: UInt64
  private var results: [Result?] = []

  private enum Result {
    case value(Double)
    case failed
  }

  private static let mostTrials = 100_000

  public init(
    _ axes: [SearchAxis], by method: Method, trials: Int, seed: UInt64
  ) throws(TrainingError) {
    guard (1...Self.mostTrials).contains(trials) else {
      throw .badParameter(
        name: "trials", found: "\(trials)", expected: "1 to \(Self.mostTrials)")
    }
    guard let first = axes.first else {
      throw .badParameter(name: "a search", found: "nothing to vary", expected: "an axis or more")
    }
    for (index, axis) in axes.enumerated()
    where axes[..<index].contains(where: { $0.name == axis.name }) {
      throw .badParameter(name: axis.name, found: "twice", expected: "each axis once")
    }
    self.axes = axes
    self.method = method
    self.seed = seed
    combinations = trials
    switch method {
    case .grid:
      let size = Combinations(axes).count
      guard size <= trials else {
        throw .badParameter(
          name: first.name, found: "a grid of \(size) combinations",
          expected: "at most the \(trials) trials asked for")
      }
      count = size
    case .halving: count = Rungs(combinations: trials).counts.reduce(0, +)
    case .random, .genetic, .tpe: count = trials
    }
    propose()
  }

  public var isFinished: Bool { trials.count == count }

  /// Those of the batch that nobody has told of yet.
  public var open: [Proposal] {
    batch.filter { results[$0.number - batch[0].number] == nil }
  }

  /// Tells how a trial of the batch went; `nil` where it failed. What is told twice counts once.
  public mutating func tell(_ number: Int, _ value: Double?) {
    guard let first = batch.first?.number, batch.indices ~= number - first else {
      preconditionFailure("trial \(number) is not of this batch")
    }
    guard results[number - first] == nil else { return }
    results[number - first] =
      value.flatMap { $0.isNaN ? nil : $0 }.map { .value($0) } ?? .failed
    guard results.allSatisfy({ $0 != nil }) else { return }
    for (proposal, result) in zip(batch, results) {
      if case .value(let value)? = result {
        trials.append(SearchTrial(proposal: proposal, value: value))
      } else {
        trials.append(SearchTrial(proposal: proposal, value: nil))
      }
    }
    propose()
  }

  /// Finished trials on the whole history, the best first; among equals the earlier.
  public var best: [SearchTrial] { Self.ranked(trials.filter { $0.proposal.share == 1 }) }

  static func ranked(_ trials: [SearchTrial]) -> [SearchTrial] {
    trials.filter { $0.value != nil }.sorted {
      let (one, other) = ($0.value ?? 0, $1.value ?? 0)
      return one == other ? $0.proposal.number < $1.proposal.number : one > other
    }
  }

  private mutating func propose() {
    let first = trials.count
    let left = count - first
    guard left > 0 else {
      (batch, results) = ([], [])
      return
    }
    var random = Xoshiro256(seed: seed).split(stream: UInt64(first))
    switch method {
    case .grid:
      let grid = Combinations(axes)
      batch = (first..<min(count, first + Self.batch)).map { Proposal($0, grid.places($0)) }
    case .random:
      batch = (first..<min(count, first + Self.batch)).map {
        Proposal($0, drawn(using: &random))
      }
    case .genetic:
      var genetics = Genetics(axes, trials)
      batch = genetics.generation(first, min(left, Genetics.population), using: &random)
    case .tpe: batch = Parzen(axes, trials).batch(first, left, using: &random)
    case .halving:
      batch = Rungs(combinations: combinations).rung(after: trials) { drawn(using: &random) }
    }
    results = Array(repeating: nil, count: batch.count)
  }

  private static let batch = 8

  private func drawn(using random: inout Xoshiro256) -> [Double] {
    axes.map { $0.settled(random.uniform()) }
  }
}

/// A combination to be tried.
public struct Proposal: Hashable, Sendable {
  /// From zero, in the order of the search.
  public let number: Int
  /// By axis, between 0 and 1.
  public let places: [Double]
  /// How much of the history it is tried on, the newest part; 1 for all of it.
  public let share: Double

  init(_ number: Int, _ places: [Double], share: Double = 1) {
    self.number = number
    self.places = places
    self.share = share
  }
}

/// A combination and how it went.
public struct SearchTrial: Hashable, Sendable {
  public let proposal: Proposal
  /// `nil` where it failed.
  public let value: Double?

  public init(proposal: Proposal, value: Double?) {
    self.proposal = proposal
    self.value = value
  }
}

/// Every combination of the axes' levels; the last axis moves fastest.
struct Combinations {
  private let levels: [[Double]]

  init(_ axes: [SearchAxis]) { levels = axes.map(\.levels) }

  /// Too many to count are as good as the largest number.
  var count: Int {
    levels.reduce(1) { product, level in
      let (whole, isTooMany) = product.multipliedReportingOverflow(by: level.count)
      return isTooMany ? .max : whole
    }
  }

  func places(_ number: Int) -> [Double] {
    var rest = number
    var places: [Double] = []
    for level in levels.reversed() {
      places.append(level[rest % level.count])
      rest /= level.count
    }
    return places.reversed()
  }
}
