extension Function {
  /// Hull's mean: twice a mean of half the bars less one of all takes the lag off, and a short mean
  /// over it the noise.
  static let hull = Function("hull", .usual("x", .close), .bars("bars")) { plan, arguments in
    let bars = Double(arguments.bars(1))
    let (half, root) = (max(1, (bars / 2).rounded(.down)), bars.squareRoot().rounded(.down))
    return plan.lay(
      "wma(2 * wma(x, \(Int(half))) - wma(x, \(Int(bars))), \(Int(root)))",
      arguments.bound(to: [.series("x")]))
  }
}
