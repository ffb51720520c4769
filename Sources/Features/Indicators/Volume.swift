extension Function {
  /// Where the close lies in its bar, from −1 at the low to 1 at the high; 0 in a bar without range.
  static let bodyPart = Function(
    "closeplace", is: "ratio(2 * close - high - low, high - low, 0)")

  /// Chaikin's line: volume weighted by where the close lies in its bar, added up.
  static let accumulation = Function("adl", is: "total(closeplace() * volume)")

  /// Volume added up, against the price on falling bars.
  static let onBalance = Function(
    "obv", is: "origin(volume) + total(if(below(close, ref(close, 1)), -volume, volume))")

  /// An index from 1,000 that earns the price's return on bars of falling volume only.
  static let volumeIndex = Function("nvi") { plan, _ in
    let earned = "if(below(volume, ref(volume, 1)), log(close / ref(close, 1)), 0)"
    return plan.lay("1000 * exp(total(\(earned)))")
  }
}
