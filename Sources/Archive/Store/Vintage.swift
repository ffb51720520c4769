public import Market

/// A point in time as a person writes it: on each exchange's own clock, or on the world's.
public enum Moment: Hashable, Sendable {
  case local(TradingDay, nanos: Int64)
  case world(Instant)

  /// The end of a day.
  public static func endOf(_ day: TradingDay) -> Moment {
    .local(day.next, nanos: 0)
  }

  public func instant(on zone: Zone) -> Instant {
    switch self {
    case .world(let instant): instant
    case .local(let day, let nanos):
      zone.instant(day, seconds: nanos / 1_000_000_000).advanced(byNanos: nanos % 1_000_000_000)
    }
  }
}

/// When rows came in, and since when they count as known.
public struct Vintage: Hashable, Sendable {
  /// `nil` reads the wall clock.
  public var importedAt: Instant?
  /// `nil`: a first version is known at its close, a later one from its import.
  public var knownAt: Moment?

  public static let now = Vintage()

  public init(importedAt: Instant? = nil, knownAt: Moment? = nil) {
    self.importedAt = importedAt
    self.knownAt = knownAt
  }
}
