import Numerics
import Testing

@testable import Training

@Suite struct SearchTests {
  private func axes() throws -> [SearchAxis] {
    [
      try SearchAxis("leaves", .whole(2...64, isLogarithmic: true)),
      try SearchAxis("rate", .logarithmic(0.001...0.5)),
      try SearchAxis("share", .linear(0...1)),
      try SearchAxis("loss", .choice(of: 3)),
    ]
  }

  /// A hill: 16 leaves, a rate of 0.03, a share of 0.7, the second choice; 0 at its top.
  private func hill(_ axes: [SearchAxis], _ proposal: Proposal) -> Double {
    let values = axes.indices.map { axes[$0].value(at: proposal.places[$0]) }
    let leaves = log(values[0] / 16)
    let rate = log(values[1] / 0.03) / 2
    let share = 2 * (values[2] - 0.7)
    return -(leaves * leaves + rate * rate + share * share) - (values[3] == 1 ? 0 : 0.5)
  }

  private func run(
    _ method: Search.Method, trials: Int, seed: UInt64,
    _ value: ([SearchAxis], Proposal) -> Double?
  ) throws -> Search {
    let axes = try axes()
    var search = try Search(axes, by: method, trials: trials, seed: seed)
    while !search.isFinished {
      for proposal in search.open { search.tell(proposal.number, value(axes, proposal)) }
    }
    return search
  }

  private func best(_ method: Search.Method, seed: UInt64) throws -> Double {
    let search = try run(method, trials: 80, seed: seed, hill)
    #expect(search.trials.count == 80)
    return try #require(search.best.first?.value)
  }

  @Test func learningBeatsChance() throws {
    let seeds = 1...20 as ClosedRange<UInt64>
    let chance = try seeds.map { try best(.random, seed: $0) }
    for method in [Search.Method.tpe, .genetic] {
      let found = try seeds.map { try best(method, seed: $0) }
      let wins = zip(found, chance).count { $0 > $1 }
      #expect(wins >= 17, "\(method): better in \(wins) of 20")
      #expect(
        Statistics.median(found) > Statistics.median(chance) / 3,
        "\(method): \(Statistics.median(found)) against \(Statistics.median(chance))")
    }
  }

  @Test func aGridIsWhole() throws {
    let axes = [
      try SearchAxis("a", .linear(0...1), steps: 3), try SearchAxis("b", .choice(of: 2)),
      try SearchAxis("c", .whole(5...7, isLogarithmic: false)),
      try SearchAxis("d", .logarithmic(0.01...1), steps: 3),
    ]
    var search = try Search(axes, by: .grid, trials: 54, seed: 1)
    #expect(search.count == 54)
    while !search.isFinished { for one in search.open { search.tell(one.number, 0) } }
    let values = search.trials.map { trial in
      axes.indices.map { axes[$0].value(at: trial.proposal.places[$0]) }
    }
    #expect(Set(values).count == 54)
    for (axis, wanted) in [[0, 0.5, 1], [0, 1], [5, 6, 7], [0.01, 0.1, 1]].enumerated() {
      let found = Set(values.map { $0[axis] }).sorted()
      #expect(found.count == wanted.count)
      for (one, other) in zip(found, wanted) { #expect(abs(one - other) < 1e-12, "axis \(axis)") }
    }
    #expect(throws: TrainingError.self) { try Search(axes, by: .grid, trials: 53, seed: 1) }
  }

  @Test(arguments: Search.Method.allCases.filter { $0 != .grid })
  func theSameSeedAsksTheSame(_ method: Search.Method) throws {
    let one = try run(method, trials: 40, seed: 3, hill)
    #expect(try run(method, trials: 40, seed: 3, hill).trials == one.trials)
    #expect(try run(method, trials: 40, seed: 4, hill).trials != one.trials)
    #expect(one.trials.map(\.proposal.number) == Array(0..<one.count))
  }

  /// Told in another order, or taken up from what was told before, it goes on as if undisturbed.
  @Test(arguments: [Search.Method.random, .genetic, .tpe, .halving])
  func neitherOrderNorBreakMatters(_ method: Search.Method) throws {
    let whole = try run(method, trials: 40, seed: 5, hill)
    let axes = try axes()
    var generator = Xoshiro256(seed: 9)
    for stop in [0, 7, 13, 29] {
      var search = try Search(axes, by: method, trials: 40, seed: 5)
      while !search.isFinished {
        if search.trials.count >= stop {
          // Taken up: a new search hears all that the old one was told.
          let told = search.trials
          search = try Search(axes, by: method, trials: 40, seed: 5)
          for trial in told { search.tell(trial.proposal.number, trial.value) }
        }
        let open = search.open
        for place in generator.permutation(open.count) {
          search.tell(open[place].number, hill(axes, open[place]))
        }
      }
      #expect(search.trials == whole.trials, "after \(stop)")
    }
  }

  @Test(arguments: Search.Method.allCases.filter { $0 != .grid })
  func failuresAreBornAndNeverTheBest(_ method: Search.Method) throws {
    let search = try run(method, trials: 45, seed: 6) { axes, proposal in
      proposal.places[2] < 0.6 ? nil : hill(axes, proposal)
    }
    #expect(search.trials.contains { $0.value == nil })
    #expect(search.best.allSatisfy { $0.value != nil && $0.proposal.places[2] >= 0.6 })
    #expect(try run(method, trials: 30, seed: 6) { _, _ in nil }.best.isEmpty)
  }

  @Test func halvingKeepsTheBestThird() throws {
    let search = try run(.halving, trials: 20, seed: 7, hill)
    #expect(search.combinations == 20 && search.count == 20 + 7 + 3)
    let rungs = [0..<20, 20..<27, 27..<30].map { search.trials[$0] }
    for (rung, share) in [1.0 / 9, 1.0 / 3, 1].enumerated() {
      #expect(rungs[rung].allSatisfy { abs($0.proposal.share - share) < 1e-12 })
    }
    for rung in 1..<3 {
      let before = Search.ranked(Array(rungs[rung - 1])).map(\.proposal.places)
      #expect(rungs[rung].map(\.proposal.places) == Array(before.prefix(rungs[rung].count)))
    }
    #expect(search.best.count == 3)
    #expect(try run(.halving, trials: 2, seed: 7, hill).count == 2)
  }

  @Test func axesKnowTheirValues() throws {
    let whole = try SearchAxis("n", .whole(1...4, isLogarithmic: false))
    let values = (0..<400).map { whole.value(at: (Double($0) + 0.5) / 400) }
    for value in 1...4 { #expect(values.count { $0 == Double(value) } == 100) }
    for axis in try axes() {
      for share in stride(from: 0.0, through: 1, by: 0.01) {
        let settled = axis.settled(share)
        #expect(axis.settled(settled) == settled, "\(axis.name) at \(share)")
        let (one, other) = (axis.value(at: settled), axis.value(at: share))
        #expect(abs(one - other) <= 1e-12 * abs(other), "\(axis.name) at \(share)")
      }
    }
    let rate = try SearchAxis("r", .logarithmic(0.01...1))
    #expect(rate.value(at: 0) == 0.01 && rate.value(at: 1) == 1)
    #expect(abs(rate.value(at: 0.5) - 0.1) < 1e-15)
    for bad in [
      SearchAxis.Values.logarithmic(0...1), .linear(0 ... .infinity), .choice(of: 0),
      .whole(0...9, isLogarithmic: true),
    ] { #expect(throws: TrainingError.self) { try SearchAxis("x", bad) } }
    #expect(throws: TrainingError.self) { try SearchAxis("x", .linear(0...1), steps: 1) }
    for bad in [[], [whole, whole]] {
      #expect(throws: TrainingError.self) { try Search(bad, by: .random, trials: 3, seed: 1) }
    }
  }
}
