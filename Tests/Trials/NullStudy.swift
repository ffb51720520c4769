internal import Features
internal import Market
public import Models
internal import Numerics
public import Training

/// Markets in which nothing can be foretold, forecast all the same: how often a test of skill cries out.
public struct NullStudy: Sendable {
  /// Of each seed in order, the scores of its walk.
  public let scores: [Scores]
  public let seeds: ClosedRange<Int>

  static let bars = 4_000
  static let barsPerDay = 20
  public static let horizonBars = 5

  /// One market for each seed; the number of workers changes no result. With `isExchanged` labels are exchanged in
  /// blocks longer than their horizon, so that they tell nothing of the market that there is.
  public init(
    _ parameters: ModelParameters, seeds: ClosedRange<Int>, isExchanged: Bool = false,
    workers: Int = 1
  ) throws(TrainingError) {
    let found = parallelMap(chunks: seeds.count, workers: workers) { chunk in
      Result { () throws(TrainingError) in
        try Self.scores(parameters, UInt64(seeds.lowerBound + chunk), isExchanged)
      }
    }
    var scores: [Scores] = []
    for one in found { scores.append(try one.get()) }
    self.scores = scores
    self.seeds = seeds
  }

  /// Seeds at which a one-sided test at 5 % cries out.
  public var clarkWest: Int { scores.count { ($0.clarkWest ?? 0) > 1.645 } }
  public var rankIC: Int { scores.count { ($0.rankICT ?? 0) > 1.645 } }
  /// Seeds with an R² above 0.2 %.
  public var explained: Int { scores.count { ($0.r2Zero ?? 0) > 0.002 } }
  public var meanR2: Double { Statistics.mean(scores.compactMap(\.r2Zero)) }

  /// The most that chance allows of so many seeds in all but one of forty cases.
  public var most: Int {
    (0...scores.count).last {
      binomialTail(atLeast: $0, trials: scores.count, probability: 0.05) > 0.025
    } ?? 0
  }

  public var holds: Bool { max(clarkWest, rankIC, explained) <= most }

  private static func scores(
    _ parameters: ModelParameters, _ seed: UInt64, _ isExchanged: Bool
  ) throws(TrainingError) -> Scores {
    let bars = market(seed)
    guard let recipe = try? Recipe.stationary() else {
      preconditionFailure("the shipped recipe reads")
    }
    var labels = Labels(LabelDefinition(horizonBars: horizonBars), bars: bars)
    if isExchanged { labels = exchanged(labels, seed) }
    let sample = Sample(
      FeatureMatrix(recipe, bars: bars, grid: Grid(decimals: 2)), labels,
      settlingBars: recipe.warmUp.settlingBars)
    let plan = try FoldPlan(
      window: .expanding, firstDays: 60, testDays: 70, embargoBars: horizonBars)
    return Scores(
      try walk(sample, plan: plan, parameters: parameters, horizonBars: horizonBars).evidence)
  }

  /// A random walk with volatility that clusters (GARCH) and fat tails, six steps within each bar; each step is
  /// expected to leave the price where it was, so that no simple return can be foretold.
  private static func market(_ seed: UInt64) -> [Bar] {
    var generator = Xoshiro256(seed: seed)
    var (variance, shock) = (1.0, 0.0)
    var price = 1_000_000.0
    return (0..<bars).map { row in
      variance = 0.03 + 0.89 * variance + 0.08 * shock * shock
      shock = variance.squareRoot() * generator.studentT(degrees: 6) / 1.5.squareRoot()
      let (open, spread) = (price, abs(shock))
      var (high, low) = (price, price)
      let step = 0.002 * max(spread, 0.05)
      for _ in 0..<6 {
        price *= exp(step * generator.normal() - step * step / 2)
        (high, low) = (max(high, price), min(low, price))
      }
      let volume = exp(8 + 0.5 * log(variance) + 0.4 * generator.normal())
      func units(_ value: Double) -> Price { Price(units: Int64(value.rounded())) }
      return Bar(
        instrument: InstrumentIndex(0),
        tradingDay: TradingDay(days: Int32(17_000 + row / barsPerDay)),
        closedAt: Instant(seconds: 1_500_000_000 + Int64(row) * 3_600), open: units(open),
        high: units(high), low: units(low), close: units(price), volume: Int64(volume))
    }
  }

  /// The same labels less their mean, in another order, block by block; spans and instants stay where they are. With
  /// their mean, what is learned from would tell what is asked: dealt anew, both have it.
  private static func exchanged(_ labels: Labels, _ seed: UInt64) -> Labels {
    let block = 4 * horizonBars
    var generator = Xoshiro256(seed: seed &+ 1_000_000)
    let whole = labels.values.prefix { $0.isFinite }.count / block
    let order = generator.permutation(whole)
    let mean = Statistics.mean(labels.values.filter(\.isFinite))
    let centred = labels.values.map { $0 - mean }
    var values = centred
    for (place, other) in order.enumerated() {
      for row in 0..<block { values[place * block + row] = centred[other * block + row] }
    }
    return Labels(values: values, spans: labels.spans, knownAt: labels.knownAt)
  }
}
