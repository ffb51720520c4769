// Wilder's directional movement: how much of the true range was a new high, or a new low.

extension Function {
  static let plusDirection = Function("plusdi", .bars("bars")) { plan, arguments in
    let bars = arguments.bars(0)
    let moved = "if(above(delta(high, 1), larger(-delta(low, 1), 0)), delta(high, 1), 0)"
    return plan.lay("ratio(100 * wilder(\(moved), \(bars)), atr(\(bars)), 0)")
  }

  static let minusDirection = Function("minusdi", .bars("bars")) { plan, arguments in
    let bars = arguments.bars(0)
    let moved = "if(above(-delta(low, 1), larger(delta(high, 1), 0)), -delta(low, 1), 0)"
    return plan.lay("ratio(100 * wilder(\(moved), \(bars)), atr(\(bars)), 0)")
  }

  /// How one-sided the movement is, smoothed once more.
  static let directionIndex = Function("adx", .bars("bars")) { plan, arguments in
    let bars = arguments.bars(0)
    let (plus, minus) = ("plusdi(\(bars))", "minusdi(\(bars))")
    let index = "ratio(100 * abs(\(plus) - \(minus)), \(plus) + \(minus), 0)"
    return plan.lay("wilder(\(index), \(bars))")
  }
}
