import Console
import Features
import Market
import Numerics
import Workbench

/// What a feature matrix needs of memory, and what further workers bring.
enum MatrixBench {
  struct Figures {
    let recipe: Recipe
    /// What the process had grown by, at most, while the matrix was made; the bars were there before.
    var grownMebibytes = 0.0
    /// Wall seconds of one worker and of several, pair by pair.
    var alone: [Double] = []
    var shared: [Double] = []
    /// How many processors the several had, as CPU time per wall time.
    var processors: [Double] = []
  }

  static func run(
    _ recipe: Recipe, rows: Int, workers: Int, rounds: Int
  ) throws(Failure) -> Figures {
    let bars = bars(rows)
    var figures = Figures(recipe: recipe)
    let before = peakMebibytes()
    let first = made(recipe, bars, workers: 1)
    figures.grownMebibytes = peakMebibytes() - before
    for _ in 0..<rounds {
      let (_, alone) = Timing.of { _ = made(recipe, bars, workers: 1) }
      let (matrix, shared) = Timing.of { made(recipe, bars, workers: workers) }
      guard isSame(first, matrix) else {
        throw Failure(.failed, "matrix: \(workers) workers made other numbers than one")
      }
      figures.alone.append(alone.wall)
      figures.shared.append(shared.wall)
      figures.processors.append(shared.cpu / shared.wall)
    }
    return figures
  }

  private static func made(_ recipe: Recipe, _ bars: [Bar], workers: Int) -> FeatureMatrix {
    FeatureMatrix(recipe, bars: bars, grid: BarColumns.grid, workers: workers)
  }

  private static func isSame(_ left: FeatureMatrix, _ right: FeatureMatrix) -> Bool {
    left.values.values.elementsEqual(right.values.values) { $0.bitPattern == $1.bitPattern }
  }

  /// A walk of minutes.
  private static func bars(_ count: Int) -> [Bar] {
    var random = Xoshiro256(seed: 1)
    var last: Int64 = 400_000
    return (0..<count).map { row in
      let open = last
      last = max(1_000, last + Int64(random.int(in: -200...200)))
      let volume = Int64(1 + random.int(below: 1_000))
      return Bar(
        instrument: InstrumentIndex(0), tradingDay: TradingDay(days: Int32(row / 1_440)),
        closedAt: Instant(seconds: 60 * Int64(row)), open: Price(units: open),
        high: Price(units: max(open, last) + Int64(random.int(below: 50))),
        low: Price(units: min(open, last) - Int64(random.int(below: 50))),
        close: Price(units: last), volume: volume, turnover: Double(volume * last) / 100)
    }
  }
}

extension Command {
  static let matrix = Command(
    "matrix", "A feature matrix: its memory, and a second worker",
    about: """
      90 features of the recipes ta and alpha158 over made-up minute bars. `grown_mb` is what the \
      process grew by while the first matrix was made, `memory_ratio` that over the raw floats. \
      Then one worker and several take turns: `speedup` is the median ratio of wall times, and \
      `processors` says how many the several had to themselves: on a busy machine the former says \
      nothing without the latter. All matrices must be the same bytes.
      """,
    flags: [
      Flag("rows", value: "N", "Bars.", shownDefault: "1000000"),
      Flag("threads", value: "N", "Workers that share the columns.", shownDefault: "2"),
      Flag("rounds", value: "N", "Pairs of runs.", shownDefault: "3"),
    ],
    examples: [Example("matrix --rounds 5", "Memory and speed-up of two workers")]
  ) { invocation in
    let rows = try invocation.integer("rows", in: 1_000...20_000_000) ?? 1_000_000
    let workers = try invocation.integer("threads", in: 1...256) ?? 2
    let rounds = try invocation.integer("rounds", in: 1...1_000) ?? 3
    let home = try Home.find()
    let recipes = [try RecipeFile.read("ta", in: home), try RecipeFile.read("alpha158", in: home)]
    let features = recipes.flatMap {
      zip($0.names, $0.formulas).map { (name: $0, expression: $1) }
    }
    let recipe = try IndicatorBench.recipe("ninety", Array(features.prefix(90)))
    let start = (wallSeconds(), cpuSeconds())
    let figures = try MatrixBench.run(recipe, rows: rows, workers: workers, rounds: rounds)
    let timing = Timing(wall: wallSeconds() - start.0, cpu: cpuSeconds() - start.1)
    let raw = Double(rows * recipe.count * 4) / 1_048_576
    let ratios = zip(figures.alone, figures.shared).map { $0 / $1 }.sorted()
    let processors = figures.processors.sorted()
    invocation.terminal.print(
      result(
        "matrix", timing,
        [
          ("rows", .integer(rows)), ("cols", .integer(recipe.count)),
          ("threads", .integer(workers)), ("raw_mb", .number(raw)),
          ("grown_mb", .number(figures.grownMebibytes)),
          ("memory_ratio", .number(figures.grownMebibytes / raw)),
          ("speedup", .number(ratios[ratios.count / 2])),
          ("speedup_least", .number(ratios[0])),
          ("speedup_most", .number(ratios[ratios.count - 1])),
          ("processors", .number(processors[processors.count / 2])),
        ]))
    return .ok
  }
}
