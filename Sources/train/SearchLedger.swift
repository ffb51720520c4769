import Console
import Features
import Market
import ModelStore
import Models
import Research
import Training
import Workbench

/// A search's trials in the ledger: each is asked before it is made and answered when it is told. What was
/// asked and answered before, by a run that was killed, is not written again.
struct SearchLedger {
  private let job: SearchJob
  private let maker: TrialMaker
  private let known: TrialBook
  private var notes: [Int: TrialNote] = [:]

  init(_ job: SearchJob) throws(Failure) {
    self.job = job
    maker = try TrialMaker(job.work, job.varied, job.slate)
    let ledger = TrialLedger(folder: job.work.modelsFolder)
    do throws(StoreError) { known = try ledger.read() } catch {
      throw Failure(.store, "\(error)")
    }
  }

  /// Settings that go together with nothing are no question.
  mutating func ask(_ proposals: [Proposal]) throws(Failure) {
    for proposal in proposals {
      guard let asked = question(proposal),
        !known.trials.contains(where: { $0.answer != nil && $0.question.isSame(as: asked.1) })
      else { continue }
      notes[proposal.number] = try TrialNote(asked.0, asked.1)
    }
  }

  mutating func answer(_ trial: SearchTrial, _ result: TrialResult) throws(Failure) {
    guard let note = notes.removeValue(forKey: trial.proposal.number), result.value != nil else {
      return
    }
    try note.answer(
      result.figures.map { ($0.name, $0.value) },
      daily: DailyReturns(days: result.signs.days, returns: result.signs.values))
  }

  /// What the ledger makes of a trial beside everything that was tried on the same days.
  func verdict(on proposal: Proposal) throws(Failure) -> TrialVerdict? {
    guard let asked = question(proposal)?.1 else { return nil }
    let book: TrialBook
    do throws(StoreError) {
      book = try TrialLedger(folder: job.work.modelsFolder).read()
    } catch { throw Failure(.store, "\(error)") }
    return book.trials.last { $0.answer != nil && $0.question.isSame(as: asked) }
      .flatMap { TrialVerdict(on: $0.number, in: book) }
  }

  /// The days a trial forecasts follow from days and folds alone.
  private func question(_ proposal: Proposal) -> (WorkSettings, TrialQuestion)? {
    let members = maker.seen(proposal.share)
    let (symbols, days) = (members.map(\.symbol), members.tradingDays)
    guard let work = try? job.work.changing(maker.changes(proposal)),
      let experiment = try? work.experiment(symbols),
      let plan = try? experiment.folds.plan(days: days.count), days.indices ~= plan.firstDays,
      let first = members.compactMap({ $0.bars.first?.closedAt }).min(),
      let last = members.compactMap({ $0.bars.last?.closedAt }).max(),
      let test = members.compactMap({ $0.from(days[plan.firstDays]).bars.first?.closedAt }).min()
    else { return nil }
    let question = work.trialQuestion(
      symbols: symbols, data: job.slate.series.fingerprint,
      recipe: experiment.recipe.canonicalText, label: "\(experiment.label)",
      model: experiment.parameters.name, history: first...last, test: test...last)
    return (work, question)
  }
}
