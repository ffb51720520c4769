/// How many shares an order may be for, beside the lot it is a multiple of.
public struct LotRule: Hashable, Sendable {
  /// The smallest order; above it sizes move by the lot.
  public let least: Int64
  /// Whether what is left below a lot may be sold, all of it at once.
  public let sellsRemainder: Bool

  public init(least: Int64, sellsRemainder: Bool) {
    self.least = least
    self.sellsRemainder = sellsRemainder
  }
}

/// The lot of one instrument, where each has its own.
public struct CodeLot: Hashable, Sendable {
  public let code: String
  public let lots: Timeline<Int64>

  public init(code: String, lots: Timeline<Int64>) {
    self.code = code
    self.lots = lots
  }
}

/// The dated rules that stocks and funds of one board have and futures have not.
public struct BoardRules: Hashable, Sendable {
  /// How the codes of the board's instruments begin; the longest beginning of all boards wins.
  public var codes: [String]
  public var limits: Timeline<LimitRule>
  public var cages: Timeline<PriceCage>
  /// Price steps by price; where empty, the product's one tick holds.
  public var ticks: Timeline<[TickBand]>
  public var lots: Timeline<LotRule>
  public var lotsByCode: [CodeLot]
  /// When resting orders cannot be withdrawn.
  public var uncancellable: Timeline<[ClockSpan]>
  /// When trades are made at the closing price.
  public var afterHours: Timeline<[ClockSpan]>
  public var levies: [LevyHistory]

  public init(
    codes: [String] = [], limits: Timeline<LimitRule> = Timeline([]),
    cages: Timeline<PriceCage> = Timeline([]), ticks: Timeline<[TickBand]> = Timeline([]),
    lots: Timeline<LotRule> = Timeline([]), lotsByCode: [CodeLot] = [],
    uncancellable: Timeline<[ClockSpan]> = Timeline([]),
    afterHours: Timeline<[ClockSpan]> = Timeline([]), levies: [LevyHistory] = []
  ) {
    self.codes = codes
    self.limits = limits
    self.cages = cages
    self.ticks = ticks
    self.lots = lots
    self.lotsByCode = lotsByCode
    self.uncancellable = uncancellable
    self.afterHours = afterHours
    self.levies = levies
  }
}

extension BoardRules {
  /// How long the beginning of `code` is that the board knows; `nil` where it is not of the board.
  public func match(_ code: String) -> Int? {
    codes.filter { code.hasPrefix($0) }.map(\.utf8.count).max()
  }

  /// The lot that this instrument alone has.
  public func lot(of code: String, on day: TradingDay) -> Int64? {
    lotsByCode.first { $0.code == code }?.lots[day]
  }

  /// What holds on one day, on one series' grid.
  func day(_ day: TradingDay, lot: Int64, grid: Grid, zone: Zone) -> BoardDay {
    BoardDay(
      steps: (ticks[day] ?? []).map { $0.step(on: grid) },
      leastOrder: max(lot, lots[day]?.least ?? lot),
      sellsRemainder: lots[day]?.sellsRemainder ?? false, cage: cages[day],
      uncancellable: (uncancellable[day] ?? []).map { $0.on(day, zone) },
      afterHours: (afterHours[day] ?? []).map { $0.on(day, zone) },
      levies: levies.compactMap { $0.timeline[day] })
  }
}
