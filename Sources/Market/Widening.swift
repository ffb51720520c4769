/// How the limits of a future widen after days that ended at them.
public struct Widening: Hashable, Sendable {
  /// Added to the usual limit: first on the day after the first such day, then on those that follow
  /// as long as each ends at the same limit; the last step goes on.
  public let steps: [Rate]
  /// How far the margin then lies above the limit, at least.
  public let marginAbove: Rate?

  public init(steps: [Rate], marginAbove: Rate? = nil) {
    self.steps = steps
    self.marginAbove = marginAbove
  }

  /// The limit after so many days in a row that ended at the same one.
  public func limit(_ usual: Rate, after lockedDays: Int) -> Rate {
    guard lockedDays > 0, !steps.isEmpty else { return usual }
    let step = steps[min(lockedDays, steps.count) - 1]
    return Rate(hundredMillionths: usual.hundredMillionths + step.hundredMillionths)
  }
}

/// A trading day that is over, as the limits of the next one ask about it.
public struct PastDay: Hashable, Sendable {
  public let close: Price
  public let lowest: Price?
  public let highest: Price?

  public init(close: Price, lowest: Price?, highest: Price?) {
    self.close = close
    self.lowest = lowest
    self.highest = highest
  }

  /// The side on which nothing more was to be had: it ended at the upper limit, or at the lower one.
  public var locked: Side? {
    if highest.map({ close >= $0 }) ?? false { return .buy }
    return lowest.map { close <= $0 } ?? false ? .sell : nil
  }
}

extension Sequence where Element == PastDay {
  /// How many days up to the last one ended at the same limit; oldest first.
  public var lockedDays: Int {
    var streak: (side: Side, days: Int)?
    for day in self {
      guard let side = day.locked else {
        streak = nil
        continue
      }
      streak = (side, side == streak?.side ? (streak?.days ?? 0) + 1 : 1)
    }
    return streak?.days ?? 0
  }
}

extension ProductRules {
  /// How far a price may go on a day: less often than one would think the usual share.
  func limit(on day: TradingDay, _ known: KnownDay, _ contract: Contract?) -> Rate? {
    if let contract, contract.lastDay == day, let own = futures?.lastDayLimit[day] { return own }
    guard let usual = priceLimit[day] else { return nil }
    return futures?.widening[day]?.limit(usual, after: known.lockedDays ?? 0) ?? usual
  }

  /// The least margin after days that ended at their limit; `nil` where nothing is raised.
  func widenedMargin(on day: TradingDay, _ known: KnownDay) -> Rate? {
    guard let locked = known.lockedDays, locked > 0, let usual = priceLimit[day],
      let widening = futures?.widening[day], let above = widening.marginAbove
    else { return nil }
    let limit = widening.limit(usual, after: locked)
    return Rate(hundredMillionths: limit.hundredMillionths + above.hundredMillionths)
  }

  /// For each day of a history how many days right before it ended at the same limit, told from
  /// closes alone: limits are counted from the close before, where settlements are not known.
  public func lockedDays(
    _ history: [(day: TradingDay, close: Price)], grid: Grid, contract: (TradingDay) -> Contract?
  ) -> [Int] {
    guard let widening = futures?.widening, !widening.facts.isEmpty else {
      return history.map { _ in 0 }
    }
    var locked: [Int] = []
    var past: [PastDay] = []
    for (index, item) in history.enumerated() {
      var known = KnownDay()
      known.lockedDays = past.lockedDays
      locked.append(past.lockedDays)
      let reference = index == 0 ? nil : history[index - 1].close
      let band = dailyBand(item.day, reference, grid, known, contract(item.day))
      let day = PastDay(close: item.close, lowest: band?.lowest, highest: band?.highest)
      past = day.locked == nil ? [] : past + [day]
    }
    return locked
  }

  private func dailyBand(
    _ day: TradingDay, _ reference: Price?, _ grid: Grid, _ known: KnownDay, _ contract: Contract?
  ) -> (lowest: Price, highest: Price)? {
    guard let reference, let tick = tick[day]?.units(on: grid) else { return nil }
    return band(around: reference, on: day, tick: tick, known, contract)
  }
}
