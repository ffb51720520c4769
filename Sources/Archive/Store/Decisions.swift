public import Bytes
public import Market

/// What a person made of a doubtful day.
public enum Verdict: String, CaseIterable, Sendable {
  /// It happened: use the day as it is.
  case accept
  /// Leave the day out.
  case exclude
  /// Leave the day out until other bars are imported for it.
  case replace
}

/// A person's word on one day of a series, and on which content of it.
public struct Decision: Hashable, Sendable {
  public let day: TradingDay
  public let verdict: Verdict
  public let reason: String
  public let decidedAt: Instant
  /// The fingerprint of the day's bars when it was decided; other bars need another decision.
  public let content: Digest
  /// Whether the day's bars are still those.
  public let holds: Bool
}

extension BarStore {
  private static let decisionTable = """
    CREATE TABLE IF NOT EXISTS decision(
      id INTEGER PRIMARY KEY, series INTEGER NOT NULL REFERENCES series(id),
      day INTEGER NOT NULL, verdict TEXT NOT NULL, reason TEXT NOT NULL,
      decidedAt INTEGER NOT NULL, content BLOB NOT NULL) STRICT
    """

  /// Records a decision; earlier ones on the same day stay as a record, the latest counts.
  public func decide(
    _ verdict: Verdict, on day: TradingDay, of key: SeriesKey, because reason: String,
    at instant: Instant
  ) throws(ArchiveError) {
    let content = try load(key, days: day...day).fingerprint
    try database.transaction { () throws(ArchiveError) in
      guard let (id, _) = try SeriesTable.find(key, in: database) else {
        throw .unknownSeries(path: path, series: key)
      }
      try database.run(Self.decisionTable)
      let entry = try database.statement(
        """
        INSERT INTO decision(series, day, verdict, reason, decidedAt, content)
        VALUES(?, ?, ?, ?, ?, ?)
        """)
      entry.bind(1, id)
      entry.bind(2, Int64(day.days))
      entry.bind(3, verdict.rawValue)
      entry.bind(4, reason)
      entry.bind(5, instant.nanoseconds)
      entry.bind(6, content.bytes)
      try database.finish(entry)
    }
  }

  /// The latest decision on each day, oldest day first; with `asOf`, of those taken by then on the
  /// bars as they were known then.
  public func decisions(
    on key: SeriesKey, asOf: Instant? = nil
  ) throws(ArchiveError) -> [Decision] {
    var decided: [Decision] = []
    for entry in try entries(on: key, asOf) {
      let now = try load(key, days: entry.day...entry.day, asOf: asOf).fingerprint
      decided.append(
        Decision(
          day: entry.day, verdict: entry.verdict, reason: entry.reason,
          decidedAt: entry.decidedAt, content: entry.content, holds: now == entry.content))
    }
    return decided
  }

  private func entries(
    on key: SeriesKey, _ asOf: Instant?
  ) throws(ArchiveError) -> [Decision] {
    let isThere = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'decision'"
    guard try database.integer(isThere) > 0,
      let (id, _) = try SeriesTable.find(key, in: database)
    else { return [] }
    let query = try database.statement(
      """
      SELECT day, verdict, reason, decidedAt, content FROM decision
      WHERE series = ? AND id IN (
        SELECT max(id) FROM decision WHERE decidedAt <= ? GROUP BY series, day) ORDER BY day
      """)
    query.bind(1, id)
    query.bind(2, asOf?.nanoseconds ?? .max)
    var entries: [Decision] = []
    while try database.step(query) {
      guard let verdict = Verdict(rawValue: query.text(1)),
        let content = query.withBlob(4, { Digest(bytes: Array($0)) })
      else { throw .notAnArchive(path: path) }
      entries.append(
        Decision(
          day: TradingDay(days: Int32(truncatingIfNeeded: query.int64(0))), verdict: verdict,
          reason: query.text(2), decidedAt: Instant(nanoseconds: query.int64(3)),
          content: content, holds: true))
    }
    return entries
  }
}

extension LoadedBars {
  /// The bars without some days, under a fingerprint of their own.
  public func without(_ days: [TradingDay]) -> LoadedBars {
    let left = days.filter { columns.tradingDays.contains($0.days) }
    guard !left.isEmpty else { return self }
    var kept = BarColumns(capacity: columns.count)
    var hash = Sha256()
    hash.update(fingerprint.bytes)
    for day in left { hash.update(Array("without \(day)\n".utf8)) }
    var first = 0
    for row in 0...columns.count {
      let isKept =
        row < columns.count && !left.contains(TradingDay(days: columns.tradingDays[row]))
      if !isKept {
        if first < row { kept.append(contentsOf: columns, first..<row) }
        first = row + 1
      }
    }
    return LoadedBars(series: series, columns: kept, fingerprint: hash.digest())
  }
}
