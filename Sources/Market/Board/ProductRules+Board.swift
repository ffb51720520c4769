extension ProductRules {
  /// The step at the reference price, or the finest where none is known.
  func tick(on day: TradingDay, grid: Grid, reference: Price?) throws(RuleGap) -> Int64 {
    let bands = board?.ticks[day] ?? []
    let found = reference.flatMap { price in bands.last { $0.step(on: grid).from <= price } }
    let step: Tick
    if let band = found ?? bands.first {
      step = band.tick
    } else {
      step = try required(tick, "tick", day)
    }
    if let units = step.units(on: grid) { return units }
    // Without a reference the finest of several steps may well be finer than the series.
    guard found == nil, bands.count > 1 else {
      throw .gridTooCoarse(
        product: product, gridDecimals: grid.decimals, tickDecimals: step.decimals)
    }
    return 1
  }

  /// The day's price limits; `nil` where there are none.
  func band(
    around reference: Price, on day: TradingDay, tick: Int64, _ known: KnownDay,
    _ contract: Contract?
  ) -> (lowest: Price, highest: Price)? {
    if let limits = board?.limits[day] {
      return limits.span(isWarned: known.isSpecial ?? false, dayNumber: known.dayNumber)?
        .band(around: reference, tick: tick)
    }
    return limit(on: day, known, contract).map { Self.band(around: reference, $0, tick: tick) }
  }
}
