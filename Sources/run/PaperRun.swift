import Console
import Engine
import Glibc
import Journal
import Live
import Market
import ModelStore
import Research
import Trading
import VenuePaper
import Workbench

/// A paper run from the archive: its parts, and the journal it is told to.
struct PaperRun: Sendable {
  let work: WorkSettings
  let journal: String
  let description: RunDescription
  private let simulation: Simulation
  private let isFresh: Bool

  /// How a run ended: what its journal holds, and the account as the desk keeps it.
  struct Ending {
    let records: [Record]
    let account: Account
  }

  /// A loop that stands where its journal ends.
  private struct Begun {
    let loop: PaperLoop<JournalWriter>
    let events: Int
  }

  private static let inboxLimit = 1_024

  init(_ invocation: Invocation) throws(Failure) {
    work = try WorkSettings.load(invocation)
    let slate = try work.slate()
    let series = slate.series
    for alarm in try work.calendarAlarms(series) { invocation.terminal.warn(alarm) }
    var from = try invocation.day("from")
    var forecasts = Forecasts.none
    var model: ProvenModel?
    if work.settings.choice("strategy.kind") == "forecast_gate" {
      let proven = try work.proven(invocation.text("model") ?? "champion")
      forecasts = try work.forecasts(proven, series)
      guard let unseen = work.firstUnseen(proven, series) else {
        throw Failure(
          .data, "version \(proven.version.number) has learned from every day there is",
          remedy: "Fit one with --until an earlier day, and promote it.")
      }
      if let from, from < unseen {
        throw Failure(
          .refused, "the model has learned from days before \(unseen); --from is \(from)",
          remedy: "Paper trading on days a model has seen proves nothing; see evaluate backtest.")
      }
      from = from ?? unseen
      model = proven
    }
    simulation = try work.simulation(slate, forecasts: forecasts, from: from)
    description = RunDescription(work, slate.traded, version: model?.version.id, from: from)
    journal = invocation.text("journal") ?? "\(work.runsFolder)/demo.journal"
    isFresh = invocation.has("fresh")
  }

  /// Runs to the end of the tape, from where the journal stopped if there is one.
  func drive(_ terminal: Terminal) throws(Failure) -> Ending {
    try makeFolder(folder(of: journal))
    if isFresh { try forget() }
    let begun = try begin()
    if begun.events > 0 { terminal.say("taking \(journal) up after \(begun.events) events") }
    let tape = try remaining(after: begun.events)
    let cancellation = Cancellation.watch()
    let account = try Self.trade(begun.loop, tape, cancellation)
    try cancellation.check()
    return Ending(records: try RecordedJournal(journal).records, account: account)
  }

  /// Removes an earlier journal, but nothing that is no journal and none that a run is writing.
  private func forget() throws(Failure) {
    do throws(JournalError) {
      _ = try RecordedRun(journal)
    } catch {
      switch error {
      case .missing: return
      case .inUse, .notAJournal, .io: throw Failure(error)
      default: break
      }
    }
    unlink(journal)
  }

  /// The loop at the end of its journal, or a new one with a new journal.
  private func begin() throws(Failure) -> sending Begun {
    let theirs: [UInt8]
    do throws(JournalError) {
      let recorded = try RecordedRun(journal)
      theirs = recorded.description
      if theirs == description.encoded() {
        let resumed = try recorded.resume(through: simulation.loop(recorder: RecordCount()))
        return Begun(loop: resumed.loop, events: resumed.events)
      }
    } catch .missing {
      return try create()
    } catch .unbegun {
      unlink(journal)
      return try create()
    } catch { throw Failure(error) }
    throw refusal(of: theirs)
  }

  /// A journal is the record of one run: another one must not go on in it.
  private func refusal(of theirs: [UInt8]) -> Failure {
    do throws(Failure) {
      let differences = description.differences(
        from: try RunDescription(decoding: theirs, path: journal))
      return Failure(
        .refused, ["\(journal) is the journal of another run"] + differences,
        remedy: "Name another with --journal, or begin this one anew with --fresh.")
    } catch { return error }
  }

  private func create() throws(Failure) -> sending Begun {
    do throws(JournalError) {
      let writer = try JournalWriter(creating: journal, describing: description.encoded())
      return Begun(loop: simulation.loop(recorder: writer), events: 0)
    } catch { throw Failure(error) }
  }

  /// The tape behind the events that the journal holds already.
  private func remaining(after events: Int) throws(Failure) -> sending Tape {
    var tape = simulation.tape
    do throws(RuleGap) {
      for _ in 0..<events { _ = try tape.advance() }
    } catch { throw Failure(error) }
    return tape
  }

  /// Feeds the tape through the inbox to the loop's thread, and waits for both.
  private static func trade(
    _ loop: sending PaperLoop<JournalWriter>, _ tape: sending Tape, _ cancellation: Cancellation
  ) throws(Failure) -> Account {
    let inbox = Inbox(limit: inboxLimit)
    var tape = tape
    let feed: Feed<RuleGap>
    do throws(LiveError) {
      feed = try Feed(into: inbox) { () throws(RuleGap) -> Event? in
        cancellation.isRequested ? nil : try tape.advance()
      }
    } catch { throw Failure(error) }
    let ending: Result<Account, LiveError>
    do throws(LiveError) {
      let run = try LiveRun(loop, from: inbox)
      ending = .success(try run.join().desk.portfolio.account)
    } catch {
      inbox.close(.stopped)
      ending = .failure(error)
    }
    // A rule that is missing says more than that the feed failed.
    do throws(RuleGap) { try feed.join() } catch { throw Failure(error) }
    do throws(LiveError) { return try ending.get() } catch { throw Failure(error) }
  }
}

extension Failure {
  fileprivate init(_ error: LiveError) {
    if case .journal(let fault) = error {
      self.init(fault)
    } else {
      self.init(.failed, "\(error)")
    }
  }
}
