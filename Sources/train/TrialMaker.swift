import Bytes
import Console
import Features
import Market
import Numerics
import Research
import Training
import Workbench

/// Tries combinations of settings on one series or many: a walk forward each, judged by the search's goal.
struct TrialMaker {
  let work: WorkSettings
  let varied: [Varied]
  let slate: Slate
  private let members: [Member]
  /// Samples of earlier trials, which differ in how they learn and not in what is seen.
  private var known: [(key: String, sample: Sample)] = []
  private static let mostKnown = 4

  init(_ work: WorkSettings, _ varied: [Varied], _ slate: Slate) throws(Failure) {
    self.work = work
    self.varied = varied
    self.slate = slate
    members = try work.members(slate.series)
  }

  /// The settings a proposal stands for, beside those it leaves alone.
  func changes(_ proposal: Proposal) -> [(key: String, text: String)] {
    zip(varied, proposal.places).map { ($0.key, $0.text(at: $1)) }
  }

  /// A combination that cannot be, or cannot learn, is a failed trial and no failed search.
  mutating func result(of proposal: Proposal) -> TrialResult {
    do {
      let changed = try work.changing(changes(proposal))
      let experiment = try changed.experiment(members.map(\.symbol))
      let sample = sample(experiment, share: proposal.share)
      let walker = try experiment.walker(sample)
      let walked = Walk(
        try walker.folds.map { fold throws(TrainingError) in try walker.result(of: fold) },
        horizonBars: experiment.label.horizonBars)
      return try judged(walked.evidence, sample, changed)
    } catch let failure as Failure {
      return TrialResult(failed: failure.problems.joined(separator: "; "))
    } catch {
      return TrialResult(failed: "\(error)")
    }
  }

  private func judged(
    _ evidence: Evidence, _ sample: Sample, _ changed: WorkSettings
  ) throws(Failure) -> TrialResult {
    let scores = Scores(evidence)
    let signs = TradedDays(
      signs: evidence, of: sample, cost: changed.settings.ratio("training.cost"))
    let returns =
      work.searchGoal == .net
      ? try changed.netReturns(evidence, slate, deviation: scores.rmse) : signs
    var figures = scores.figures.map { TrialResult.Figure(name: $0.name, value: $0.value) }
    let year = Double(TradedDays.daysPerYear).squareRoot()
    let sharpe = SharpeRatio.value(of: returns.values).map { $0 * year }
    if let sharpe { figures.append(.init(name: "sharpe", value: sharpe)) }
    let value: Double?
    switch work.searchGoal {
    case .rankIC: value = scores.panel?.rankIC ?? scores.rankIC
    case .r2: value = scores.r2Zero
    // A strategy that never trades has no Sharpe ratio and is worth nothing.
    case .net: value = sharpe ?? 0
    }
    return TrialResult(
      value: value, figures: figures, returns: returns, signs: signs,
      evidence: Sha256.digest(evidence.encoded()))
  }

  /// The newest share of the history; of several trials that see the same it is made once.
  private mutating func sample(_ experiment: Experiment, share: Double) -> Sample {
    let key = "\(experiment.recipe.canonicalText)\n\(experiment.label)\n\(share)"
    if let found = known.first(where: { $0.key == key }) { return found.sample }
    let sample = experiment.sample(seen(share))
    if known.count == Self.mostKnown { known.removeFirst() }
    known.append((key, sample))
    return sample
  }

  /// The newest share of the days, of every series.
  func seen(_ share: Double) -> [Member] {
    guard share < 1 else { return members }
    let days = members.tradingDays
    let count = max(1, Int((Double(days.count) * share).rounded(.up)))
    return members.map { $0.from(days[days.count - count]) }
  }
}

extension [Member] {
  /// The days on which one of them has a bar, in order.
  var tradingDays: [TradingDay] {
    Set(flatMap { $0.bars.lazy.map(\.tradingDay) }).sorted()
  }
}
