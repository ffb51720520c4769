import Console
import Features
import Numerics

extension Command {
  static let poison = Command(
    "poison", "Show that a wild value leaves nothing behind its window",
    about: """
      A random walk with 1e300, infinities and absent values near its start. `check` is the largest \
      distance between the last values and those of windows that saw none of it, in deviations; \
      above 1e-9 the command fails.
      """,
    flags: [Flag("bars", value: "N", "How long.", shownDefault: "10000000")],
    examples: [Example("poison --bars 1000000", "A shorter run")]
  ) { invocation in
    let bars = try invocation.integer("bars", in: 10_000...100_000_000) ?? 10_000_000
    let (worst, timing) = try Timing.of { try PoisonBench.worst(bars: bars) }
    invocation.terminal.print(
      result("poison", timing, [("rows", .integer(bars)), ("check", .number(worst))]))
    return worst <= 1e-9 ? .ok : .failed
  }
}

/// Whether running windows forget.
enum PoisonBench {
  private static let windows = [
    "sum(close, 20)", "mean(close, 60)", "std(close, 20)", "zscore(close, 60)", "skew(close, 30)",
    "kurt(close, 30)", "wma(close, 20)", "slope(close, 60)", "rsquare(close, 20)", "max(close, 20)",
    "argmin(close, 60)", "rank(close, 60)", "corr(close, ref(close, 1), 20)",
  ]

  /// The largest distance of the last values from those of fresh windows, in deviations.
  static func worst(bars: Int) throws(Failure) -> Double {
    let recipe = try IndicatorBench.recipe("poison", windows)
    let piece = 100_000
    var random = Xoshiro256(seed: 1)
    var state = FeatureState(recipe, grid: BarColumns.grid, room: FeatureState.historyRoom(recipe))
    var level = 4_000.0
    var (values, long): ([Double], Matrix) = ([], Matrix(rows: 0, columns: 0))
    for start in stride(from: 0, to: bars, by: piece) {
      values = (0..<min(piece, bars - start)).map { _ in
        level += 0.2 * random.normal()
        return level
      }
      if start == 0 {
        for (row, poison) in [(500, 1e300), (900, -1e300), (1_300, .infinity), (1_700, .nan)] {
          values[row] = poison
        }
      }
      long = state.columns(of: [.close: values])
    }
    let tail = Array(values.suffix(1_000))
    var fresh = FeatureState(recipe, grid: BarColumns.grid, room: FeatureState.historyRoom(recipe))
    let short = fresh.columns(of: [.close: tail])
    return (0..<windows.count).map { distance(long.column($0), short.column($0)) }.max() ?? 0
  }

  private static func distance(_ long: [Double], _ short: [Double]) -> Double {
    let pairs = zip(long.suffix(500), short.suffix(500))
    let deviation = Statistics.deviation(Array(short.suffix(500)))
    return pairs.map { abs($0 - $1) / deviation }.max() ?? 0
  }
}
