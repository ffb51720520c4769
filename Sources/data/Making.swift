import Archive
import Bars
import Console
import Market
import Workbench

/// What `data make` was asked for, checked.
struct Making {
  struct Made {
    let series: Series
    let columns: BarColumns
  }

  let kind: String
  /// The kind with what it was made by, as the archive notes it.
  let name: String
  private let signal: PlantedSignal
  private let interval: BarInterval
  private let isRough: Bool
  private let days: ClosedRange<TradingDay>
  private let seed: UInt64
  private let book: MarketBook

  init(_ invocation: Invocation, _ work: WorkSettings) throws(Failure) {
    kind = invocation.text("kind") ?? "planted"
    interval = invocation.text("interval").flatMap { BarInterval(name: $0) } ?? .minute
    isRough = invocation.has("rough")
    days = try Self.days(invocation)
    seed = UInt64(try invocation.integer("seed", in: 0...Int.max) ?? 1)
    book = try MarketBook.read(work.home, of: work.symbols.map(\.exchange))
    (signal, name) = try Self.signal(kind, invocation, work)
    guard kind != "broken" else {
      guard interval == .minute, !isRough, !work.symbols.contains(where: \.isProduct) else {
        throw invocation.usageFailure(
          "--kind broken is made of the minutes of one series, and of nothing else")
      }
      return
    }
  }

  private static func days(_ invocation: Invocation) throws(Failure) -> ClosedRange<TradingDay> {
    let from = try invocation.day("from") ?? TradingDay(year: 2020, month: 1, day: 2)
    let until = try invocation.day("until") ?? TradingDay(year: 2020, month: 4, day: 30)
    guard from <= until else {
      throw invocation.usageFailure("--from is \(from), which is after --until \(until)")
    }
    return from...until
  }

  private static func signal(
    _ kind: String, _ invocation: Invocation, _ work: WorkSettings
  ) throws(Failure) -> (PlantedSignal, name: String) {
    guard ["planted", "panel-planted", "regime"].contains(kind) else { return (.none, kind) }
    let share = try invocation.number("r2", in: 0.0001...0.5) ?? 0.05
    let horizon = work.settings.integer("label.horizon")
    guard let signal = PlantedSignal(rSquared: share, horizonBars: horizon) else {
      throw invocation.usageFailure(
        "--r2 \(share) is more than can be planted for a horizon of \(horizon) bars")
    }
    return (signal, "\(kind) with R² \(share) over \(horizon) bars")
  }
}

// MARK: - Bars

extension Making {
  /// The series that a symbol stands for: one, or a product's contracts.
  func series(
    _ symbol: Symbol, as index: InstrumentIndex, _ terminal: Terminal
  ) throws(Failure) -> [Made] {
    let hours = try book.hours(symbol)
    let market = SyntheticMarket(
      schedule: hours.schedule, signal: signal, regimes: kind == "regime" ? Regimes() : nil,
      interval: interval, seed: seed)
    let terms = terms(symbol, index, hours.schedule)
    let named = { (symbol: Symbol) in
      Series(
        key: SeriesKey(symbol, interval), grid: terms.grid, calendar: hours.name,
        source: "made by data make, \(name), seed \(seed)" + (isRough ? ", rough" : ""))
    }
    if symbol.isProduct {
      let product = SyntheticProduct(market: market, contracts: try contracts(of: symbol))
      return product.bars(of: index, terms, days: days).map { contract, bars in
        Made(series: named(contract.symbol), columns: roughened(bars, terms))
      }
    }
    let bars = market.bars(of: index, terms, days: days)
    let columns = kind == "broken" ? spoilt(bars, terminal) : roughened(bars, terms)
    return [Made(series: named(symbol), columns: columns)]
  }

  private func roughened(_ bars: [Bar], _ terms: SyntheticTerms) -> BarColumns {
    BarColumns(isRough ? RoughMarket(roughening: bars, terms, seed: seed).bars : bars)
  }

  private func terms(
    _ symbol: Symbol, _ index: InstrumentIndex, _ schedule: Schedule
  ) -> SyntheticTerms {
    let isFuture = symbol.exchange.hasOffsets || symbol.exchange == .local
    let terms = isFuture ? SyntheticTerms() : SyntheticTerms.share
    var minutes = 345.0
    if case .alwaysOpen = schedule { minutes = 1_440 }
    let ofBar = interval == .day ? terms.daily(barsPerDay: minutes) : terms
    guard kind.hasPrefix("panel-") else { return ofBar }
    return ofBar.ofPanel(index, barsPerDay: interval == .day ? 1 : minutes)
  }

  /// The deliveries of January, May and September that are listed in the days asked for, or all of
  /// a product's own months where it has not these.
  private func contracts(of symbol: Symbol) throws(Failure) -> [Contract] {
    let (file, rules) = try book.rules(symbol)
    let usual = [1, 5, 9]
    let own = rules.futures?.months ?? []
    let months = own.isEmpty || usual.allSatisfy(own.contains) ? usual : own
    var contracts: [Contract] = []
    var delivery = Month(of: days.lowerBound)
    while delivery <= Month(of: days.upperBound).advanced(by: 8) {
      defer { delivery = delivery.advanced(by: 1) }
      guard months.contains(delivery.month) else { continue }
      let named = Symbol(naming: symbol, delivery)
      if let contract = rules.contract(named, near: delivery.first, in: file.calendar) {
        contracts.append(contract)
      }
    }
    guard !contracts.isEmpty else {
      throw Failure(
        .usage,
        "the calendar of \(symbol.exchange.rawValue) knows no delivery of \(symbol) in "
          + "\(days.lowerBound) … \(days.upperBound)")
    }
    return contracts
  }

  private func spoilt(_ bars: [Bar], _ terminal: Terminal) -> BarColumns {
    let broken = BrokenMarket(spoiling: BarColumns(bars))
    for planting in broken.planted {
      terminal.say("\(planting.day): \(planting.fault.rawValue)")
    }
    return broken.bars
  }
}

extension Symbol {
  /// A product's contract as its exchange names it: Zhengzhou writes one digit of the year.
  fileprivate init(naming product: Symbol, _ delivery: Month) {
    let year = product.exchange == .czce ? delivery.year % 10 : delivery.year % 100
    let text = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    let digits = (product.exchange == .czce ? "\(year)" : text(year)) + text(delivery.month)
    self.init(code: product.code + digits, exchange: product.exchange)
  }
}
