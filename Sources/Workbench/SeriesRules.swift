import Archive
import Console
import Market

/// The dated rules of one loaded series, with what its own past days tell.
struct SeriesRules: Sendable {
  private let symbol: Symbol
  private let grid: Grid
  private let facts: LoadedFacts?
  private let rules: ProductRules
  private let file: MarketFile
  /// The first instrument of the run that is of the same product.
  private let product: InstrumentIndex
  /// Whether the exchange's table told the series' days, so that they must be announced ones.
  private let isTabled: Bool
  /// The table's hours; `nil` where the data told the days, which tell no hours for orders within them.
  private let hours: Timetable?
  /// Where bars of a day told the days: each lasts from the close before it to its own, a day at most.
  private let spans: [Session]
  /// How many days right before each day ended at the same limit.
  private let lockedDays: [TradingDay: Int]

  init(
    _ series: LoadedSeries, _ interval: BarInterval, product: InstrumentIndex, _ book: MarketBook
  ) throws(Failure) {
    let (file, rules) = try book.rules(series.symbol)
    let calendar = file.calendar
    symbol = series.symbol
    grid = series.grid
    facts = series.facts
    self.rules = rules
    self.file = file
    self.product = product
    isTabled = NamedSchedule.named(series.calendar, symbol.exchange.zone) == nil
    hours = isTabled ? book.timetable(rules, in: file, of: series.symbol) : nil
    spans = hours == nil && interval == .day ? Self.spans(series.bars) : []
    let closes = Self.closes(series.bars)
    let locked = rules.lockedDays(closes, grid: series.grid) {
      rules.contract(series.symbol, near: $0, in: calendar)
    }
    lockedDays = Dictionary(
      zip(closes.map(\.day), locked).filter { $0.1 > 0 }, uniquingKeysWith: { $1 })
  }

  func terms(
    _ instrument: InstrumentIndex, _ day: TradingDay, _ reference: Price?
  ) throws(RuleGap) -> InstrumentDay {
    var known = file.known(symbol.code, on: day, grid: grid)
      .updated(by: facts?.known(on: day, grid) ?? .nothing)
    known.lockedDays = known.lockedDays ?? lockedDays[day]
    return try rules.day(
      day, of: instrument, grid: grid, reference: reference, known: known,
      contract: rules.contract(symbol, near: day, in: file.calendar), code: symbol.code,
      product: product, stop: isTabled ? file.stop(on: day) : nil,
      sessions: sessions(on: day))
  }

  private func sessions(on day: TradingDay) -> [Session] {
    if let hours { return Array(hours.sessions(on: day)) }
    let place = spans.partitioned { $0.tradingDay < day }
    return place < spans.count && spans[place].tradingDay == day ? [spans[place]] : []
  }

  private static func spans(_ bars: [Bar]) -> [Session] {
    bars.indices.map { row in
      let closes = bars[row].closedAt
      let earliest = closes.advanced(bySeconds: -BarInterval.day.seconds)
      return Session(
        tradingDay: bars[row].tradingDay, phase: .day,
        opens: row > 0 ? max(earliest, bars[row - 1].closedAt) : earliest, closes: closes)
    }
  }

  /// The last close of every trading day.
  private static func closes(_ bars: [Bar]) -> [(day: TradingDay, close: Price)] {
    var closes: [(day: TradingDay, close: Price)] = []
    for bar in bars {
      if closes.last?.day == bar.tradingDay { closes.removeLast() }
      closes.append((bar.tradingDay, bar.close))
    }
    return closes
  }
}
