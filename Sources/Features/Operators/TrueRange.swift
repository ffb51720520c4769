/// From the lower of low and last close to the higher of high and last close; the first bar has
/// none.
struct TrueRange: TernaryOperator {
  @inline(__always)
  func update(_ high: Reading, _ low: Reading, _ close: Reading) -> Double {
    let last = close[-1]
    // Written so that a NaN close wins both comparisons and silences the bar.
    let top = high[0] > last ? high[0] : last
    let bottom = low[0] < last ? low[0] : last
    return top - bottom
  }
}

extension Operation {
  static let trueRange = Operation("trueRange", reach: 1, silence: 1) { TrueRange() }
}
