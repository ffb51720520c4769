internal import Market

extension Input {
  /// Writes one input of some bars to a tape; prices as numbers of the currency, the way
  /// `Price.value` gives them.
  func read(
    _ bars: UnsafeBufferPointer<Bar>, pricesPerOne: Double,
    into tape: UnsafeMutablePointer<Double>
  ) {
    switch self {
    case .open: for row in bars.indices { tape[row] = Double(bars[row].open.units) / pricesPerOne }
    case .high: for row in bars.indices { tape[row] = Double(bars[row].high.units) / pricesPerOne }
    case .low: for row in bars.indices { tape[row] = Double(bars[row].low.units) / pricesPerOne }
    case .close:
      for row in bars.indices { tape[row] = Double(bars[row].close.units) / pricesPerOne }
    case .volume: for row in bars.indices { tape[row] = Double(bars[row].volume) }
    case .turnover: for row in bars.indices { tape[row] = bars[row].turnover }
    case .openInterest: for row in bars.indices { tape[row] = Double(bars[row].openInterest) }
    }
  }
}
