internal import Market

extension Input {
  /// Writes one input of some bars to a tape; prices as numbers of the currency, the way
  /// `Price.value` gives them.
  func read(
    _ bars: UnsafeBufferPointer<Bar>, pricesPerOne: Double, marks: SeriesMarks,
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
    case .time, .tradingDay, .weekday, .sessionOpen, .sessionClose, .contract:
      for row in bars.indices { tape[row] = place(bars[row], marks) }
    }
  }

  /// Where a bar stands in time and in its series.
  private func place(_ bar: Bar, _ marks: SeriesMarks) -> Double {
    switch self {
    case .time: bar.closedAt.minutes
    case .tradingDay: Double(bar.tradingDay.days)
    case .weekday: Double(bar.tradingDay.weekday)
    case .sessionOpen: marks.session(of: bar)?.opens.minutes ?? .nan
    case .sessionClose: marks.session(of: bar)?.closes.minutes ?? .nan
    case .contract: Double(marks.rolls(until: bar.closedAt))
    default: .nan
    }
  }
}

extension Instant {
  fileprivate var minutes: Double { Double(nanoseconds) / 60_000_000_000 }
}
