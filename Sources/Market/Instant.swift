/// A moment on the world's time line, in nanoseconds since 1970-01-01 00:00 UTC.
public struct Instant: Hashable, Comparable, Sendable {
  public let nanoseconds: Int64

  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// Whole seconds since 1970 in UTC.
  public init(seconds: Int64) {
    nanoseconds = seconds * 1_000_000_000
  }

  public static func < (left: Instant, right: Instant) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  public func advanced(byNanos nanos: Int64) -> Instant {
    Instant(nanoseconds: nanoseconds + nanos)
  }

  public func advanced(bySeconds seconds: Int64) -> Instant {
    Instant(nanoseconds: nanoseconds + seconds * 1_000_000_000)
  }
}

/// The clock an exchange's rules are written in.
public enum Zone: UInt8, CaseIterable, Sendable {
  case utc
  case shanghai
  case hongKong
  case newYork

  /// Seconds to add to UTC for the local clock at an instant.
  public func offsetSeconds(at instant: Instant) -> Int64 {
    switch self {
    case .utc: return 0
    case .shanghai, .hongKong: return 28_800
    case .newYork: return isSummer(instant) ? -14_400 : -18_000
    }
  }

  /// The instant of a local wall-clock time, `seconds` after midnight of `day` (24 h and more is the next day).
  public func instant(_ day: TradingDay, seconds: Int64) -> Instant {
    let local = Int64(day.days) * 86_400 + seconds
    // The standard offset decides first; one correction suffices, as no session opens inside a clock change.
    let guess = Instant(seconds: local - offsetSeconds(at: Instant(seconds: local)))
    return Instant(seconds: local - offsetSeconds(at: guess))
  }

  /// The local calendar date and the seconds since its midnight.
  public func local(_ instant: Instant) -> (day: TradingDay, seconds: Int64) {
    let seconds = instant.nanoseconds.floorDivided(by: 1_000_000_000) + offsetSeconds(at: instant)
    let days = seconds.floorDivided(by: 86_400)
    return (TradingDay(days: Int32(days)), seconds - days * 86_400)
  }

  /// United States daylight saving: from 2007 the second Sunday of March to the first of November at 2 h local.
  private func isSummer(_ instant: Instant) -> Bool {
    let year = TradingDay(days: Int32(instant.nanoseconds.floorDivided(by: 86_400_000_000_000)))
      .year
    let begins: TradingDay
    let ends: TradingDay
    if year >= 2007 {
      begins = .sunday(2, year: year, month: 3)
      ends = .sunday(1, year: year, month: 11)
    } else {
      begins = .sunday(1, year: year, month: 4)
      ends = TradingDay(year: year, month: 10, day: 31).sundayOnOrBefore
    }
    let seconds = instant.nanoseconds.floorDivided(by: 1_000_000_000)
    return seconds >= Int64(begins.days) * 86_400 + 7 * 3_600
      && seconds < Int64(ends.days) * 86_400 + 6 * 3_600
  }
}

extension Int64 {
  /// Division rounding towards minus infinity, so that dates before 1970 stay ordered.
  package func floorDivided(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
