public import Bars
import Bytes
public import Console
public import Engine
public import Market
public import Research
import Trading
import VenuePaper

/// What a run forecasts and what it trades: the same series where nothing rolls and nothing pays, and
/// otherwise adjusted bars on the one side and raw prices of real instruments on the other.
public struct Slate: Sendable {
  /// One for each of `data.symbols`, as features and labels see it.
  public private(set) var series: [LoadedSeries] = []
  /// The instruments that orders go to, by their index in a run, with raw prices.
  public private(set) var traded: [LoadedSeries] = []
  /// By traded instrument: the series its bars belong to.
  public private(set) var routes: [AdjustedForecasts.Route] = []
  public private(set) var rolls: [Turn] = []
  public private(set) var actions: [CorporateAction] = []

  public init() {}

  /// Series that are traded as they are.
  public init(plain series: [LoadedSeries]) {
    for one in series { add(one, actions: []) }
  }

  /// Whether every series is the instrument itself.
  public var isPlain: Bool { routes.allSatisfy(\.isPlain) }

  public var turns: [Turn] { rolls + actions.map(Turn.action) }

  /// The index the next traded instrument will have.
  var nextIndex: InstrumentIndex { InstrumentIndex(traded.count) }

  /// Adds an instrument that is traded under its own name.
  mutating func add(_ raw: LoadedSeries, actions: [CorporateAction]) {
    let index = InstrumentIndex(series.count)
    var factors = PriceFactors()
    if !actions.isEmpty {
      let closes = ContractDays.figures(of: BarColumns(raw.bars)).map { ($0.day, $0.close) }
      factors = PriceFactors(actions, closes: closes, on: raw.grid)
    }
    let route = AdjustedForecasts.Route(series: index, factors: factors, grid: raw.grid)
    traded.append(raw)
    routes.append(route)
    self.actions += actions
    guard !route.isPlain else {
      series.append(raw)
      return
    }
    series.append(
      LoadedSeries(
        symbol: raw.symbol, grid: PriceFactors.grid(over: raw.grid),
        fingerprint: Self.fingerprint(raw, actions),
        source: raw.source + ", adjusted for \(actions.count) corporate actions",
        calendar: raw.calendar,
        bars: raw.bars.map { factors.adjusted($0, on: raw.grid).under(index) }, marks: raw.marks))
  }

  private static func fingerprint(_ raw: LoadedSeries, _ actions: [CorporateAction]) -> Digest {
    var hash = Sha256()
    hash.update(Array("\(raw.symbol) adjusted \(raw.fingerprint.hex)\n".utf8))
    for action in actions {
      hash.update(Array("\(action.exDay) \(action.recordDay) \(action.kind)\n".utf8))
    }
    return hash.digest()
  }

  /// Adds a product's main contracts one after the other as one series.
  mutating func add(_ rolled: RolledSeries, days: ClosedRange<TradingDay>) {
    let index = InstrumentIndex(series.count)
    series.append(rolled.adjusted(as: index, days: days))
    var last: InstrumentIndex?
    for (number, leg) in rolled.map.legs.enumerated() {
      let main = rolled.days(of: number)
      let contract = rolled.contracts[leg.contract]
      let next = nextIndex
      traded.append(
        contract.with(
          contract.bars.filter { main.lowerBound <= $0.tradingDay && days.contains($0.tradingDay) }
            .map { $0.under(next) }, on: contract.grid))
      routes.append(
        AdjustedForecasts.Route(
          series: index, factors: rolled.factors, grid: contract.grid, days: main))
      if let last { rolls.append(.roll(on: main.lowerBound, from: last, to: next)) }
      last = next
    }
  }
}

extension WorkSettings {
  /// Everything `data.symbols` names, loaded: a product such as `rb.SHFE` rolls through its contracts,
  /// a share with a file of corporate actions is adjusted by them.
  public func slate() throws(Failure) -> Slate {
    let source = try BarSource(self)
    var slate = Slate()
    for symbol in symbols {
      if source.key(symbol) == nil, symbol.isProduct {
        let until = TradingDay(days: .min)...days.upperBound
        slate.add(try RolledSeries(symbol, from: source, rule: rollRule, days: until), days: days)
      } else {
        let raw = try source.load(symbol, as: slate.nextIndex, days: days)
        let actions = try actions(of: symbol, as: slate.nextIndex, on: raw.grid)
        slate.add(raw, actions: actions.filter { days.contains($0.exDay) })
      }
      guard slate.series.last?.bars.isEmpty == false else {
        throw Failure(
          .data, "\(archivePath): \(symbol) has no \(interval.name) bars in the days asked for",
          remedy: "See what there is: data list")
      }
    }
    return slate
  }

  /// When a continuous series goes on to the next contract.
  public var rollRule: RollRule {
    RollRule(
      RollRule.Basis(rawValue: settings.choice("roll.rule")) ?? .openInterest,
      confirmDays: settings.integer("roll.confirm"), leaveDays: settings.integer("roll.leave"))
  }

  /// A run on paper over what was loaded, with whatever forecasts are handed in.
  public func simulation(
    _ slate: Slate, forecasts: Forecasts, from: TradingDay?
  ) throws(Failure) -> Simulation {
    var (warmUp, histories, closes): ([[Bar]], [[Bar]], [Price?]) = ([], [], [])
    for (series, route) in zip(slate.traded, slate.routes) {
      let split = from.map { day in series.bars.partitioned { $0.tradingDay < day } } ?? 0
      let last = route.days?.upperBound
      let main = last.map { last in series.bars.partitioned { $0.tradingDay <= last } } ?? split
      warmUp.append(Array(series.bars[..<min(main, split)]))
      let isOver = last.map { last in from.map { last < $0 } ?? false } ?? false
      histories.append(isOver ? [] : Array(series.bars[split...]))
      closes.append(slate.isPlain ? nil : series.bars[..<split].last?.close)
    }
    guard histories.contains(where: { !$0.isEmpty }) else {
      throw Failure(
        .data, "there are no bars to trade from \(from.map { "\($0)" } ?? "the start") on",
        remedy: "See what there is: data list")
    }
    let shown =
      slate.isPlain
      ? forecasts : .adjusted(AdjustedForecasts(forecasts, routes: slate.routes))
    return Simulation(
      desk: desk(instruments: slate.traded.count),
      venue: PaperExchange(instruments: slate.traded.count, manners: paperManners),
      forecasts: shown, warmUp: warmUp, histories: histories, closes: closes,
      turns: slate.turns, tellsOpenings: interval == .day,
      terms: try terms(slate.traded, actions: slate.actions))
  }
}
