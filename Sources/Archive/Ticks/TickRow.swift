import Bars
import Bytes
import Market

/// One quote as a source writes it: numbers in lowest terms, time without a zone.
struct TickRow {
  let day: TradingDay
  let nanosOfDay: Int64
  var last = CsvNumber()
  let volume: Int64
  let turnover: Double
  let openInterest: Int64
  /// Price and lots of bid and ask, level by level; a price of zero is none.
  var book: [(price: CsvNumber, lots: Int64)] = []

  /// The decimals that its prices need.
  var decimals: Int { book.reduce(last.decimals) { max($0, $1.price.decimals) } }

  /// What must hold of a book: better prices first. In an auction bid and ask may cross.
  func check(_ levels: Int) throws(CsvFault) {
    let grid = decimals
    for side in 0..<2 {
      for level in 1..<max(1, levels) {
        let (better, worse) = (book[2 * level - 2 + side], book[2 * level + side])
        guard worse.price.digits > 0 else { continue }
        let (first, second) = (better.price.units(grid), worse.price.units(grid))
        guard first > 0, side == 0 ? second < first : second > first else {
          throw CsvFault(field: nil, expected: "the best \(side == 0 ? "bid" : "ask") first")
        }
      }
    }
  }
}

extension CsvNumber {
  init() { self.init(digits: 0, decimals: 0) }

  init(digits: Int64, decimals: Int) {
    self.digits = digits
    self.decimals = decimals
  }
}

/// The quotes of one symbol between being read and being written.
struct TickGathering {
  let symbol: Symbol
  private let named: NamedSchedule
  private let form: CsvForm
  private var gate: TickGate
  private var grid = Grid(decimals: 0)
  private(set) var quotes = QuoteColumns()
  private var writer: SeriesWriter?
  /// Quotes that are well written but lie outside trading or behind newer ones.
  private(set) var passedOver = 0

  init(_ symbol: Symbol, _ named: NamedSchedule, _ form: CsvForm) {
    self.symbol = symbol
    self.named = named
    self.form = form
    gate = TickGate(named.schedule)
  }

  var key: SeriesKey { .ticks(symbol) }

  mutating func add(_ row: TickRow) {
    let zone = form.zone ?? symbol.exchange.zone
    let seconds = row.nanosOfDay / TimeText.nanosPerSecond
    let instant = zone.instant(row.day, seconds: seconds)
      .advanced(byNanos: row.nanosOfDay % TimeText.nanosPerSecond)
    guard case .counts(let slot) = gate.judge(at: instant, volume: row.volume) else {
      passedOver += 1
      return
    }
    if row.decimals > Int(grid.decimals) { refine(to: Grid(decimals: UInt8(row.decimals))) }
    let decimals = Int(grid.decimals)
    quotes.atNanos.append(instant.nanoseconds)
    quotes.tradingDays.append(slot.tradingDay.days)
    quotes.last.append(row.last.units(decimals))
    quotes.volume.append(row.volume)
    quotes.turnover.append(row.turnover)
    quotes.openInterest.append(row.openInterest)
    for place in 0..<2 * QuoteColumns.depth {
      let level = place < row.book.count ? row.book[place] : (price: CsvNumber(), lots: 0)
      quotes.book[2 * place].append(level.price.units(decimals))
      quotes.book[2 * place + 1].append(level.price.digits > 0 ? level.lots : 0)
    }
  }

  /// Writes what was gathered. Quotes of the last instant wait for others of it, unless all is read.
  mutating func flush(
    isLast: Bool, in database: borrowing Database
  ) throws(ArchiveError) -> WriteCount {
    let all = ChunkRows(quotes)
    var end = all.count
    if !isLast, let instant = all.nanos.last { end = all.nanos.partitioned { $0 < instant } }
    guard end > 0 else { return WriteCount() }
    if writer == nil {
      let series = Series(key: key, grid: grid, calendar: named.name, source: form.source)
      writer = try SeriesWriter(series, form.vintage, in: database)
    }
    let written = try writer?.write(all.rows(0..<end), on: grid, in: database)
    quotes = all.rows(end..<all.count).quotes
    return written ?? WriteCount()
  }

  /// Prices lie below 10¹⁰ with at most eight decimals, so finer units always fit.
  private mutating func refine(to finer: Grid) {
    var rows = ChunkRows(quotes)
    let fits = rows.scalePrices(by: Grid(decimals: finer.decimals - grid.decimals).unitsPerOne)
    precondition(fits, "prices were read below 10¹⁰")
    quotes = rows.quotes
    grid = finer
  }
}
