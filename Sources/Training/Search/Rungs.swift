/// Successive halving: many combinations on a small newest part of the history, the best third of
/// them on three times as much, the last few on all of it.
struct Rungs {
  private static let factor = 3
  private static let most = 3

  /// Trials of each rung.
  let counts: [Int]

  init(combinations: Int) {
    var counts = [combinations]
    while counts.count < Self.most, let last = counts.last, last >= Self.factor {
      counts.append((last + Self.factor - 1) / Self.factor)
    }
    self.counts = counts
  }

  /// The share of the history a rung is tried on.
  func share(_ rung: Int) -> Double {
    (rung..<counts.count - 1).reduce(1) { share, _ in share / Double(Self.factor) }
  }

  /// The next rung: drawn, or the best of the one before.
  func rung(after trials: [SearchTrial], draw: () -> [Double]) -> [Proposal] {
    var (rung, first) = (0, 0)
    while first < trials.count {
      first += counts[rung]
      rung += 1
    }
    guard rung > 0 else { return (0..<counts[0]).map { Proposal($0, draw(), share: share(0)) } }
    let before = trials.suffix(counts[rung - 1])
    // Where too few succeeded, those that failed are tried once more on longer histories.
    let ranked =
      Search.ranked(Array(before)) + before.filter { $0.value == nil }
    return ranked.prefix(counts[rung]).enumerated().map { place, trial in
      Proposal(first + place, trial.proposal.places, share: share(rung))
    }
  }
}
