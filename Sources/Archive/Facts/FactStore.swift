public import Bytes
public import Market

/// What is known of one instrument's day; prices in hundred-millionths of the currency.
public struct DayFact: Hashable, Sendable {
  public let symbol: Symbol
  public let day: TradingDay
  public let known: KnownDay

  public init(_ symbol: Symbol, _ day: TradingDay, _ known: KnownDay) {
    self.symbol = symbol
    self.day = day
    self.known = known
  }
}

/// The facts of one instrument as they were loaded, with the name of exactly this content.
public struct LoadedFacts: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    public let day: TradingDay
    public let known: KnownDay
    /// Where the latest of it came from.
    public let source: String
  }

  public let symbol: Symbol
  /// By day, each once.
  public let entries: [Entry]
  public let fingerprint: Digest

  init(_ symbol: Symbol, _ entries: [Entry]) {
    self.symbol = symbol
    self.entries = entries
    var hash = Sha256()
    hash.update(Array("facts of \(symbol) \(entries.count)\n".utf8))
    for entry in entries {
      hash.update(Array("\(entry.day)\n".utf8) + FactBody.encode(entry.known))
    }
    fingerprint = hash.digest()
  }

  public var isEmpty: Bool { entries.isEmpty }

  public func entry(on day: TradingDay) -> Entry? {
    let place = entries.partitioned { $0.day < day }
    return place < entries.count && entries[place].day == day ? entries[place] : nil
  }

  /// What is known of a day, its prices on a series' grid; limits between two steps narrow.
  public func known(on day: TradingDay, _ grid: Grid) -> KnownDay {
    guard var known = entry(on: day)?.known else { return .nothing }
    let unit = Grid(decimals: Grid.most - grid.decimals).unitsPerOne
    let nearest = { (price: Price) in
      Price(units: (price.units + unit / 2).floorDivided(by: unit))
    }
    known.previousClose = known.previousClose.map(nearest)
    known.previousSettle = known.previousSettle.map(nearest)
    known.settle = known.settle.map(nearest)
    known.lowest = known.lowest.map {
      Price(units: ($0.units + unit - 1).floorDivided(by: unit))
    }
    known.highest = known.highest.map { Price(units: $0.units.floorDivided(by: unit)) }
    return known
  }
}

/// One line of the facts an archive holds.
public struct FactListing: Hashable, Sendable {
  public let symbol: Symbol
  public let days: Int
  public let first: TradingDay
  public let last: TradingDay
  /// Values that took the place of others, counted by import and day.
  public let restatements: Int
  public let source: String
}

extension BarStore {
  /// Adds facts in one transaction. A value that is held is not held twice; one that differs is a
  /// restatement, known from its import on unless the import says otherwise.
  public func write(
    _ facts: [DayFact], source: String, _ vintage: Vintage = .now
  ) throws(ArchiveError) -> WriteCount {
    try database.transaction { () throws(ArchiveError) in
      var writer = FactWriter(source: source, vintage)
      for fact in facts { try writer.write(fact, in: database) }
      return writer.count
    }
  }

  /// What is known of an instrument's days, or was known at an instant.
  ///
  /// A first version counts from the midnight its day begins with, a settlement from the one it
  /// ends with; a later version from its import.
  public func facts(
    of symbol: Symbol, days: ClosedRange<TradingDay>? = nil, asOf: Instant? = nil
  ) throws(ArchiveError) -> LoadedFacts {
    let query = try database.statement(
      """
      SELECT day, knownAt IS NULL, knownAt, body, source, id FROM fact
      WHERE symbol = ? AND day BETWEEN ? AND ? ORDER BY day, id
      """)
    query.bind(1, symbol.description)
    query.bind(2, Int64(days?.lowerBound.days ?? .min))
    query.bind(3, Int64(days?.upperBound.days ?? .max))
    var entries: [LoadedFacts.Entry] = []
    while try database.step(query) {
      let day = TradingDay(days: Int32(truncatingIfNeeded: query.int64(0)))
      let given = query.int64(1) == 0 ? Instant(nanoseconds: query.int64(2)) : nil
      guard var news = try? FactBody.decode(query.withBlob(3) { Array($0) }) else {
        throw .damagedFact(path: path, symbol: symbol, day: day)
      }
      if let asOf {
        guard news.isKnown(on: day, given, asOf, symbol.exchange.zone) else { continue }
      }
      let before = entries.last?.day == day ? entries.removeLast().known : .nothing
      entries.append(
        LoadedFacts.Entry(day: day, known: before.updated(by: news), source: query.text(4)))
    }
    return LoadedFacts(symbol, entries)
  }

  /// The facts the archive holds, by symbol.
  public func listFacts() throws(ArchiveError) -> [FactListing] {
    let query = try database.statement(
      """
      SELECT symbol, count(DISTINCT day), min(day), max(day), sum(isRestated), max(source)
      FROM fact GROUP BY symbol ORDER BY symbol
      """)
    var listings: [FactListing] = []
    while try database.step(query) {
      guard let symbol = Symbol(query.text(0)) else { throw .notAnArchive(path: path) }
      listings.append(
        FactListing(
          symbol: symbol, days: Int(query.int64(1)),
          first: TradingDay(days: Int32(truncatingIfNeeded: query.int64(2))),
          last: TradingDay(days: Int32(truncatingIfNeeded: query.int64(3))),
          restatements: Int(query.int64(4)), source: query.text(5)))
    }
    return listings
  }
}

extension KnownDay {
  /// Whether any of it was known; what was not is taken away.
  fileprivate mutating func isKnown(
    on day: TradingDay, _ given: Instant?, _ asOf: Instant, _ zone: Zone
  ) -> Bool {
    if let given { return given <= asOf }
    guard zone.instant(day, seconds: 0) <= asOf else { return false }
    if zone.instant(day.next, seconds: 0) > asOf { settle = nil }
    return self != .nothing
  }
}

/// Writes facts one after another; the transaction is its caller's.
struct FactWriter {
  private(set) var count = WriteCount()
  private let source: String
  private let importedAt: Instant
  private let knownAt: Moment?

  init(source: String, _ vintage: Vintage) {
    self.source = source
    importedAt = vintage.importedAt ?? .now
    knownAt = vintage.knownAt
  }

  mutating func write(
    _ fact: DayFact, in database: borrowing Database
  ) throws(ArchiveError) {
    let (held, last) = try held(fact, in: database)
    let (first, restated) = fact.known.news(to: held ?? .nothing)
    let given = knownAt?.instant(on: fact.symbol.exchange.zone)
    if first != .nothing { try enter(first, of: fact, given, isRestated: false, in: database) }
    if restated != .nothing {
      if let given, let last, given < last {
        throw .factKnownEarlier(symbol: fact.symbol, day: fact.day, given: given, held: last)
      }
      let known = given ?? max(importedAt, last ?? importedAt)
      try enter(restated, of: fact, known, isRestated: true, in: database)
    }
    if restated != .nothing {
      count.changed += 1
    } else if first != .nothing {
      count.added += 1
    } else {
      count.same += 1
    }
  }

  /// What is held of the day, and since when the latest of it is known by an import's word.
  private func held(
    _ fact: DayFact, in database: borrowing Database
  ) throws(ArchiveError) -> (KnownDay?, Instant?) {
    let query = try database.statement(
      "SELECT body, knownAt IS NULL, knownAt FROM fact WHERE symbol = ? AND day = ? ORDER BY id")
    query.bind(1, fact.symbol.description)
    query.bind(2, Int64(fact.day.days))
    var held: KnownDay?
    var last: Instant?
    while try database.step(query) {
      guard let part = try? FactBody.decode(query.withBlob(0) { Array($0) }) else {
        throw .damagedFact(path: database.path, symbol: fact.symbol, day: fact.day)
      }
      held = (held ?? .nothing).updated(by: part)
      if query.int64(1) == 0 {
        let known = Instant(nanoseconds: query.int64(2))
        last = max(last ?? known, known)
      }
    }
    return (held, last)
  }

  private func enter(
    _ news: KnownDay, of fact: DayFact, _ known: Instant?, isRestated: Bool,
    in database: borrowing Database
  ) throws(ArchiveError) {
    let entry = try database.statement(
      """
      INSERT INTO fact(symbol, day, importedAt, knownAt, isRestated, source, body)
      VALUES(?, ?, ?, \(known == nil ? "NULL" : "?4"), ?5, ?6, ?7)
      """)
    entry.bind(1, fact.symbol.description)
    entry.bind(2, Int64(fact.day.days))
    entry.bind(3, importedAt.nanoseconds)
    if let known { entry.bind(4, known.nanoseconds) }
    entry.bind(5, isRestated ? 1 : 0)
    entry.bind(6, source)
    entry.bind(7, FactBody.encode(news))
    try database.finish(entry)
  }
}
