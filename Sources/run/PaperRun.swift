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
    let series = try work.load()
    var from = try invocation.text("from").map { text throws(Failure) in
      guard let day = TradingDay(text) else {
        throw invocation.usageFailure("--from is \"\(text)\": expected a date such as 2020-01-31")
      }
      return day
    }
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
    simulation = try work.simulation(series, forecasts: forecasts, from: from)
    description = RunDescription(work, series, version: model?.version.id, from: from)
    journal = invocation.text("journal") ?? "\(work.runsFolder)/demo.journal"
    isFresh = invocation.has("fresh")
  }

  /// Runs to the end of the tape, from where the journal stopped if there is one.
  func drive(_ terminal: Terminal) throws(Failure) -> Ending {
    try makeFolder(folder(of: journal))
    if isFresh { unlink(journal) }
    let begun: Begun
    do throws(JournalError) { begun = try begin() } catch { throw Failure(.failed, "\(error)") }
    if begun.events > 0 { terminal.say("taking \(journal) up after \(begun.events) events") }
    let tape = try remaining(after: begun.events)
    let cancellation = Cancellation.watch()
    let account: Account
    do throws(LiveError) {
      account = try Self.trade(begun.loop, tape, cancellation)
    } catch { throw Failure(.failed, "\(error)") }
    try cancellation.check()
    return Ending(records: try Self.records(journal), account: account)
  }

  /// The loop at the end of its journal, or a new one with a new journal.
  private func begin() throws(JournalError) -> sending Begun {
    do throws(JournalError) {
      let recorded = try RecordedRun(journal)
      guard recorded.description == description.encoded() else {
        throw .exists(path: journal)
      }
      let resumed = try recorded.resume(through: simulation.loop(recorder: RecordCount()))
      return Begun(loop: resumed.loop, events: resumed.events)
    } catch .missing {
      return try create()
    } catch .unbegun {
      unlink(journal)
      return try create()
    }
  }

  private func create() throws(JournalError) -> sending Begun {
    let writer = try JournalWriter(creating: journal, describing: description.encoded())
    return Begun(loop: simulation.loop(recorder: writer), events: 0)
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
  ) throws(LiveError) -> Account {
    let inbox = Inbox(limit: inboxLimit)
    var tape = tape
    let feed = try Feed(into: inbox) { () throws(RuleGap) -> Event? in
      cancellation.isRequested ? nil : try tape.advance()
    }
    let run = try LiveRun(loop, from: inbox)
    let ended = try run.join()
    do throws(RuleGap) { try feed.join() } catch { throw .feed("\(error)") }
    return ended.desk.portfolio.account
  }

  private static func records(_ path: String) throws(Failure) -> [Record] {
    try orFail { () throws(JournalError) in
      var reader = try JournalReader(path)
      var records: [Record] = []
      while let record = try reader.next() { records.append(record) }
      return records
    }
  }

  private static func orFail<Value, Fault: Error>(
    _ work: () throws(Fault) -> Value
  ) throws(Failure) -> Value {
    do { return try work() } catch { throw Failure(.failed, "\(error)") }
  }
}
