import Market

/// What became of rows that met those already held.
struct Merge {
  var rows: ChunkRows
  var count = WriteCount()
  /// The held rows that others took the place of.
  var replaced: ChunkRows
  /// The instants at which nothing was held.
  var added: [Int64] = []
}

extension ChunkRows {
  /// These rows and some of `other`'s in order of time; at the same instant the other's count.
  ///
  /// Ticks may share an instant: all rows of an instant are one thing, held or replaced together.
  func merging(_ other: ChunkRows, _ range: Range<Int>) -> Merge {
    var merge = Merge(rows: ChunkRows(kind), replaced: ChunkRows(kind))
    var held = 0
    var next = range.lowerBound
    while next < range.upperBound {
      let instant = other.nanos[next]
      let group = other.group(at: next).clamped(to: range)
      next = group.upperBound
      let start = held
      while held < count, nanos[held] < instant { held += 1 }
      merge.rows.append(self, start..<held)
      if held < count, nanos[held] == instant {
        let old = self.group(at: held)
        held = old.upperBound
        if isAlike(old, other, group) {
          merge.count.same += group.count
        } else {
          merge.count.changed += group.count
          merge.replaced.append(self, old)
        }
      } else {
        merge.count.added += group.count
        merge.added.append(instant)
      }
      merge.rows.append(other, group)
    }
    merge.rows.append(self, held..<count)
    return merge
  }

  /// The rows without those of some instants, which are in order.
  func without(_ instants: [Int64]) -> ChunkRows {
    var kept = ChunkRows(kind)
    var first = 0
    for instant in instants {
      let place = nanos.partitioned { $0 < instant }
      guard place < count, nanos[place] == instant else { continue }
      kept.append(self, first..<place)
      first = group(at: place).upperBound
    }
    kept.append(self, first..<count)
    return kept
  }
}

extension BarColumns {
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
