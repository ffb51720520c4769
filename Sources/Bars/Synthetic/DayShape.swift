import Market

/// The minutes of one trading day and how lively each is; over the day the liveliness averages one.
struct DayShape {
  struct Minute {
    let closes: Instant
    /// The standard deviation within the bar, and of the move before its open.
    let body: Double
    let gap: Double
    /// How much is traded, beside the day's mean.
    let activity: Double
  }

  let minutes: [Minute]

  /// News gathers while the market is shut: so many times a minute's, after a pause and after a night.
  private static let pauseWeight = 10.0
  private static let nightWeight = 100.0

  init(_ day: TradingDay, _ schedule: Schedule) {
    let spans = Self.spans(day, schedule)
    let stretches = Self.stretches(spans)
    var closes: [Instant] = []
    var lively: [Double] = []
    var gaps: [Double] = []
    for stretch in stretches {
      let count = stretch.reduce(0) { $0 + $1.minutes }
      var index = 0
      for (order, span) in stretch.enumerated() {
        for minute in 0..<span.minutes {
          closes.append(span.opens.advanced(bySeconds: Int64(minute + 1) * 60))
          let side = 2 * (Double(index) + 0.5) / Double(count) - 1
          lively.append(0.7 + 0.9 * side * side)
          gaps.append(minute > 0 ? 1 : order > 0 ? Self.pauseWeight : Self.nightWeight)
          index += 1
        }
      }
    }
    minutes = Self.balanced(closes, lively, gaps)
  }

  /// A whole day as one bar, for markets of daily bars; empty where the day has no session.
  init(whole day: TradingDay, _ schedule: Schedule) {
    let share = PlantedSignal.openShare
    minutes =
      schedule.slot(of: day).map {
        [
          Minute(
            closes: $0.closes, body: (1 - share).squareRoot(), gap: share.squareRoot(), activity: 1)
        ]
      } ?? []
  }

  /// Scales so that within-bar variances average 1 − w and those before the open w, w the open's share.
  private static func balanced(
    _ closes: [Instant], _ lively: [Double], _ gaps: [Double]
  ) -> [Minute] {
    let count = Double(closes.count)
    let bodyScale = (1 - PlantedSignal.openShare) * count / lively.reduce(0) { $0 + $1 * $1 }
    let gapScale = PlantedSignal.openShare * count / gaps.reduce(0, +)
    let activityScale = count / lively.reduce(0, +)
    return closes.indices.map { index in
      Minute(
        closes: closes[index], body: bodyScale.squareRoot() * lively[index],
        gap: (gapScale * gaps[index]).squareRoot(), activity: activityScale * lively[index])
    }
  }

  private static func spans(
    _ day: TradingDay, _ schedule: Schedule
  ) -> [(opens: Instant, closes: Instant, minutes: Int)] {
    let hours: [(Instant, Instant)] =
      switch schedule {
      case .alwaysOpen, .fromData: schedule.slot(of: day).map { [($0.opens, $0.closes)] } ?? []
      case .sessions(let timetable):
        timetable.sessions(on: day).filter { $0.phase != .auction }.map { ($0.opens, $0.closes) }
      }
    return hours.map { opens, closes in
      (opens, closes, Int((closes.nanoseconds - opens.nanoseconds) / 60_000_000_000))
    }
  }

  private static func stretches(
    _ spans: [(opens: Instant, closes: Instant, minutes: Int)]
  ) -> [[(opens: Instant, closes: Instant, minutes: Int)]] {
    var stretches: [[(opens: Instant, closes: Instant, minutes: Int)]] = []
    for span in spans {
      if let last = stretches.last?.last,
        span.opens.nanoseconds - last.closes.nanoseconds <= Schedule.longestPauseNanos
      {
        stretches[stretches.count - 1].append(span)
      } else {
        stretches.append([span])
      }
    }
    return stretches
  }
}
