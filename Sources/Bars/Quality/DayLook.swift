import Market

/// One trading day of a series under suspicion.
struct DayLook {
  let bars: BarColumns
  let rows: Range<Int>
  let habits: Habits
  let interval: BarInterval
  /// The share a price may go from the close of the day before.
  let limit: Double?
  private(set) var findings: [Finding] = []

  init(
    bars: BarColumns, rows: Range<Int>, habits: Habits, interval: BarInterval, limit: Double?
  ) {
    self.bars = bars
    self.rows = rows
    self.habits = habits
    self.interval = interval
    self.limit = limit
  }

  private func at(_ row: Int) -> Instant { Instant(nanoseconds: bars.closedAtNanos[row]) }

  private mutating func add(_ fault: Fault, _ grade: Grade, _ row: Int, _ detail: String) {
    findings.append(Finding(fault, grade, at: at(row), detail))
  }

  private func isSound(_ row: Int) -> Bool {
    bars.low[row] > 0 && bars.low[row] <= min(bars.open[row], bars.close[row])
      && bars.high[row] >= max(bars.open[row], bars.close[row])
  }
}

// MARK: - Each bar by itself, and columns against each other

extension DayLook {
  mutating func lookAtPrices() {
    let zeros = rows.filter {
      min(bars.open[$0], bars.close[$0], bars.low[$0], bars.high[$0]) <= 0
    }
    if let first = zeros.first { add(.zeroPrice, .d, first, "\(zeros.count) bars") }
    let wrong = rows.filter { !isSound($0) && !zeros.contains($0) }
    if let first = wrong.first {
      if wrong.count * 5 > rows.count, let way = closeShift() {
        add(.shifted, .d, first, "close is one bar \(way)")
      } else {
        add(.prices, .d, first, "\(wrong.count) bars with prices beyond their high or low")
      }
    }
    lookAtTurnover()
  }

  /// Fewer bars fit a shifted column by chance.
  private static let tellingBars = 10

  /// Whether the closes fit the neighbours' highs and lows better than their own.
  private func closeShift() -> String? {
    for (offset, way) in [(1, "early"), (-1, "late")] {
      let inner = rows.dropFirst().dropLast()
      let fitting = inner.filter {
        (bars.low[$0]...max(bars.low[$0], bars.high[$0])).contains(bars.close[$0 - offset])
      }
      if inner.count >= Self.tellingBars, fitting.count * 10 >= inner.count * 9 { return way }
    }
    return nil
  }

  private func explains(_ volumeRow: Int, _ row: Int) -> Bool {
    guard bars.volume[volumeRow] > 0 else { return bars.turnover[row] == 0 }
    let price = bars.turnover[row] / (Double(bars.volume[volumeRow]) * habits.size)
    return price >= 0.995 * Double(bars.low[row]) && price <= 1.005 * Double(bars.high[row])
  }

  private mutating func lookAtTurnover() {
    guard habits.size > 0 else { return }
    let wrong = rows.filter { bars.turnover[$0] > 0 && isSound($0) && !explains($0, $0) }
    guard let first = wrong.first else { return }
    let inner = rows.dropFirst().dropLast()
    if wrong.count * 5 > rows.count {
      for (offset, way) in [(1, "early"), (-1, "late")] {
        let fitting = inner.filter { explains($0 - offset, $0) }
        if inner.count >= Self.tellingBars, fitting.count * 10 >= inner.count * 9 {
          add(.shifted, .d, first, "volume is one bar \(way)")
          return
        }
      }
    }
    add(
      .turnover, wrong.count * 5 > rows.count ? .d : .c, first,
      "\(wrong.count) bars whose turnover is not volume × price")
  }
}

// MARK: - From bar to bar

extension DayLook {
  /// The least move that is suspicious, whatever is usual.
  private var greatMove: Double {
    max(20 * habits.deviation, interval == .day ? 0.25 : 0.05)
  }
  /// A settlement price may lie so far from the close it is judged by.
  private static let settlementShare = 0.02

  private func move(_ row: Int) -> Double? {
    guard row > 0, row < bars.count, bars.close[row - 1] > 0, bars.close[row] > 0 else {
      return nil
    }
    return Double(bars.close[row]) / Double(bars.close[row - 1]) - 1
  }

  mutating func lookAtMoves() {
    if let told = roll() {
      findings.append(told)
      return
    }
    var told = -2
    for row in rows {
      guard let move = move(row), isSound(row), told != row - 1 else { continue }
      let isOpening = row == rows.lowerBound
      let bound = isOpening && interval != .day ? max(3 * greatMove, 0.15) : greatMove
      if move.magnitude > bound {
        let back = self.move(row + 1) ?? 0
        let isBack =
          move * back < 0 && (1 + move) * (1 + back) > 0.9 && (1 + move) * (1 + back) < 1.1
        add(isBack ? .spike : .jump, isBack ? .d : .c, row, "\(percent(move)) in a bar")
        told = row
      } else if let reach = reach(row) {
        add(.spike, .d, row, "\(percent(reach)) beyond open and close")
      }
    }
    if told < 0 { lookAtLimit() }
  }

  /// How far a bar's high or low stands out; `nil` where it does not.
  private func reach(_ row: Int) -> Double? {
    let above = Double(bars.high[row]) / Double(max(bars.open[row], bars.close[row])) - 1
    let below = Double(bars.low[row]) / Double(min(bars.open[row], bars.close[row])) - 1
    let farthest = above > -below ? above : below
    return farthest.magnitude > greatMove ? farthest : nil
  }

  private mutating func lookAtLimit() {
    guard let limit, rows.lowerBound > 0, bars.close[rows.lowerBound - 1] > 0 else { return }
    let reference = Double(bars.close[rows.lowerBound - 1])
    let allowed = limit + Self.settlementShare
    let beyond = rows.filter {
      isSound($0)
        && (Double(bars.high[$0]) > reference * (1 + allowed)
          || Double(bars.low[$0]) < reference * (1 - allowed))
    }
    guard let first = beyond.first else { return }
    add(.jump, .c, first, "\(beyond.count) bars beyond the price limit of \(percent(limit))")
  }

  /// A new day on which price and open interest both begin elsewhere.
  private func roll() -> Finding? {
    let (first, last) = (rows.lowerBound, rows.lowerBound - 1)
    guard habits.hasOpenInterest, last >= 0, bars.openInterest[last] > 0,
      bars.openInterest[first] > 0, bars.close[last] > 0, bars.open[first] > 0
    else { return nil }
    let interest = Double(bars.openInterest[first]) / Double(bars.openInterest[last])
    let gap = Double(bars.open[first]) / Double(bars.close[last]) - 1
    guard interest < 0.75 || interest > 1.33, gap.magnitude > max(0.002, 2 * habits.deviation)
    else { return nil }
    return Finding(
      .roll, .b, at: at(first),
      "price \(percent(gap)) and open interest \(percent(interest - 1)) from the close before")
  }

  private func percent(_ share: Double) -> String {
    let tenths = Int((share.magnitude * 1_000).rounded())
    return "\(share < 0 ? "−" : "+")\(tenths / 10).\(tenths % 10) %"
  }
}

// MARK: - What was traded

extension DayLook {
  private var longestStale: Int { interval == .day ? 3 : 10 }
  private var longestSilence: Int { interval == .day ? 1 : 30 }

  mutating func lookAtTrading() {
    lookForRuns(.stale, .d, longestStale, "times the same bar") { bars, row in
      row > 0 && bars.volume[row] > 0 && bars.volume[row] == bars.volume[row - 1]
        && bars.open[row] == bars.open[row - 1] && bars.high[row] == bars.high[row - 1]
        && bars.low[row] == bars.low[row - 1] && bars.close[row] == bars.close[row - 1]
    }
    if habits.hasVolume {
      lookForRuns(.noTrade, .b, longestSilence, "bars without a trade") { bars, row in
        bars.volume[row] == 0
      }
      lookAtVolume()
    }
    if habits.hasOpenInterest { lookAtInterest() }
  }

  private mutating func lookForRuns(
    _ fault: Fault, _ grade: Grade, _ longest: Int, _ words: String,
    _ isPart: (BarColumns, Int) -> Bool
  ) {
    var start = rows.lowerBound
    while start < rows.upperBound {
      guard isPart(bars, start) else {
        start += 1
        continue
      }
      var end = start
      while end < rows.upperBound, isPart(bars, end) { end += 1 }
      if end - start >= longest { add(fault, grade, start, "\(end - start) \(words)") }
      start = end
    }
  }

  private mutating func lookAtVolume() {
    let most = (interval == .day ? 50 : 100) * habits.usualVolume(bars, around: rows)
    let huge = rows.filter { Double(bars.volume[$0]) > most }
    let moved = rows.filter { bars.volume[$0] == 0 && bars.high[$0] > bars.low[$0] }
    if let first = huge.first {
      add(.volume, .c, first, "\(huge.count) bars with more than \(Int(most))")
    } else if let first = moved.first {
      add(.volume, .c, first, "\(moved.count) bars whose price moved without volume")
    }
  }

  private mutating func lookAtInterest() {
    let wrong = rows.dropFirst().filter { row in
      let (before, now) = (bars.openInterest[row - 1], bars.openInterest[row])
      let change = abs(now - before)
      return change > 2 * bars.volume[row] && Double(change) > 0.05 * Double(max(before, now))
    }
    guard let first = wrong.first, interval != .day else { return }
    add(.openInterest, .c, first, "\(wrong.count) changes greater than what was traded")
  }
}
