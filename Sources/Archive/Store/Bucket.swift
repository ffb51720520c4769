import Market

/// The span of trading days that share a chunk: about 4,096 bars of a future, the same for every
/// writer, so that what a chunk holds does not depend on how its bars came in.
struct Bucket {
  let days: Int32

  init(_ key: SeriesKey) {
    self.init(key.isTicks ? nil : key.interval)
  }

  /// Ticks, which have no interval, are parted by the day: a busy contract has 41,400 of them.
  init(_ interval: BarInterval?) {
    days =
      switch interval {
      case nil: 1
      case .minute: 14
      case .minute5: 70
      case .minute15: 210
      case .minute30: 420
      case .hour: 840
      case .day: 5_600
      }
  }

  /// The first day of the bucket a trading day lies in; 1970-01-01 was a Thursday, buckets begin on Mondays.
  func start(_ day: Int32) -> Int32 {
    let shifted = Int(day) + 3
    let count = Int(days)
    let rest = (shifted % count + count) % count
    return day - Int32(rest)
  }

  /// Runs of rows that share a bucket, in order.
  func runs(_ days: [Int64]) -> [(start: Int32, rows: Range<Int>)] {
    var runs: [(start: Int32, rows: Range<Int>)] = []
    var first = 0
    while first < days.count {
      let start = start(Int32(truncatingIfNeeded: days[first]))
      let next = Int64(start) + Int64(self.days)
      // Trading days never go back, so a bucket's rows end where the first later day begins.
      var end = first + 1
      while end < days.count, days[end] < next { end += 1 }
      runs.append((start, first..<end))
      first = end
    }
    return runs
  }
}
