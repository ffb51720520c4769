internal import Market
public import ModelStore
public import Numerics

/// What is left of a trial's figures once everything else that was tried on the same days is counted.
///
/// All of it comes from the ledger: the number of trials and how they vary for the deflated Sharpe ratio, their
/// returns for the probability of overfitting and the test of superior ability, their p values for the corrections.
/// It describes the plain strategy of signs at the ledger's cost, and no desk's.
public struct TrialVerdict: Sendable {
  /// How often the hold-out — this data, these days — was looked at, this time included.
  public let looks: Int
  /// Different finished trials on these series and days, this one included.
  public let trials: Int
  /// The mean correlation of their daily returns, and what so many count for at that; `nil` for one trial.
  public let correlation: Double?
  public let independent: Double
  /// Of this trial's daily returns; `nil` where they never vary.
  public let sharpe: SharpeRatio?
  /// The variance of the trials' daily ratios.
  public let variance: Double
  public let overfitting: Overfitting?
  /// The range of the same probability for trials as these, none with skill.
  public let overfittingChance: ClosedRange<Double>?
  /// Whether the best of the trials earned more than nothing.
  public let superiority: SuperiorAbility?
  /// The one-sided p of this trial's Clark–West t, and what it comes to beside the others'.
  public let p: Double?
  public let corrected: [Corrected]
  /// Days over which the trials are compared.
  public let commonDays: Int

  public struct Corrected: Hashable, Sendable {
    public let correction: Correction
    public let p: Double
  }

  /// Blocks of the days for the probability of overfitting: sixteen would take two hundred times as long to hold
  /// against chance.
  static let blocks = 8
  /// Days that a mean block of the bootstrap holds.
  static let blockDays = 10.0

  /// The verdict on a finished trial; `nil` where the ledger holds no such one.
  public init?(on number: Int, in book: TrialBook) {
    guard let trial = book.trials.first(where: { $0.number == number }),
      let answer = trial.answer
    else { return nil }
    let question = trial.question
    let own = SharpeRatio(answer.daily.returns)
    // A refresh is judged among the trials, though it is none.
    let others = book.rivals(of: question).filter { !$0.question.isSame(as: question) }
    let all = [trial] + others
    let ratios = all.compactMap { $0.answer.flatMap { SharpeRatio($0.daily.returns)?.value } }
    let aligned = Self.aligned(all)
    looks = book.looks(data: question.data, testFrom: question.testFrom, testTo: question.testTo)
    trials = all.count
    sharpe = own
    variance = ratios.count > 1 ? Statistics.variance(ratios) : 0
    commonDays = aligned.first?.count ?? 0
    correlation = Self.correlation(aligned)
    independent = SharpeRatio.independent(trials: all.count, correlation: correlation ?? 0)
    overfitting = commonDays >= 40 ? Overfitting(aligned, blocks: Self.blocks) : nil
    overfittingChance =
      overfitting == nil
      ? nil
      : Overfitting.chance(aligned, blocks: Self.blocks, meanBlock: Self.blockDays)
    superiority = SuperiorAbility(gains: aligned, meanBlock: Self.blockDays, draws: 1_000)
    let values = all.map { $0.metric("clark-west").map { 1 - normalCdf($0) } }
    p = values[0]
    corrected =
      p == nil
      ? []
      : Correction.allCases.map {
        Corrected(correction: $0, p: $0.applied(to: values.compactMap { $0 })[0])
      }
  }

  /// The probability that the true ratio lies above nothing, as if nothing else had been tried.
  public var probability: Double? { sharpe?.probability() }

  /// The same above what the best of so many without skill would show.
  public var deflated: Double? {
    sharpe?.deflated(trials: Double(trials), variance: variance)
  }

  /// The same with trials counted for what their returns leave of them.
  public var deflatedIndependent: Double? {
    sharpe?.deflated(trials: independent, variance: variance)
  }

  /// Days of such returns before the ratio is above nothing with 95 %.
  public var neededDays: Double? { sharpe?.neededCount() }

  /// Names and values in the order of a table, absent ones left out.
  public var figures: [(name: String, value: Double)] {
    let all: [(String, Double?)] =
      [
        ("looks", Double(looks)), ("trials", Double(trials)),
        ("independent-trials", independent), ("mean-correlation", correlation),
        ("daily-sharpe", sharpe?.value), ("psr", probability), ("dsr", deflated),
        ("dsr-independent", deflatedIndependent),
        ("needed-days", neededDays.flatMap { $0.isFinite ? $0 : nil }),
        ("common-days", Double(commonDays)), ("pbo", overfitting?.probability),
        ("pbo-chance-low", overfittingChance?.lowerBound),
        ("pbo-chance-high", overfittingChance?.upperBound),
        ("spa-lower", superiority?.lower), ("spa-consistent", superiority?.consistent),
        ("spa-upper", superiority?.upper), ("p", p),
      ] + corrected.map { ("p-\($0.correction.rawValue)", $0.p) }
    return all.compactMap { name, value in value.map { (name, $0) } }
  }

  /// Returns over the days that all have, of those trials that have most of the first one's.
  static func aligned(_ trials: [Trial]) -> [[Double]] {
    let series = trials.compactMap(\.answer?.daily)
    guard let own = series.first, !own.days.isEmpty else { return [] }
    let wanted = Set(own.days)
    let near = series.filter { one in
      10 * one.days.count { wanted.contains($0) } >= 9 * wanted.count
    }
    let common = near.reduce(wanted) { $0.intersection($1.days) }
    return near.map { one in
      zip(one.days, one.returns).filter { common.contains($0.0) }.map(\.1)
    }
  }

  /// The mean over all pairs that vary.
  static func correlation(_ series: [[Double]]) -> Double? {
    var found: [Double] = []
    for (place, one) in series.enumerated() {
      for other in series[(place + 1)...] {
        let value = Statistics.pearson(one, other)
        if value.isFinite { found.append(value) }
      }
    }
    return found.isEmpty ? nil : Statistics.mean(found)
  }
}
