import Console
import Features
import Market
import Numerics
import Workbench

/// What indicators cost.
enum IndicatorBench {
  /// TA-Lib's functions as our formulas; several where it returns several columns.
  static let functions: [(name: String, formulas: [String])] = [
    ("SMA", ["mean(close, 20)"]),
    ("EMA", ["ema(close, 20)"]),
    ("RSI", ["rsi(14)"]),
    (
      "MACD", ["macd(12, 26)", "ema(macd(12, 26), 9)", "macd(12, 26) - ema(macd(12, 26), 9)"]
    ),
    (
      "BBANDS",
      [
        "mean(close, 20) + 2 * std(close, 20)", "mean(close, 20)",
        "mean(close, 20) - 2 * std(close, 20)",
      ]
    ),
    ("ATR", ["atr(14)"]),
    ("ADX", ["adx(14)"]),
    ("CCI", ["cci(20)"]),
    ("STOCH", ["mean(100 * position(5), 3)", "mean(mean(100 * position(5), 3), 3)"]),
    ("OBV", ["origin(volume) + total(sign(delta(close, 1)) * volume)"]),
    ("SAR", ["sar(0.02, 0.2)"]),
  ]

  static func recipe(_ name: String, _ formulas: [String]) throws(Failure) -> Recipe {
    try recipe(name, formulas.enumerated().map { ("x\($0)", $1) })
  }

  static func recipe(
    _ name: String, _ features: [(name: String, expression: String)]
  ) throws(Failure) -> Recipe {
    do throws(RecipeError) { return try Recipe(name: name, features: features) } catch {
      throw Failure(.failed, "\(name): \(error)")
    }
  }

  /// One function over columns of numbers, as TA-Lib takes and gives them.
  static func function(
    _ name: String, _ formulas: [String], _ data: BarColumns, rounds: Int
  ) throws(Failure) -> JSON {
    let recipe = try recipe(name, formulas)
    var (last, timings): ([Double], [Timing]) = ([], [])
    for _ in 0..<rounds {
      var state = FeatureState(
        recipe, grid: BarColumns.grid, room: FeatureState.historyRoom(recipe))
      let (matrix, timing) = Timing.of { state.columns(of: data.inputs) }
      timings.append(timing)
      last = matrix.values
    }
    return line(
      "indicator-\(name)", timings, bars: data.bars.count,
      check: .list(tailMeans(last, data.bars.count).map { .number($0) }))
  }

  /// A whole recipe over bars, to a matrix of single precision.
  static func matrix(
    _ task: String, _ recipe: Recipe, _ data: BarColumns, rounds: Int, threads: Int
  ) -> JSON {
    var (timings, check): ([Timing], Double) = ([], 0)
    for _ in 0..<rounds {
      let (matrix, timing) = Timing.of {
        FeatureMatrix(recipe, bars: data.bars, grid: BarColumns.grid, workers: threads)
      }
      timings.append(timing)
      check = Checked.sum(matrix)
    }
    return line(
      task, timings, bars: data.bars.count, check: .number(check), columns: recipe.count,
      threads: threads)
  }

  /// One bar at a time; the last values must be the history's, bit for bit.
  static func live(_ task: String, _ recipe: Recipe, _ data: BarColumns) throws(Failure) -> JSON {
    let bars = Array(data.bars.prefix(100_000))
    let history = FeatureMatrix(recipe, bars: bars, grid: BarColumns.grid)
    var state = FeatureState(recipe, grid: BarColumns.grid)
    var row = [Float](repeating: 0, count: recipe.count)
    var (micros, idle): ([Double], [Double]) = ([], [])
    var chain = IdleChain()
    let (_, timing) = Timing.of {
      for bar in bars {
        let start = wallSeconds()
        _ = state.update(bar, into: &row)
        let middle = wallSeconds()
        chain.run()
        micros.append((middle - start) * 1e6)
        idle.append((wallSeconds() - middle) * 1e6)
        if micros.count == 1_000 { chain.take(seconds: micros.sorted()[500] * 1e-6) }
      }
    }
    guard row.indices.allSatisfy({ row[$0].bitPattern == history[bars.count - 1, $0].bitPattern })
    else { throw Failure(.failed, "\(task): the live row is not the history's") }
    micros.sort()
    idle.sort()
    return result(
      task, timing,
      [
        ("rows", .integer(bars.count)), ("cols", .integer(recipe.count)),
        ("p50_us", .number(micros[bars.count / 2])),
        ("p99_us", .number(micros[bars.count * 99 / 100])),
        ("idle_p50_us", .number(idle[bars.count / 2])),
        ("idle_p99_us", .number(idle[bars.count * 99 / 100])),
      ])
  }

  /// The best of several rounds, per bar; `rounds` counts the bars, so that peers may take fewer.
  private static func line(
    _ task: String, _ timings: [Timing], bars: Int, check: JSON, columns: Int = 1,
    threads: Int = 1
  ) -> JSON {
    let best = timings.min { $0.cpu < $1.cpu } ?? Timing(wall: 0, cpu: 0)
    return result(
      task, best,
      [
        ("rows", .integer(bars)), ("cols", .integer(columns)), ("threads", .integer(threads)),
        ("rounds", .integer(bars)), ("ns_per_bar", .number(best.cpu / Double(bars) * 1e9)),
        ("bars_per_cpu_s", .number(Double(bars) / best.cpu)), ("check", check),
      ])
  }

  /// The mean of the last thousand values of every column, where all starts are forgotten.
  private static func tailMeans(_ values: [Double], _ rows: Int) -> [Double] {
    stride(from: rows, through: values.count, by: rows).map { end in
      values[..<end].suffix(min(rows, 1_000)).reduce(0, +) / Double(min(rows, 1_000))
    }
  }

  /// What is compared with ta: columns in which both mean the same, over rows that a short run of
  /// theirs has too.
  private enum Checked {
    static let names: Set<String> = [
      "volatility_bbh", "trend_macd_diff", "momentum_rsi", "trend_adx", "trend_kst", "trend_cci",
    ]

    static func sum(_ matrix: FeatureMatrix) -> Double {
      let rows = 5_000..<10_000
      guard matrix.rows >= rows.upperBound else { return 0 }
      let columns = matrix.names.indices.filter { names.contains(matrix.names[$0]) }
      return columns.reduce(0) { sum, column in
        rows.reduce(sum) { $0 + Double(matrix[$1, column]) / Double(rows.count) }
      }
    }
  }
}

/// Arithmetic that touches no memory and always takes the same steps: how long it takes at its slowest is what
/// the machine's interruptions take.
private struct IdleChain {
  private var value = 1.0
  private var steps = 1_000

  @inline(never)
  mutating func run() {
    var value = value
    for _ in 0..<steps { value = value * 1.000_000_1 + 1e-9 }
    self.value = value
  }

  /// From now on takes about as long as that.
  mutating func take(seconds: Double) {
    var best = Double.infinity
    for _ in 0..<100 {
      let start = wallSeconds()
      run()
      best = min(best, wallSeconds() - start)
    }
    steps = max(1, Int(Double(steps) * seconds / best))
  }
}
