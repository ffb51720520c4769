import Bytes
import Console
import Features
import Market
import ModelStore
import Models
import Reporting
import Research
import Training
import Workbench

/// All there is to tell of a stored version: what it kept, and what its bars tell when they are asked again.
struct VersionReport {
  let model: ProvenModel
  let view: EvidenceView
  let settings: [(key: String, value: String)]
  let zero: Comparison
  let alarms: [LeakAlarm]
  /// What the ledger makes of the trial it came from; `nil` where it holds none.
  let verdict: (trial: Int, TrialVerdict)?
  /// What the archive adds; `nil` where it holds the bars no more.
  private(set) var retold: Retold?
  /// What must be said before anything is believed.
  private(set) var remarks: [String] = []

  init(
    _ word: String, _ work: WorkSettings, asksAnew: Bool, _ terminal: Terminal
  ) throws(Failure) {
    let model = try work.proven(word)
    self.model = model
    guard model.evidence.count > 1 else {
      throw Failure(
        .store,
        "version \(model.version.number) has kept no forecasts, so there is nothing to report",
        remedy: "train fit walks forward and keeps what it forecast.")
    }
    let bundle = try withStore { () throws(StoreError) in try work.store.load(model.version) }
    let text = String(decoding: bundle[.settings], as: UTF8.self)
    settings = text.split(separator: "\n").map { line in
      let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
      return (parts[0], parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "")
    }
    let symbols = model.trained.symbols
    view = EvidenceView(
      model.evidence, model: model.trained.model.name, names: symbols.map(\.description),
      zone: symbols[0].exchange.zone)
    zero = Comparison(model.evidence, against: model.evidence.zero)
    verdict = try Self.verdict(on: model, text, work)
    alarms = LeakAlarm.raised(by: view.scores, panelRankIC: view.scores.panel?.rankIC)
    if !alarms.isEmpty {
      remarks.append(
        "\(alarms.map(\.name).joined(separator: ", ")) above what is believed: a leak until proved "
          + "otherwise; evaluate audit \(model.version.number) looks for it (Documentation/LEAKAGE.md)."
      )
    }
    if model.isAdopted {
      remarks.append(
        "MADE ELSEWHERE: which of these days the model has learned from is unknown, so none of this "
          + "proves skill. train fit makes one that is judged on unseen days.")
    }
    guard asksAnew else { return }
    do throws(Failure) {
      retold = try Retold(model, try work.sealed(text), terminal)
    } catch {
      remarks.append(
        "The version's bars could not be asked again (\(error.problems.joined(separator: "; "))): baselines by ridge, the "
          + "surface in dated fees, importances and the learning curve are missing. Load the bars it was "
          + "made from (data list shows what there is) and write this report again.")
    }
    remarks += retold?.remarks ?? []
  }

  /// The latest finished trial of the same bars with the same settings, beside all others.
  private static func verdict(
    on model: ProvenModel, _ settings: String, _ work: WorkSettings
  ) throws(Failure) -> (trial: Int, TrialVerdict)? {
    let book = try withStore { () throws(StoreError) in
      try TrialLedger(folder: work.modelsFolder).read()
    }
    guard let asked = try? work.sealed(settings).trialText else { return nil }
    let data = model.version.manifest.origin.data
    let trial = book.trials.last {
      $0.answer != nil && $0.question.data == data && $0.question.parameters == asked
    }
    guard let trial, let verdict = TrialVerdict(on: trial.number, in: book) else { return nil }
    return (trial.number, verdict)
  }

  /// The folds as the manifest keeps them.
  var spans: [EvidenceView.Span] {
    let windows = model.version.manifest.origin.windows
    let numbers = Set(model.evidence.folds).sorted().map(Int.init)
    return numbers.compactMap { number in
      let parts = ["train", "test"].compactMap { part in
        windows.first { $0.name == "fold-\(number)-\(part)" }.map { $0.from...$0.to }
      }
      guard parts.count == 2 else { return nil }
      return EvidenceView.Span(number, learned: parts[0], tested: parts[1])
    }
  }

  /// Forecasts of the same rows beside each other.
  var compared: [(name: String, evidence: Evidence)] {
    let evidence = model.evidence
    let others: [(String, Evidence?)] = [
      ("zero", evidence.zero), ("last value", evidence.lastValue),
      ("ridge", retold?.ridge), ("−volatility", evidence.minusVolatility),
    ]
    return [(view.model, evidence)] + others.compactMap { name, part in part.map { (name, $0) } }
  }
}

/// What a version's bars tell: its last fold learned anew, and what trading cost on its days.
struct Retold {
  private(set) var ridge: Evidence?
  private(set) var surface: ThresholdSurface?
  private(set) var explanation: FoldExplanation?
  private(set) var curve: LearningCurve?
  private(set) var outOfBagR2: Double?
  let source: String
  /// The fold that was learned anew.
  let fold: Fold
  /// Whether that gave the very forecasts that were kept.
  let isSame: Bool
  private(set) var remarks: [String] = []

  init(_ model: ProvenModel, _ work: WorkSettings, _ terminal: Terminal) throws(Failure) {
    let loaded = try work.load().sorted { "\($0.symbol)" < "\($1.symbol)" }
    // What came after is not the version's.
    let series = loaded.map { $0.known(until: model.knownUntil) }
    guard series.map(\.symbol) == model.trained.symbols, series.allSatisfy({ $0.bars.count > 1 })
    else { throw Failure(.data, "the archive does not hold the bars of its series") }
    source = Set(series.map(\.source)).sorted().joined(separator: ", ")
    let experiment = try work.experiment(series.map(\.symbol))
    let sample = experiment.sample(try work.members(series))
    terminal.say("learning the last fold anew")
    var learned: Fitted?
    var epochs: [NetworkEpoch] = []
    var watch = FitWatch(
      workers: work.settings.integer("lstm.threads"),
      epoch: { epoch, _, _ in
        epochs.append(epoch)
        return true
      })
    watch.learned = { learned = $0 }
    do throws(TrainingError) {
      let walker = try experiment.walker(sample)
      guard let last = walker.folds.last else { throw TrainingError.noRows }
      let result = try walker.result(of: last, watch: watch)
      fold = last
      isSame = result.evidence.forecasts == model.evidence.fold(last.number).forecasts
      explanation = walker.explanation(of: result.fit)
      ridge = try experiment.ridge(sample)
    } catch { throw Failure(.data, "\(error)") }
    curve = learned.flatMap { LearningCurve($0.curve) } ?? LearningCurve(epochs)
    outOfBagR2 = learned?.outOfBagR2
    if !isSame {
      remarks.append(
        "Fold \(fold.number) learned anew forecasts otherwise than what was kept: other bars, another "
          + "build or another kind of processor. Importances are those of the new one.")
    }
    do throws(Failure) {
      let (costs, days) = try work.rowCosts(model.evidence, series)
      surface = ThresholdSurface(model.evidence, days: days, costs: costs)
    } catch {
      remarks.append(
        "There is no surface in dated fees: \(error.problems.joined(separator: "; ")).")
    }
  }
}

extension LoadedSeries {
  /// Without the bars that closed later.
  fileprivate func known(until instant: Instant) -> LoadedSeries {
    LoadedSeries(
      symbol: symbol, grid: grid, fingerprint: fingerprint, source: source, calendar: calendar,
      bars: bars.filter { $0.closedAt <= instant }, facts: facts, marks: marks)
  }
}
