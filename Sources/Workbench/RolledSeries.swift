import Archive
public import Bars
import Bytes
public import Console
import Features
public import Market

/// A product's contracts in the archive, with the map that tells which is the main one on which day.
public struct RolledSeries: Sendable {
  public let symbol: Symbol
  public let map: RollMap
  /// By the map's contracts, all on one grid.
  public let contracts: [LoadedSeries]
  let factors: PriceFactors

  init(
    _ symbol: Symbol, from source: borrowing BarSource, rule: RollRule,
    days: ClosedRange<TradingDay>
  ) throws(Failure) {
    let names = Self.deliveries(of: symbol, in: source)
    guard !names.isEmpty else {
      throw Failure(
        .data,
        "\(source.work.archivePath): no contracts of \(symbol) with "
          + "\(source.work.interval.name) bars to roll through",
        remedy: "Import them one by one, such as \(symbol.code)2105.\(symbol.exchange.rawValue), "
          + "make some with data make --symbol \(symbol), or name another data.interval.")
    }
    var loaded: [LoadedSeries] = []
    for name in names {
      loaded.append(try source.load(name.symbol, as: InstrumentIndex(0), days: days))
    }
    let grid = loaded.map(\.grid).max { $0.decimals < $1.decimals } ?? Grid(decimals: 0)
    let known = source.book.files.first { $0.exchange == symbol.exchange }
    contracts = loaded.map { $0.finer(on: grid) }
    var described: [ContractDays] = []
    for (name, series) in zip(names, contracts) {
      described.append(
        ContractDays(
          symbol: name.symbol, delivery: name.delivery,
          holdUntil: known?.holdUntil(name.symbol, near: name.near, leaveDays: rule.leaveDays),
          days: ContractDays.figures(of: BarColumns(series.bars))))
    }
    self.symbol = symbol
    map = RollMap(described, rule: rule)
    factors = map.factors()
  }

  /// The contracts held of a product, by delivery.
  private static func deliveries(
    of symbol: Symbol, in source: borrowing BarSource
  ) -> [(symbol: Symbol, delivery: Month, near: TradingDay)] {
    var found: [(symbol: Symbol, delivery: Month, near: TradingDay)] = []
    for listing in source.listings {
      let name = listing.series.key.symbol
      guard name.exchange == symbol.exchange, name.product == symbol.code,
        listing.series.key == source.key(name),
        let delivery = name.delivery(near: listing.lastDay)
      else { continue }
      found.append((name, delivery, listing.lastDay))
    }
    return found.sorted { $0.delivery < $1.delivery }
  }

  /// The days a leg holds.
  public func days(of leg: Int) -> ClosedRange<TradingDay> {
    let first = map.legs[leg].decidedOn.next
    guard leg + 1 < map.legs.count else { return first...TradingDay(days: .max) }
    return first...max(first, map.legs[leg + 1].decidedOn)
  }

  /// The series as features see it.
  func adjusted(as index: InstrumentIndex, days: ClosedRange<TradingDay>) -> LoadedSeries {
    var hash = Sha256()
    hash.update(Array("\(symbol) \(map.rule.text) \(days.lowerBound)\n".utf8))
    var bars: [Bar] = []
    var rolls: [Instant] = []
    var breaks: [Instant] = []
    // A leg without bars passes what it lacks on to the next one that has some.
    var isBroken = false
    for (number, leg) in map.legs.enumerated() {
      let contract = contracts[leg.contract]
      let held = bars.count
      hash.update(Array("\(contract.symbol) \(contract.fingerprint.hex) \(leg.decidedOn)\n".utf8))
      let main = self.days(of: number)
      for bar in contract.bars where main.contains(bar.tradingDay) && days.contains(bar.tradingDay)
      {
        bars.append(factors.adjusted(bar, on: contract.grid).under(index))
      }
      isBroken = isBroken || !leg.isSpliced
      guard held < bars.count else { continue }
      if held > 0 {
        rolls.append(bars[held].closedAt)
        if isBroken { breaks.append(bars[held].closedAt) }
      }
      isBroken = false
    }
    let grid = contracts.first?.grid ?? Grid(decimals: 0)
    return LoadedSeries(
      symbol: symbol, grid: PriceFactors.grid(over: grid), fingerprint: hash.digest(),
      source: "\(map.legs.count) contracts, rolled by \(map.rule.text)", bars: bars,
      marks: SeriesMarks(
        timetable: contracts.last?.marks.timetable, rolls: rolls, breaks: breaks))
  }
}

extension WorkSettings {
  /// The roll map of one product.
  public func rolled(_ symbol: Symbol) throws(Failure) -> RolledSeries {
    let all = TradingDay(days: .min)...days.upperBound
    return try RolledSeries(symbol, from: BarSource(self), rule: rollRule, days: all)
  }
}

extension LoadedSeries {
  /// The same prices counted on a finer grid.
  func finer(on finer: Grid) -> LoadedSeries {
    guard finer != grid else { return self }
    let units = finer.unitsPerOne / grid.unitsPerOne
    let moved = { (price: Price) in Price(units: price.units * units) }
    return with(
      bars.map { bar in
        Bar(
          instrument: bar.instrument, tradingDay: bar.tradingDay, closedAt: bar.closedAt,
          open: moved(bar.open), high: moved(bar.high), low: moved(bar.low),
          close: moved(bar.close), volume: bar.volume, turnover: bar.turnover,
          openInterest: bar.openInterest)
      }, on: finer)
  }
}

extension MarketFile {
  /// The last day in a contract: so many trading days before the last one on which a person may hold it.
  func holdUntil(_ symbol: Symbol, near day: TradingDay, leaveDays: Int) -> TradingDay? {
    guard let rules = rules(symbol.product),
      let contract = rules.contract(symbol, near: day, in: calendar)
    else { return nil }
    let mayHold = rules.futures?.delivery[contract.delivery.first]?.personsMayHold ?? true
    var last = contract.lastDay
    if !mayHold, let before = calendar.before(contract.delivery.first) { last = min(last, before) }
    for _ in 0..<leaveDays { last = calendar.before(last) ?? last }
    return last
  }
}
