import Bytes
import Console
import Features
import Market
import Numerics
import Research
import Training
import Workbench

/// Tries combinations of settings on one market: a walk forward each, judged by the search's goal.
struct TrialMaker {
  let work: WorkSettings
  let varied: [Varied]
  let slate: Slate
  private var series: LoadedSeries { slate.series[0] }
  /// Samples of earlier trials, which differ in how they learn and not in what is seen.
  private var known: [(key: String, sample: Sample)] = []
  private static let mostKnown = 4

  init(_ work: WorkSettings, _ varied: [Varied], _ slate: Slate) {
    self.work = work
    self.varied = varied
    self.slate = slate
  }

  /// The settings a proposal stands for, beside those it leaves alone.
  func changes(_ proposal: Proposal) -> [(key: String, text: String)] {
    zip(varied, proposal.places).map { ($0.key, $0.text(at: $1)) }
  }

  /// A combination that cannot be, or cannot learn, is a failed trial and no failed search.
  mutating func result(of proposal: Proposal) -> TrialResult {
    do {
      let changed = try work.changing(changes(proposal))
      let experiment = try changed.experiment(try changed.oneSymbol())
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
    case .rankIC: value = scores.rankIC
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
    let first = firstBar(share)
    let sample = experiment.sample(
      Array(series.bars[first...]), grid: series.grid, marks: series.marks,
      isTradable: series.isTradable.map { Array($0[first...]) })
    if known.count == Self.mostKnown { known.removeFirst() }
    known.append((key, sample))
    return sample
  }

  func firstBar(_ share: Double) -> Int {
    guard share < 1 else { return 0 }
    let bars = series.bars
    let starts = bars.indices.filter { $0 == 0 || bars[$0].tradingDay != bars[$0 - 1].tradingDay }
    let days = max(1, Int((Double(starts.count) * share).rounded(.up)))
    return starts[starts.count - days]
  }
}
