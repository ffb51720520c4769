/// A price step and the price from which it holds, up to the next band's.
public struct TickBand: Hashable, Sendable {
  /// In hundred-millionths of the currency; the first band starts at zero.
  public let from: Int64
  public let tick: Tick

  public init(from: Int64, tick: Tick) {
    precondition(from >= 0, "a band starts at a price")
    self.from = from
    self.tick = tick
  }

  /// The band on a grid. Below the grid's own step no price of the series can lie, so that a step
  /// too fine for it becomes one unit.
  func step(on grid: Grid) -> TickStep {
    let unit = Grid(decimals: Grid.most - grid.decimals).unitsPerOne
    return TickStep(from: Price(units: (from + unit - 1) / unit), units: tick.units(on: grid) ?? 1)
  }
}

/// A band in the units of a series: prices from `from` on move in steps of `units`.
public struct TickStep: Hashable, Sendable {
  public let from: Price
  public let units: Int64

  public init(from: Price, units: Int64) {
    precondition(units > 0, "a step moves")
    self.from = from
    self.units = units
  }
}

/// Bands in the order of their prices. A border lies on both steps: upwards it counts in the
/// step above it, downwards in the one below.
extension [TickStep] {
  func step(above price: Price) -> TickStep {
    last { $0.from <= price } ?? self[0]
  }

  func step(below price: Price) -> TickStep {
    last { $0.from < price } ?? self[0]
  }

  func isOnTick(_ price: Price) -> Bool {
    let step = step(above: price)
    return (price.units - step.from.units) % step.units == 0
  }

  /// The last tick at or below a price.
  func floor(_ price: Price) -> Price {
    let step = step(above: price)
    let whole = (price.units - step.from.units).floorDivided(by: step.units)
    return Price(units: step.from.units + whole * step.units)
  }

  /// The first tick at or above a price.
  func ceiling(_ price: Price) -> Price {
    let below = floor(price)
    return below == price ? price : below.moved(units: step(above: below).units)
  }

  /// The tick a number of steps away from one, each as long as its band says.
  func moved(_ price: Price, ticks: Int64) -> Price {
    var moved = price
    for _ in 0..<abs(ticks) {
      let step = ticks > 0 ? step(above: moved).units : -step(below: moved).units
      moved = moved.moved(units: step)
    }
    return moved
  }
}
