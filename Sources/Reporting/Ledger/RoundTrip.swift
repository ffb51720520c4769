public import Market

/// A finished trade: from the first lot on one side of an instrument until that side is flat again.
public struct RoundTrip: Hashable, Sendable {
  public let instrument: InstrumentIndex
  /// The side it was entered on: a buy is a long trade.
  public let side: Side
  public let entered: Instant
  public let left: Instant
  /// All lots that were opened on the way.
  public let lots: Int64
  /// What was paid and received: price units times lots.
  public let entryUnitLots: Int64
  public let exitUnitLots: Int64
  /// Profit before fees.
  public let gross: Money
  public let fees: Money
  /// Bars of its instrument between entry and exit.
  public let barsHeld: Int

  public var net: Money { gross - fees }

  /// The average price of entry, for people.
  public func entryPrice(on grid: Grid) -> Double {
    Double(entryUnitLots) / Double(lots) / Double(grid.unitsPerOne)
  }

  public func exitPrice(on grid: Grid) -> Double {
    Double(exitUnitLots) / Double(lots) / Double(grid.unitsPerOne)
  }
}

/// A round trip under way.
struct OpenTrip: Sendable {
  let entered: Instant
  let entryBar: Int
  var lots: Int64 = 0
  var entryUnitLots: Int64 = 0
  var exitUnitLots: Int64 = 0
  var gross = Money.zero
  var fees = Money.zero

  init(entered: Instant, entryBar: Int) {
    self.entered = entered
    self.entryBar = entryBar
  }

  func finished(_ instrument: InstrumentIndex, _ side: Side, at left: Instant, bar: Int)
    -> RoundTrip
  {
    RoundTrip(
      instrument: instrument, side: side, entered: entered, left: left, lots: lots,
      entryUnitLots: entryUnitLots, exitUnitLots: exitUnitLots, gross: gross, fees: fees,
      barsHeld: bar - entryBar)
  }
}
