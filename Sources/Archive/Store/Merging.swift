import Market

extension BarColumns {
  /// These rows and some of `other`'s in order of time; at the same instant the other's row counts.
  func merging(_ other: BarColumns, _ rows: Range<Int>) -> (BarColumns, WriteCount) {
    var merged = BarColumns(capacity: count + rows.count)
    var written = WriteCount()
    var held = 0
    for row in rows {
      let instant = other.closedAtNanos[row]
      let start = held
      while held < count, closedAtNanos[held] < instant { held += 1 }
      merged.append(contentsOf: self, start..<held)
      if held < count, closedAtNanos[held] == instant {
        if isAlike(held, other, row) { written.same += 1 } else { written.changed += 1 }
        held += 1
      } else {
        written.added += 1
      }
      merged.append(contentsOf: other, row..<row + 1)
    }
    merged.append(contentsOf: self, held..<count)
    return (merged, written)
  }

  private func isAlike(_ row: Int, _ other: BarColumns, _ otherRow: Int) -> Bool {
    tradingDays[row] == other.tradingDays[otherRow] && open[row] == other.open[otherRow]
      && high[row] == other.high[otherRow] && low[row] == other.low[otherRow]
      && close[row] == other.close[otherRow] && volume[row] == other.volume[otherRow]
      && turnover[row].bitPattern == other.turnover[otherRow].bitPattern
      && openInterest[row] == other.openInterest[otherRow]
  }

  /// Turns rows that came newest first.
  mutating func reverse() {
    closedAtNanos.reverse()
    tradingDays.reverse()
    open.reverse()
    high.reverse()
    low.reverse()
    close.reverse()
    volume.reverse()
    turnover.reverse()
    openInterest.reverse()
  }

  /// Counts the same prices in finer units.
  mutating func scalePrices(by factor: Int64) {
    for row in 0..<count {
      open[row] *= factor
      high[row] *= factor
      low[row] *= factor
      close[row] *= factor
    }
  }
}
