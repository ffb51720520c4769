import Archive
import Bars
import Console
import Glibc
import Market
import Workbench

extension Command {
  static let update = Command(
    "update", "Fetch what is new and take it in, behind the gate",
    about: """
      Runs the command of a feed (a file of config/feeds) for every instrument of the watchlist: \
      the exchange's trading days, the instrument's basics, its bars since the last one held and \
      a few days before, factors and price limits. A failing command is run again after a pause. \
      What comes in is checked as by data import and graded as by data check; bad days wait for a \
      decision. Factors, limits and the days of listing are also kept as facts of days (data list \
      --facts). Everything is noted in FILE.update beside the archive: a killed update goes on \
      where it stopped. Ends with code 3 where something failed or waits.
      """,
    flags: [
      Flag(
        "feed", value: "NAME", "Where from: a file of config/feeds.", shownDefault: "akshare"),
      Flag(
        "watchlist", value: "FILE", "What to follow.", accepts: .file,
        shownDefault: "config/watchlist.yaml"),
      Flag(
        "market", value: "MARKET", "This market alone.", accepts: .oneOf(Watchlist.markets)),
      Flag("until", value: "DATE", "The last day asked for.", shownDefault: "today"),
      Flag("fresh", "Begin anew where an update was left unfinished."),
      Flag("plan", "Print what would be fetched, and fetch nothing."),
      Flag("status", "Print how each task ended last, and fetch nothing."),
      Flag("archive", value: "FILE", "The archive.", accepts: .file, setting: "paths.archive"),
    ],
    examples: [
      Example("update", "Everything of the watchlist, from akshare"),
      Example("update --feed tushare --market stocks", "Stocks of the mainland, with a token"),
    ]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let journalPath = work.archivePath + ".update"
    if invocation.has("status") {
      tellStatus(journalPath, invocation.terminal)
      return .ok
    }
    let feed = try FeedFile.read(invocation.text("feed") ?? "akshare", in: work.home)
    let list = try Watchlist.read(
      invocation.text("watchlist") ?? work.home.path("config/watchlist.yaml"))
    let market = invocation.text("market")
    let entries = list.entries.filter { market == nil || $0.market == market }
    let until = try invocation.day("until") ?? Zone.shanghai.local(wallClock()).day
    try makeFolder(folder(of: work.archivePath))
    let store = try withArchive { () throws(ArchiveError) in try BarStore(path: work.archivePath) }
    let held = try withArchive { () throws(ArchiveError) in try store.list() }
    let plan = UpdatePlan(feed, entries, until: until) { key in
      held.first { $0.series.key == key }?.lastDay
    }
    if invocation.has("plan") {
      tell(plan, invocation.terminal)
      return .ok
    }
    let incoming = work.archivePath + ".incoming"
    try makeFolder(incoming)
    let name = ([feed.name, market ?? "all", until.description]).joined(separator: " ")
    var journal = try UpdateJournal.open(journalPath, run: name, fresh: invocation.has("fresh"))
    if journal.isResumed {
      invocation.terminal.say("taking up the unfinished update, \(journal.done.count) tasks done")
    }
    var run = UpdateRun(
      work: work, book: try MarketBook.read(work.home), feed: feed,
      mapping: try MappingFile.read(feed.settings.text("mapping"), in: work.home), store: store,
      incoming: incoming, cancellation: .watch())
    try run.run(plan, &journal, invocation.terminal)
    if !run.page.hasFailures { try journal.end() }
    rmdir(incoming)
    run.page.tell(invocation.terminal)
    return run.page.hasFailures || run.page.hasWaiting ? .data : .ok
  }

  private static func tell(_ plan: UpdatePlan, _ terminal: Terminal) {
    var table = Table(.text("what"), .text("from"), .text("until"))
    for task in plan.tasks {
      table.add(task.name, task.from.description, task.until.description)
    }
    if terminal.isJSON {
      terminal.print(JSON(plan.tasks.map(\.name)))
    } else {
      terminal.print(table)
    }
  }

  private static func tellStatus(_ path: String, _ terminal: Terminal) {
    var last: [(name: String, state: String, detail: String)] = []
    for entry in UpdateJournal.entries(of: path) where ["done", "failed"].contains(entry.state) {
      last.removeAll { $0.name == entry.name }
      last.append((entry.name, entry.state, entry.detail))
    }
    var table = Table(.text("what"), .text("state"), .prose("outcome"))
    for entry in last { table.add(entry.name, entry.state, entry.detail) }
    if terminal.isJSON {
      terminal.print(
        .list(
          last.map {
            ["task": .text($0.name), "state": .text($0.state), "outcome": .text($0.detail)]
          }))
    } else {
      terminal.print(table)
    }
  }
}
