/// Why nothing may be opened in an instrument on a day. What is held may always be closed.
public enum OpeningStop: Hashable, Sendable {
  /// The calendar is announced only until this day; those after it are guessed.
  case calendar(knownUntil: TradingDay)
  /// A natural person must be out by the close of this day, and be closed out of what is left.
  case delivery(leaveBy: TradingDay)
  /// The instrument is not, or no longer, one to enter.
  case listing(KnownDay.Listing)

  /// Whether what is held must be closed without waiting for the strategy.
  public var forcesExit: Bool {
    if case .delivery = self { true } else { false }
  }
}

extension KnownDay {
  /// Whether what is told of the listing speaks against opening.
  var stop: OpeningStop? {
    guard let listing, listing != .listed else { return nil }
    return .listing(listing)
  }
}

extension Contract {
  /// Whether the contract is too near its end for a natural person.
  func stop(on day: TradingDay) -> OpeningStop? {
    if day > lastDay { return .listing(.delisted) }
    return leaveBy.flatMap { $0 <= day ? .delivery(leaveBy: $0) : nil }
  }
}
