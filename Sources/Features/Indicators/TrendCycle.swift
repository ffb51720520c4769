extension Function {
  /// Schaff's trend cycle: where the MACD lies in its own range, smoothed, twice over.
  static let trendCycle = Function(
    "stc", .bars("fast"), .bars("slow"), .bars("cycle"), .bars("smooth")
  ) { plan, arguments in
    let (cycle, smooth) = (arguments.bars(2), arguments.bars(3))
    let trend = "macd(close, \(arguments.bars(0)), \(arguments.bars(1)))"
    let once = "ema(100 * position(\(trend), \(cycle)), \(smooth))"
    return plan.lay("ema(100 * position(\(once), \(cycle)), \(smooth))")
  }
}
