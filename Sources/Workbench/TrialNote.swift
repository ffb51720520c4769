public import Bytes
public import Console
import Features
public import Market
public import ModelStore
public import Research
public import Training

/// One trial in the ledger, from its question to its answer.
///
/// It is noted before the first fold is forecast: a walk that was cut short, or whose figures nobody liked, has looked
/// at the hold-out all the same.
public struct TrialNote: Sendable {
  public let number: Int
  public let question: TrialQuestion
  private let ledger: TrialLedger
  private let cost: Double

  /// A refresh asks nothing new; the ledger takes it as one only where the same was asked of older data.
  public init(
    _ work: WorkSettings, symbols: [Symbol], data: Digest, recipe: String, label: String,
    model: String, sample: Sample, folds: [Fold], isRefresh: Bool = false
  ) throws(Failure) {
    guard let first = folds.first, let last = folds.last,
      let from = sample.features.instants.first, let to = sample.features.instants.last
    else { throw Failure(.data, "there is no fold to forecast") }
    var question = TrialQuestion(
      purpose: .trial, build: buildName(), data: data, from: from, to: to,
      testFrom: first.testFrom, testTo: last.testTo,
      symbols: symbols.map(\.description).joined(separator: " "),
      interval: work.interval.name, label: label, recipe: Sha256.digest(recipe),
      model: model, parameters: work.trialText, seed: work.trialSeed, folds: work.foldText)
    try makeFolder(work.modelsFolder)
    let ledger = TrialLedger(folder: work.modelsFolder)
    do throws(StoreError) {
      if isRefresh, try ledger.read().holds(questionOf: question) { question.purpose = .refresh }
      number = try ledger.begin(question, at: wallClock())
    } catch { throw Failure(.store, "\(error)") }
    self.question = question
    self.ledger = ledger
    cost = work.settings.ratio("training.cost")
  }

  /// Notes what came of it and judges it beside everything that was tried on the same days.
  public func finish(_ evidence: Evidence, days: [TradingDay]) throws(Failure) -> TrialVerdict? {
    let daily = SignStrategy(cost: cost).daily(evidence, days: days)
    let answer = TrialAnswer(
      metrics: Scores(evidence).figures.map { Origin.Metric(name: $0.name, value: $0.value) },
      cost: cost,
      daily: DailyReturns(days: daily.days, returns: daily.returns) ?? DailyReturns())
    do throws(StoreError) {
      try ledger.finish(number, answer, at: wallClock())
      return TrialVerdict(on: number, in: try ledger.read())
    } catch { throw Failure(.store, "\(error)") }
  }
}

extension TrialBook {
  /// Whether a trial was finished that asked the same of other data.
  func holds(questionOf question: TrialQuestion) -> Bool {
    trials.contains { trial in
      var other = trial.question
      (other.data, other.from, other.to) = (question.data, question.from, question.to)
      (other.testFrom, other.testTo) = (question.testFrom, question.testTo)
      return trial.answer != nil && other.isSame(as: question)
    }
  }
}

extension WorkSettings {
  /// Settings that say where things lie, how a desk trades and what it may risk: they change no forecast.
  private static let foreign = [
    "paths.", "data.", "account.", "strategy.", "risk.", "execution.", "paper.", "training.cost",
  ]

  /// Every setting that a forecast depends on, in one line.
  var trialText: String {
    settings.rows.filter { row in !Self.foreign.contains { row.key.hasPrefix($0) } }
      .map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
  }

  var trialSeed: UInt64 {
    switch settings.choice("model.kind") {
    case "trees": UInt64(settings.integer("trees.seed"))
    case "forest": UInt64(settings.integer("forest.seed"))
    case "lstm": UInt64(settings.integer("lstm.seed"))
    default: 0
    }
  }

  var foldText: String {
    "\(settings.choice("training.scheme")), \(settings.integer("training.folds")) folds, "
      + "embargo \(settings.integer("training.embargo"))"
  }
}
