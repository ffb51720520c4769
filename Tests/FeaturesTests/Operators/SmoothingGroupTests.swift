import Features
import Numerics
import Testing

/// Means that a recipe runs side by side are what each would be alone, whoever the others are.
@Suite struct SmoothingGroupTests {
  /// They begin on different rows, and each has holes of its own: before its past, and where a root has none.
  private static let means = [
    "ema(turnover, 3)", "wilder(ref(turnover, 7), 5)", "ema(sqrt(turnover), 2)",
    "wilder(turnover, 60)", "ema(ref(sqrt(turnover), 2), 9)", "ema(turnover, 1)",
    "wilder(turnover, 2)", "ema(ref(turnover, 40), 26)", "wilder(sqrt(turnover), 14)",
  ]

  @Test(arguments: 1...9) func groupsOfAnySizeChangeNothing(size: Int) throws {
    for (name, values) in Series.hard(seed: 23, count: 1_600) {
      let carried = Series.carrying(values)
      let together = try Series.columns(Array(Self.means.prefix(size)), carried, pieces: 5)
      for (mean, column) in zip(Self.means, together) {
        let alone = try Series.column(mean, carried)
        for row in values.indices {
          holds(
            column[row].bitPattern == alone[row].bitPattern
              || column[row].isNaN && alone[row].isNaN,
            "\(mean) of \(size) on \(name), row \(row): \(column[row]) and not \(alone[row])")
        }
      }
    }
  }

  /// The recursion itself, written down: a hole of one member neither moves it nor stops the others.
  @Test func aHoleOfOneIsNoHoleOfTheOthers() throws {
    let values = (0..<200).map { $0 % 17 == 5 ? -1.0 : Double($0 * $0 % 101) }
    let words = ["ema(turnover, 4)", "ema(sqrt(turnover), 4)", "wilder(turnover, 4)"]
    let columns = try Series.columns(words, Series.carrying(values), pieces: 7)
    let roots = values.map { $0.squareRoot() }
    for (inputs, weight, column) in [
      (values, 0.4, columns[0]), (roots, 0.4, columns[1]), (values, 0.25, columns[2]),
    ] {
      var (mean, seed) = (0.0, [Double]())
      for row in values.indices {
        guard !inputs[row].isNaN else {
          holds(column[row].isNaN, "row \(row)")
          continue
        }
        if seed.count < 4 {
          seed.append(inputs[row])
          mean = seed.reduce(0, +) / 4
        } else {
          mean += weight * (inputs[row] - mean)
        }
        holds(seed.count < 4 ? column[row].isNaN : abs(column[row] - mean) < 1e-10, "row \(row)")
      }
    }
  }
}
