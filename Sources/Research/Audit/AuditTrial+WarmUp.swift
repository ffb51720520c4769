import Features
import Market

/// When a column has forgotten where its history began.
struct Settling {
  /// `nil` if it never did.
  var bars: Int?
  /// The start that took longest, and the first row of the whole that differed late.
  var start: Int
}

extension AuditTrial {
  /// Begins the history elsewhere, a third as often as it is cut, and looks how long that is felt.
  func neededBars() throws(Problem) -> [Settling] {
    var settled = [Settling](repeating: Settling(bars: 0, start: 0), count: whole.columns)
    let tries = max(1, terms.cuts / 3)
    for attempt in 1...tries {
      let start = bars.count / 2 * attempt / tries
      guard start > 0 else { continue }
      let part = try making(Array(bars[start...]))
      for column in settled.indices {
        let needed = settling(part, column, start)
        guard let known = settled[column].bars, needed.map({ $0 > known }) ?? true else { continue }
        settled[column] = Settling(bars: needed, start: start)
      }
    }
    return settled
  }

  /// What still differs in the last tenth has not settled.
  private func settling(_ part: FeatureMatrix, _ column: Int, _ start: Int) -> Int? {
    let difference = Difference(
      part, whole, column: column, rows: 0..<part.rows, shift: start,
      deviation: deviations[column], by: .rounding)
    guard difference.first != nil else { return 0 }
    return difference.last < part.rows - max(1, part.rows / 10) ? difference.last + 1 : nil
  }

  /// Columns whose start is felt for longer than their recipe says; a history too short to tell is
  /// no fault.
  func lateSettlers(_ needed: [Settling], _ warmUps: [WarmUp]) -> [Leak] {
    needed.indices.compactMap { column in
      let (settling, computed) = (needed[column], warmUps[column].settlingBars)
      let rest = bars.count - settling.start
      guard !warmUps[column].isEndless, computed < rest, settling.bars ?? rest > computed else {
        return nil
      }
      let found = settling.bars ?? rest
      return Leak(
        check: .warmUp, column: column, row: settling.start + computed, rows: found - computed,
        cut: settling.start, size: 1e-6)
    }
  }
}
