import Market
import Numerics
import Testing

@testable import Features

/// What holds for every word of the recipe language, whatever it computes.
@Suite struct PropertyTests {
  /// One call of every word, over different inputs of the bar.
  static let calls: [String] = Vocabulary.functions.map { function in
    // A stop that never speeds up would never turn.
    if function.name.hasPrefix("sar") { return "\(function.name)(0.02, 0.2)" }
    var series = ["close", "volume", "open"].makeIterator()
    let arguments = function.parameters.enumerated().map { index, parameter in
      switch parameter {
      case .series, .usual, .framed: series.next() ?? "high"
      case .bars: "\(4 + 3 * index)"
      case .number: "\(index)"
      case .share: "0.\(index)"
      }
    }
    return "\(function.name)(\(arguments.joined(separator: ", ")))"
  }

  private func state(_ call: String, room: Int = 512) throws -> FeatureState {
    let recipe = try Recipe(name: "one", features: [("x", call)])
    return FeatureState(recipe, grid: Series.grid, room: room)
  }

  /// The values of some numbers given as every input, from where the state stands.
  private func run(_ state: inout FeatureState, _ numbers: ArraySlice<Double>) -> [UInt64] {
    var bits: [UInt64] = []
    while bits.count < numbers.count {
      let rest = numbers.dropFirst(bits.count).prefix(state.tapes.freeRows())
      state.take(rows: rest.count) { _, tape in
        for (row, value) in rest.enumerated() { tape[row] = value }
      }
      state.showLast(rest.count) { bits.append(contentsOf: $1.map(Self.bits)) }
    }
    return bits
  }

  /// One NaN for all, as a feature knows only one.
  private static func bits(_ value: Double) -> UInt64 {
    value.isNaN ? Double.nan.bitPattern : value.bitPattern
  }

  @Test(arguments: [1, 2] as [UInt64])
  func streamingIsTheColumn(seed: UInt64) throws {
    let bars = Series.market(500, seed: seed)
    for call in Self.calls {
      let history = try Series.column(call, bars).map(Self.bits)
      for room in [1, 13] {
        let live = try Series.column(call, bars, room: room).map(Self.bits)
        #expect(live == history, "\(call) seed \(seed) room \(room)")
      }
    }
  }

  @Test(arguments: [3, 4] as [UInt64])
  func prefixesAreTheHistory(seed: UInt64) throws {
    let bars = Series.market(400, seed: seed)
    var random = Xoshiro256(seed: seed)
    for call in Self.calls {
      let history = try Series.column(call, bars).map(Self.bits)
      for cut in [0, 1, 399] + (0..<5).map({ _ in random.int(below: 400) }) {
        let part = try Series.column(call, Array(bars[..<cut])).map(Self.bits)
        #expect(part == Array(history[..<cut]), "\(call) seed \(seed) cut \(cut)")
      }
    }
  }

  /// Hard series are given as numbers, for no bar may carry them.
  @Test func aCopyTakenMidStreamGoesOnAsTheOriginal() throws {
    for (name, values) in Series.hard(seed: 5, count: 1_600) {
      for call in Self.calls {
        var straight = try state(call)
        let whole = run(&straight, values[...])
        var original = try state(call, room: 31)
        var row = 0
        for cut in [1, 100, 401, 777, 1_300] {
          #expect(run(&original, values[row..<cut]) == Array(whole[row..<cut]), "\(call) \(name)")
          var copy = original
          let ahead = run(&copy, values[cut..<cut + 150])
          #expect(ahead == Array(whole[cut..<cut + 150]), "\(call) \(name) cut \(cut)")
          row = cut
        }
      }
    }
  }

  @Test func oddNumbersNeverTrap() throws {
    let constants = [
      0.0, -0.0, 1, -7, 1e300, -1e300, .nan, .infinity, -.infinity, Double.leastNonzeroMagnitude,
    ]
    for call in Self.calls {
      var empty = try state(call)
      #expect(run(&empty, []).isEmpty)
      for constant in constants {
        var state = try state(call)
        let column = run(&state, Array(repeating: constant, count: 90)[...])
        #expect(column.count == 90, "\(call) of \(constant)")
      }
    }
  }

  /// Words that remember up to the last change of day or contract, which these series do not have.
  private static let countedFromMarks: Set = [
    "breakminutes(0)", "daybars()", "daygap()", "dayminutes()", "rollbars()",
  ]

  /// One absent or giant value moves nothing once its window and its memory are over.
  @Test(arguments: [Double.nan, .infinity, 1e300, -1e300])
  func whatLeftTheWindowIsForgotten(poison: Double) throws {
    var random = Xoshiro256(seed: 6)
    let clean = (0..<1_500).map { _ in 50 + random.normal() }
    var poisoned = clean
    poisoned[300] = poison
    for call in Self.calls where !Self.countedFromMarks.contains(call) {
      let warmUp = try Recipe(name: "one", features: [("x", call)]).warmUp
      guard !warmUp.isEndless else { continue }
      let (sound, struck) = try (
        Series.column(call, Series.carrying(clean)), Series.column(call, Series.carrying(poisoned))
      )
      let values = sound.filter(\.isFinite).map { Float80($0) }
      guard !values.isEmpty else { continue }
      let deviation = Double(Series.moments(values).deviation)
      for row in (300 + warmUp.settlingBars + 1)..<clean.count where sound[row].isFinite {
        let error = abs(sound[row] - struck[row])
        // A column that stands still has no deviation to speak of.
        let limit = max(1e-6 * deviation, 1e-12 * abs(sound[row]))
        holds(error <= limit, "\(call) \(poison) row \(row): \(struck[row]), \(sound[row])")
        guard error <= limit else { break }
      }
    }
  }
}
