/// What takes the jumps of rolls, dividends and splits out of raw prices, chained forwards.
///
/// The first stretch keeps its raw prices and every later one is moved onto it, so that a value once
/// made never changes as days are added; factors chained backwards from today rescale all history
/// with each new step, and so see the future.
public struct PriceFactors: Hashable, Sendable {
  /// What holds from a day on: adjusted price = raw × share + shift.
  public struct Step: Hashable, Sendable {
    public let from: TradingDay
    public let share: Double
    /// In units of the raw grid.
    public let shift: Double
    /// How many shares one share of the first day has become.
    public let shares: Double

    public init(from: TradingDay, share: Double = 1, shift: Double = 0, shares: Double = 1) {
      precondition(share > 0 && shares > 0, "a price stays a price")
      self.from = from
      self.share = share
      self.shift = shift
      self.shares = shares
    }

    public static let none = Step(from: TradingDay(days: .min))
  }

  /// Oldest first.
  public private(set) var steps: [Step]

  /// Adjusted prices are kept so many decimals finer than raw ones.
  static let finerDecimals: UInt8 = 4

  public init(_ steps: [Step] = []) {
    precondition(zip(steps, steps.dropFirst()).allSatisfy { $0.from < $1.from }, "steps in order")
    self.steps = steps
  }

  public var last: Step { steps.last ?? .none }

  public mutating func append(_ step: Step) {
    precondition(last.from < step.from || steps.isEmpty, "steps in order")
    steps.append(step)
  }

  public func step(on day: TradingDay) -> Step {
    let index = steps.partitioned { $0.from <= day }
    return index > 0 ? steps[index - 1] : .none
  }

  /// The grid of adjusted prices over the raw one.
  public static func grid(over raw: Grid) -> Grid {
    Grid(decimals: min(Grid.most, raw.decimals + finerDecimals))
  }

  /// The bar as features see it, on the adjusted grid. Volume is told in the shares of the first day
  /// and turnover moves with the price, so that turnover over volume stays a price of the bar.
  public func adjusted(_ bar: Bar, on raw: Grid) -> Bar {
    let step = step(on: bar.tradingDay)
    let units = Double(Self.grid(over: raw).unitsPerOne / raw.unitsPerOne)
    let moved = { (price: Price) in
      let value = (Double(price.units) * step.share + step.shift) * units
      return Price(units: Int64(value.rounded(.toNearestOrEven)))
    }
    let volume = Int64((Double(bar.volume) / step.shares).rounded(.toNearestOrEven))
    return Bar(
      instrument: bar.instrument, tradingDay: bar.tradingDay, closedAt: bar.closedAt,
      open: moved(bar.open), high: moved(bar.high), low: moved(bar.low), close: moved(bar.close),
      volume: volume, turnover: bar.turnover * step.share / step.shares,
      openInterest: bar.openInterest)
  }
}

extension PriceFactors {
  /// The factors of one share's dividends and splits: each ex-day moves later prices by the close before
  /// it over what that close was worth without the right, before any rounding to a tick.
  ///
  /// `closes` are the closing prices by day, oldest first. An action is known on its ex-day at the
  /// latest, and only the close before it is used: later days change nothing.
  public init(
    _ actions: [CorporateAction], closes: [(day: TradingDay, close: Price)], on grid: Grid
  ) {
    self.init()
    for day in Set(actions.map(\.exDay)).sorted() {
      let before = closes.partitioned { $0.day < day }
      guard before > 0 else { continue }
      let close = closes[before - 1].close.value(on: grid)
      let change = ExChange(actions.filter { $0.exDay == day }, on: grid)
      let worth = (close - change.money + change.paid) / change.shares
      guard close > 0, worth > 0 else { continue }
      append(
        Step(
          from: day, share: last.share * close / worth, shares: last.shares * change.shares))
    }
  }
}

/// What one share becomes on an ex-day, all actions of the day together.
private struct ExChange {
  var money = 0.0
  /// What is paid for the new shares of rights.
  var paid = 0.0
  var shares = 1.0

  init(_ actions: [CorporateAction], on grid: Grid) {
    for action in actions {
      switch action.kind {
      case .dividend(let perShare): money += perShare.value
      case .bonus(let perShare): shares += perShare.value
      case .rights(let perShare, let price):
        shares += perShare.value
        paid += perShare.value * price.value(on: grid)
      case .consolidation(let into): shares *= into.value
      }
    }
  }
}
