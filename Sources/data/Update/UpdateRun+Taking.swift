import Archive
import Bars
import Console
import Market
import Workbench

/// What becomes of the files that were fetched.
extension UpdateRun {
  /// Takes the files in; what was done, in a few words for the journal.
  mutating func take(_ files: [String], _ task: UpdateTask) throws(Failure) -> String {
    if task.kind != .bars { return try takeFacts(files, task) }
    guard let symbol = task.symbol, let interval = task.interval else {
      preconditionFailure("bars have a symbol and a length")
    }
    let key = SeriesKey(symbol, interval)
    var (written, refused) = (WriteCount(), 0)
    for file in files {
      var form = try mapping.form(of: file, symbol: nil)
      (form.interval, form.source) = (interval, settings.text("source"))
      do throws(ArchiveError) {
        let report = try store.importCsv(file, form) {
          $0 == symbol ? try? book.hours(symbol) : nil
        }
        written = written.adding(report.written)
        refused += report.refusedRows
      } catch {
        if case .noRows = error { continue }
        throw Failure(error)
      }
    }
    let told =
      "\(written.added) added, \(written.changed) changed, \(written.same) there already, "
      + "\(refused) refused"
    return told + (try judge(key, task))
  }

  /// Holds the days that were fetched against the gate; what is wrong waits for a person.
  private mutating func judge(_ key: SeriesKey, _ task: UpdateTask) throws(Failure) -> String {
    let held = try withArchive { () throws(ArchiveError) in try store.list() }
    guard held.contains(where: { $0.series.key == key }) else { return "" }
    let loaded = try withArchive { () throws(ArchiveError) in try store.load(key) }
    let decided = try withArchive { () throws(ArchiveError) in try store.decisions(on: key) }
      .filter(\.holds).map(\.day)
    let days = try book.gate(of: loaded.series).check(loaded.columns)
      .filter { task.from <= $0.day && $0.day <= task.until }
    let demanded = min(work.grade, .c)
    for day in days where day.grade > demanded && !decided.contains(day.day) {
      page.wait(key, day)
    }
    let worst = days.map(\.grade).max() ?? .a
    return ", worst grade \(worst.rawValue)"
  }

  private mutating func takeFacts(
    _ files: [String], _ task: UpdateTask
  ) throws(Failure) -> String {
    let folder = folder(of: work.archivePath)
    let facts = (folder.isEmpty ? "" : folder + "/") + "facts/\(task.kind.rawValue).csv"
    let kept = FactFile(kind: task.kind, path: facts)
    var change = FactFile.Change()
    var archived = WriteCount()
    for file in files {
      let rows = try kept.rows(of: file)
      // What the archive refuses is not kept beside it either.
      archived = archived.adding(try archive(rows, of: file, task.kind))
      let merged = try kept.merge(rows)
      change.added += merged.added
      change.changed += merged.changed
      change.same += merged.same
      if task.kind == .days { compare(rows.map { $0[1] }, task) }
    }
    let told = "\(change.added) added, \(change.changed) changed, \(change.same) there already"
    guard task.kind != .days else { return told }
    return told + "; facts of days: \(archived.added) added, \(archived.changed) changed"
  }

  /// Keeps what rows tell of instruments' days in the archive, where runs and `data rules` look.
  private func archive(
    _ rows: [[String]], of file: String, _ kind: FeedKind
  ) throws(Failure) -> WriteCount {
    let source = settings.text("source")
    guard !rows.isEmpty else { return WriteCount() }
    do throws(ArchiveError) {
      switch kind {
      case .basics: return try store.write(rows.flatMap(Self.lifeFacts), source: source)
      case .factors, .limits:
        var form = SheetForm()
        (form.source, form.tolerance) = (source, .zero)
        return try store.importFacts(file, form).written
      case .days, .bars: return WriteCount()
      }
    } catch { throw Failure(error) }
  }

  /// The first day of an instrument's life and, of a share, the one from which it is gone; a
  /// contract's last day is still traded, and the rule book knows it.
  private static func lifeFacts(_ row: [String]) -> [DayFact] {
    guard let symbol = Symbol(row[0]) else { return [] }
    var first = KnownDay()
    first.listing = .listed
    first.dayNumber = symbol.exchange.tradesShares ? 1 : nil
    var gone = KnownDay()
    gone.listing = symbol.exchange.tradesShares ? .delisted : nil
    return [(row[4], first), (row[5], gone)].compactMap { text, known in
      TradingDay(text).flatMap { known == .nothing ? nil : DayFact(symbol, $0, known) }
    }
  }

  /// Tells where a feed's trading days are not those of the rule book.
  private mutating func compare(_ named: [String], _ task: UpdateTask) {
    guard let exchange = Exchange(rawValue: task.subject), !named.isEmpty,
      let file = book.files.first(where: { $0.exchange == exchange })
    else { return }
    let days = Set(named.compactMap { TradingDay($0) })
    var day = task.from
    while day <= task.until {
      if file.calendar.isKnown(on: day), file.calendar.isOpen(day) != days.contains(day) {
        let says = days.contains(day) ? "trades" : "does not trade"
        page.warn(
          "\(exchange.rawValue) \(day): the feed says it \(says), config/markets says otherwise")
      }
      day = day.next
    }
  }
}
