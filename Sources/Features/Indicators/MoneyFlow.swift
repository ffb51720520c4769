extension Function {
  /// The share of turnover on bars whose typical price rose, of all that moved; 50 where none did.
  static let moneyFlow = Function("mfi", .bars("bars")) { plan, arguments in
    let bars = arguments.bars(0)
    let flow = "typical() * volume * sign(delta(typical(), 1))"
    let (inward, outward) = (
      "sum(larger(\(flow), 0), \(bars))", "sum(smaller(\(flow), 0), \(bars))"
    )
    return plan.lay("ratio(100 * \(inward), \(inward) - \(outward), 50)")
  }
}
