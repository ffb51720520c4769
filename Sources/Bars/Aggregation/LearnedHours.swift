public import Market

/// Hours that a series' own bars tell.
///
/// What is expected of a day is learned from the twenty days before it and from nothing later: the
/// closes that nine of ten had. Evenings are compared with days that had one, as holidays take them.
public struct LearnedHours: Sendable {
  /// When bars are expected to close, by the order of the days; `nil` while too little is known.
  let closes: [[Int64]?]
  /// The mean number of bars of the days before; `nil` while too little is known.
  private let usualBars: [Int?]
  /// The sessions that took place: stretches of bars with less than ten minutes between them.
  public let timetable: Timetable

  private static let windowDays = 20
  private static let leastDays = 5
  private static let pauseNanos: Int64 = 600 * 1_000_000_000

  public init(_ bars: BarColumns, _ interval: BarInterval, zone: Zone) {
    let days = QualityGate.days(of: bars).map { DataRun(bars, $0, zone) }
    var window = Window()
    var closes: [[Int64]?] = []
    var usualBars: [Int?] = []
    for (index, day) in days.enumerated() {
      closes.append(window.expected(of: day, zone))
      usualBars.append(window.usualBars)
      window.add(day)
      if index >= Self.windowDays { window.remove(days[index - Self.windowDays]) }
    }
    self.closes = closes
    self.usualBars = usualBars
    timetable = Timetable(
      zone: zone,
      sessions: days.flatMap { $0.sessions(interval, zone, pauseNanos: Self.pauseNanos) })
  }

  /// How many bars are expected on a day that has `found`, by its place among the days. Where
  /// trades are rare, less than half of what is usual is too few.
  public func expectedBars(onDay index: Int, found: Int) -> Int {
    if let closes = closes[index] { return closes.count }
    return usualBars[index].flatMap { found * 2 < $0 ? $0 : nil } ?? found
  }

  /// How many of the last days had a bar that closes at each minute.
  private struct Window {
    private var counts = [Int](repeating: 0, count: DataRun.mostMinutes)
    private var days = 0
    private var evenings = 0
    private var bars = 0

    mutating func add(_ day: DataRun) { count(day, 1) }
    mutating func remove(_ day: DataRun) { count(day, -1) }

    private mutating func count(_ day: DataRun, _ step: Int) {
      for minute in day.minutes { counts[minute] += step }
      days += step
      evenings += day.evening == nil ? 0 : step
      bars += step * day.minutes.count
    }

    var usualBars: Int? { days >= LearnedHours.leastDays ? bars / days : nil }

    /// `nil` too where trades are so rare that most minutes are left to chance.
    func expected(of day: DataRun, _ zone: Zone) -> [Int64]? {
      guard days >= LearnedHours.leastDays else { return nil }
      var closes: [Int64] = []
      var usual = 0
      for minute in counts.indices {
        let isEvening = minute < DataRun.firstDayMinute
        let among = isEvening ? evenings : days
        guard among >= LearnedHours.leastDays, counts[minute] * 10 >= among * 9 else { continue }
        usual += 1
        guard let base = isEvening ? day.evening : day.day else { continue }
        let clock = isEvening ? minute : minute - DataRun.firstDayMinute
        closes.append(zone.instant(base, seconds: Int64(clock) * 60).nanoseconds)
      }
      return usual * days * 2 >= bars ? closes : nil
    }
  }
}

/// The bars of one trading day, by the minutes of the local clock at which they close.
private struct DataRun {
  /// Minutes of the evening before count from its midnight, those of the day from two days on.
  static let firstDayMinute = 2 * 1_440
  static let mostMinutes = 3 * 1_440 + 1
  /// Until six in the morning bars belong to the evening before, where it had any.
  private static let morningSecond: Int64 = 6 * 3_600

  let day: TradingDay
  /// The date on which the night before opened; `nil` where there was none.
  let evening: TradingDay?
  private(set) var minutes: [Int] = []
  private let closes: ArraySlice<Int64>

  init(_ bars: BarColumns, _ rows: Range<Int>, _ zone: Zone) {
    day = TradingDay(days: bars.tradingDays[rows.lowerBound])
    closes = bars.closedAtNanos[rows]
    var evening: TradingDay?
    for nanos in closes {
      let (date, second) = zone.local(Instant(nanoseconds: nanos - 1))
      let minute = Int(second / 60) + 1
      let isSmallHours = second < Self.morningSecond && evening != nil
      if date >= day, !isSmallHours {
        minutes.append(Self.firstDayMinute + min(minute, 1_440))
        continue
      }
      let opened = evening ?? (second >= Zone.turnSecond ? date : date.previous)
      evening = opened
      let past = Int(opened.distance(to: date)) * 1_440 + minute
      if past < Self.firstDayMinute, past > 0 { minutes.append(past) }
    }
    self.evening = evening
  }

  /// A day's bar tells no hours: it is one session from midnight to the turn.
  func sessions(_ interval: BarInterval, _ zone: Zone, pauseNanos: Int64) -> [Session] {
    let length = interval == .day ? Zone.turnSecond : interval.seconds
    var sessions: [Session] = []
    for nanos in closes {
      let closes = Instant(nanoseconds: nanos)
      var opens = closes.advanced(bySeconds: -length)
      var phase: Phase = zone.local(opens).day < day ? .night : .day
      if let last = sessions.last, opens.nanoseconds - last.closes.nanoseconds < pauseNanos {
        (opens, phase) = (last.opens, last.phase)
        sessions.removeLast()
      }
      sessions.append(Session(tradingDay: day, phase: phase, opens: opens, closes: closes))
    }
    return sessions
  }
}
