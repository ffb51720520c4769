/// The days an exchange trades, between the first and the last day its table covers.
public struct ExchangeCalendar: Hashable, Sendable {
  public let zone: Zone
  /// All trading days, oldest first.
  public let days: [TradingDay]
  /// Days with hours of their own, oldest first.
  public let specialDays: [SpecialDay]
  /// The last day that is announced; those after it are expected only.
  public let knownUntil: TradingDay?

  /// How many days before its known end a calendar asks to be lengthened.
  public static let alarmDays = 60

  /// Weekdays from `first` to `last` without the closures; an `openEveryDay` calendar keeps weekends too.
  public init(
    zone: Zone, first: TradingDay, last: TradingDay, closures: [TradingDay],
    openEveryDay: Bool = false, openings: [TradingDay] = [], specialDays: [SpecialDay] = [],
    knownUntil: TradingDay? = nil
  ) {
    precondition(first <= last, "a calendar has a day")
    self.zone = zone
    let closed = Set(closures)
    let opened = Set(openings)
    days = (first...last).filter {
      opened.contains($0) || ((openEveryDay || !$0.isWeekend) && !closed.contains($0))
    }
    self.specialDays = specialDays.sorted { $0.day < $1.day }
    self.knownUntil = knownUntil.map { min($0, last) } ?? last
  }

  /// The calendar of exactly these days, oldest first, as found in data.
  public init(zone: Zone, days: [TradingDay]) {
    self.zone = zone
    self.days = days
    specialDays = []
    knownUntil = days.last
  }

  private init(
    zone: Zone, days: [TradingDay], specialDays: [SpecialDay], knownUntil: TradingDay?
  ) {
    self.zone = zone
    self.days = days
    self.specialDays = specialDays
    self.knownUntil = knownUntil
  }

  /// The same calendar with more days closed and other days special.
  public func changed(closing: [TradingDay], special: [SpecialDay]) -> ExchangeCalendar {
    let closed = Set(closing)
    let days = days.filter { !closed.contains($0) }
    let kept = specialDays.filter { old in !special.contains { $0.day == old.day } } + special
    return ExchangeCalendar(
      zone: zone, days: days,
      specialDays: kept.filter { !closed.contains($0.day) }.sorted { $0.day < $1.day },
      knownUntil: knownUntil)
  }

  public func isOpen(_ day: TradingDay) -> Bool {
    let index = lowerBound(day)
    return index < days.count && days[index] == day
  }

  /// The first trading day on or after `day`; `nil` past the table's end.
  public func onOrAfter(_ day: TradingDay) -> TradingDay? {
    let index = lowerBound(day)
    return index < days.count ? days[index] : nil
  }

  public func after(_ day: TradingDay) -> TradingDay? {
    onOrAfter(day.next)
  }

  public func before(_ day: TradingDay) -> TradingDay? {
    let index = lowerBound(day)
    return index > 0 ? days[index - 1] : nil
  }

  /// The trading days of a month, oldest first.
  public func days(year: Int, month: Int) -> ArraySlice<TradingDay> {
    let first = TradingDay(year: year, month: month, day: 1)
    return days[lowerBound(first)..<lowerBound(first.nextMonth)]
  }

  public func specialDay(_ day: TradingDay) -> SpecialDay? {
    let index = specialDays.partitioned { $0.day < day }
    return index < specialDays.count && specialDays[index].day == day ? specialDays[index] : nil
  }

  /// Whether the calendar is known on a day: past its known end nothing new is to be opened.
  public func isKnown(on day: TradingDay) -> Bool {
    knownUntil.map { day <= $0 } ?? false
  }

  /// How many days are left before the known end, once they are few; nought or less past it.
  public func alarm(on day: TradingDay) -> Int? {
    guard let knownUntil else { return 0 }
    let left = day.distance(to: knownUntil)
    return left <= Self.alarmDays ? left : nil
  }

  /// What must hold: days in order and each once, special days among them.
  public var isSound: Bool {
    zip(days, days.dropFirst()).allSatisfy { $0 < $1 } && specialDays.allSatisfy { isOpen($0.day) }
  }

  /// The position of the first day not before `day`.
  func lowerBound(_ day: TradingDay) -> Int {
    days.partitioned { $0 < day }
  }
}

/// A trading day with hours of its own: a half day, a morning lost to a storm, a night that opened late.
public struct SpecialDay: Hashable, Sendable {
  public let day: TradingDay
  public let why: String
  /// In place of the day's spans; `nil` to keep them. Those of the evening before stay.
  public let spans: [Hours]?
  /// When the night before it opened, if late.
  public let nightOpensSecond: Int64?

  public init(day: TradingDay, why: String, spans: [Hours]?, nightOpensSecond: Int64? = nil) {
    self.day = day
    self.why = why
    self.spans = spans
    self.nightOpensSecond = nightOpensSecond
  }

  /// The day's hours made from the usual ones.
  func hours(_ usual: [Hours]) -> [Hours] {
    let evening = usual.filter(\.isOfEvening).compactMap(late)
    return evening + (spans ?? usual.filter { !$0.isOfEvening })
  }

  /// A night that opened late has its auction moved with it.
  private func late(_ span: Hours) -> Hours? {
    guard let opens = nightOpensSecond else { return span }
    if span.phase == .night {
      return opens < span.closesSecond
        ? Hours(.night, opensSecond: opens, closesSecond: span.closesSecond) : nil
    }
    let length = span.closesSecond - span.opensSecond
    return Hours(span.phase, opensSecond: opens - length, closesSecond: opens)
  }
}
