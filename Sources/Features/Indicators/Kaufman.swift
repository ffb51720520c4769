extension Function {
  /// Kaufman's adaptive mean: fast where the price goes straight, slow where it goes nowhere.
  static let kaufman = Function("kama", .bars("bars"), .bars("fast"), .bars("slow")) {
    plan, arguments in
    let bars = arguments.bars(0)
    let (fast, slow) = (2 / Double(arguments.bars(1) + 1), 2 / Double(arguments.bars(2) + 1))
    let straightness = "ratio(abs(delta(close, \(bars))), sum(abs(delta(close, 1)), \(bars)), 0)"
    let rate = plan.lay("\(straightness) * (\(fast) - \(slow)) + \(slow)")
    // A market that is less than a tenth straight for long remembers longer than is reckoned here.
    let usual = 0.1 * max(fast - slow, 0) + min(fast, slow)
    return plan.add(
      .adaptive(least: usual * usual), plan.add(.input(.close)), plan.add(.power(2), rate))
  }
}
