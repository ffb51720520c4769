public import Console
public import Market
import Numerics
import Training
public import Workbench

/// Many trials of one kind of market, and what they say together.
public struct SkillStudy: Sendable {
  public let kind: MarketKind
  public let trials: [SkillTrial]

  /// One trial for each seed from 1; the number of workers changes no result.
  public init(
    _ kind: MarketKind, seeds: Int, days: ClosedRange<TradingDay>, work: WorkSettings,
    workers: Int = 1
  ) throws(Failure) {
    let found = parallelMap(chunks: seeds, workers: workers) { seed in
      Result { () throws(Failure) in
        try SkillTrial(kind, seed: UInt64(seed + 1), days: days, work: work)
      }
    }
    var trials: [SkillTrial] = []
    for result in found { trials.append(try result.get()) }
    self.kind = kind
    self.trials = trials
  }

  /// A mean over seeds with its 95 % interval: mean ± t · s / √n.
  public struct Estimate: Hashable, Sendable {
    public let mean: Double
    public let interval: ClosedRange<Double>

    init(_ values: [Double]) {
      let mean = Statistics.mean(values)
      let error = Statistics.deviation(values) / Double(values.count).squareRoot()
      let reach = error.isFinite ? Self.quantile(degrees: values.count - 1) * error : 0
      self.mean = mean
      interval = mean - reach...mean + reach
    }

    /// The t that |T| exceeds in one of twenty cases, found by halving.
    private static func quantile(degrees: Int) -> Double {
      var (low, high) = (0.0, 1_000.0)
      for _ in 0..<80 {
        let middle = (low + high) / 2
        if studentTwoSided(middle, degrees: Double(degrees)) > 0.05 {
          low = middle
        } else {
          high = middle
        }
      }
      return high
    }
  }

  public var netPerDay: Estimate { Estimate(trials.map(\.netPerDay)) }
  public var grossPerDay: Estimate { Estimate(trials.map(\.grossPerDay)) }
  /// Absent where the forecasts of a seed had nothing to be measured by.
  public var rSquared: Estimate { Estimate(trials.compactMap(\.scores.r2Zero)) }
  public var tripsPerDay: Estimate {
    Estimate(trials.map { Double($0.trips) / Double($0.tradingDays) })
  }
  public var gains: Int { trials.count { $0.net > .zero } }

  /// How many trials the test of Clark and West calls skill at 5 %.
  public var clarkWestRejections: Int { trials.count { ($0.scores.clarkWest ?? 0) > 1.645 } }

  /// The chance of so many rejections or more where each has one of 5 %.
  public var clarkWestChance: Double {
    binomialTail(atLeast: clarkWestRejections, trials: trials.count, probability: 0.05)
  }
}
