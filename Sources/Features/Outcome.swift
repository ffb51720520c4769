internal import Market

/// What became of a row: its return, the unit a label counts it in, and the row it was known by.
struct Outcome {
  let value: Double
  let unit: Double
  let exitRow: Int
}

extension LabelDefinition {
  /// The outcome along the tradable rows from entry to horizon; `nil` where it has no number: a price
  /// of nothing, or no volatility to measure by.
  func outcome(_ bars: [Bar], along path: ArraySlice<Int>, deviation: Float) -> Outcome? {
    let (from, to) = (path[path.startIndex], path[path.endIndex - 1])
    let (paid, got) = prices.between(bars[from], bars[to])
    guard paid.units > 0 else { return nil }
    let plain = Double(got.units) / Double(paid.units) - 1
    switch form {
    case .plain, .ranked: return Outcome(value: plain, unit: 1, exitRow: to)
    case .scaled:
      let unit = unit(deviation: deviation)
      return unit > 0 && unit.isFinite ? Outcome(value: plain, unit: unit, exitRow: to) : nil
    case .barrier(let widths, _):
      let width = widths * horizonDeviation(deviation)
      guard width > 0, width.isFinite else { return nil }
      // The bar of an open bought is watched from its first price on, that of a close is over; the
      // bar of an open sold at the horizon is not watched any more.
      let watched = prices == .openToOpen ? path.dropLast() : path.dropFirst()
      for row in watched {
        if let value = bars[row].leaving(Double(paid.units), width: width) {
          return Outcome(value: value, unit: 1, exitRow: row)
        }
      }
      return Outcome(value: plain, unit: 1, exitRow: to)
    }
  }
}

extension Bar {
  /// The return with which a bar leaves the band around a price, `nil` while it stays inside. A bar
  /// that meets both edges does not tell which came first: it is taken at its close, lest the label
  /// lean to one side.
  fileprivate func leaving(_ paid: Double, width: Double) -> Double? {
    let from = { (price: Price) in Double(price.units) / paid - 1 }
    let opened = from(open)
    if abs(opened) >= width { return opened }
    switch (from(low) <= -width, from(high) >= width) {
    case (false, false): return nil
    case (true, false): return -width
    case (false, true): return width
    case (true, true): return from(close)
    }
  }
}

extension LabelDefinition.Prices {
  fileprivate func between(_ entry: Bar, _ exit: Bar) -> (paid: Price, got: Price) {
    switch self {
    case .openToOpen: (entry.open, exit.open)
    case .closeToClose: (entry.close, exit.close)
    }
  }
}
