import Features
import Market

/// When a column has forgotten where its history began.
struct Settling {
  /// Bars until it is as if the history had begun earlier; `nil` if that never came.
  var bars: Int? = 0
  /// Bars until it says no other number; silence is honest and does not count.
  var wrongBars = 0
  /// The start after which it was wrong for longest.
  var start = 0
}

extension AuditTrial {
  /// Begins the history elsewhere, a third as often as it is cut, and looks how long that is felt.
  func neededBars() throws(Problem) -> [Settling] {
    var settled = [Settling](repeating: Settling(), count: whole.columns)
    let tries = max(1, terms.cuts / 3)
    for attempt in 1...tries {
      let start = bars.count / 2 * attempt / tries
      guard start > 0 else { continue }
      let part = try making(Array(bars[start...]))
      for column in settled.indices { note(part, column, start, in: &settled[column]) }
    }
    return settled
  }

  private func note(
    _ part: FeatureMatrix, _ column: Int, _ start: Int, in settling: inout Settling
  ) {
    let difference = Difference(
      part, whole, column: column, rows: 0..<part.rows, shift: start,
      deviation: deviations[column], by: .rounding)
    guard difference.first != nil else { return }
    // What still differs in the last tenth has not settled.
    let isSettled = difference.last < part.rows - max(1, part.rows / 10)
    settling.bars = isSettled ? settling.bars.map { max($0, difference.last + 1) } : nil
    guard let wrong = difference.lastSpoken, wrong + 1 > settling.wrongBars else { return }
    (settling.wrongBars, settling.start) = (wrong + 1, start)
  }

  /// Columns that say something else for longer than their recipe says.
  func lateSettlers(_ needed: [Settling], _ warmUps: [WarmUp]) -> [Leak] {
    needed.indices.compactMap { column in
      let (settling, computed) = (needed[column], warmUps[column].settlingBars)
      guard !warmUps[column].isEndless, settling.wrongBars > computed else { return nil }
      return Leak(
        check: .warmUp, column: column, row: settling.start + computed,
        rows: settling.wrongBars - computed, cut: settling.start, size: 1e-6)
    }
  }
}
