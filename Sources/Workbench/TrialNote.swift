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
    let question = work.trialQuestion(
      symbols: symbols, data: data, recipe: recipe, label: label, model: model,
      history: from...to, test: first.testFrom...last.testTo)
    try self.init(work, question, isRefresh: isRefresh)
  }

  /// What is asked has been put together.
  public init(
    _ work: WorkSettings, _ question: TrialQuestion, isRefresh: Bool = false
  ) throws(Failure) {
    var question = question
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
    try answer(
      Scores(evidence).figures, daily: DailyReturns(days: daily.days, returns: daily.returns))
    return try verdict()
  }

  /// Notes what came of it; what the strategy of signs earned is absent where that could not be.
  public func answer(
    _ figures: [(name: String, value: Double)], daily: DailyReturns?
  ) throws(Failure) {
    let answer = TrialAnswer(
      metrics: figures.map { Origin.Metric(name: $0.name, value: $0.value) }, cost: cost,
      daily: daily ?? DailyReturns())
    do throws(StoreError) { try ledger.finish(number, answer, at: wallClock()) } catch {
      throw Failure(.store, "\(error)")
    }
  }

  /// What the ledger makes of it by now.
  public func verdict() throws(Failure) -> TrialVerdict? {
    do throws(StoreError) {
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
    "search.", "model.all",
  ]

  /// What a walk of these settings asks.
  public func trialQuestion(
    symbols: [Symbol], data: Digest, recipe: String, label: String, model: String,
    history: ClosedRange<Instant>, test: ClosedRange<Instant>
  ) -> TrialQuestion {
    TrialQuestion(
      purpose: .trial, build: buildName(), data: data, from: history.lowerBound,
      to: history.upperBound, testFrom: test.lowerBound, testTo: test.upperBound,
      symbols: symbols.map(\.description).joined(separator: " "),
      interval: interval.name, label: label, recipe: Sha256.digest(recipe), model: model,
      parameters: trialText, seed: trialSeed, folds: foldText)
  }

  /// Every setting that a forecast depends on, in one line.
  public var trialText: String {
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
