import Market

/// What kind of trading made a bar, as far as the bar and its hours tell.
enum BarKind: Sendable {
  case continuous
  /// One price for all.
  case auction
  /// The closing price for all.
  case afterHours
}

/// What the bars of the day have told of one instrument.
struct SeenDay: Sendable {
  private(set) var last: Price?
  private(set) var lastBarAt: Instant?
  private(set) var volume: Int64 = 0
  /// Whether a bar has told of after-hours trading, so that nothing need be supposed.
  private(set) var hasAfterHours = false
  /// What was traded there on supposition.
  var takenAfterHours: Int64 = 0

  mutating func see(_ bar: Bar, _ kind: BarKind) {
    lastBarAt = bar.closedAt
    guard kind != .afterHours else {
      hasAfterHours = true
      return
    }
    last = bar.close
    volume += bar.volume
  }

  /// A bar is an auction's where it has one price and cannot have begun before the auction did: no earlier than
  /// the bar before it closed, or the day began.
  func kind(of bar: Bar, _ day: InstrumentDay) -> BarKind {
    let ends = bar.closedAt
    if let board = day.board,
      board.afterHours.contains(where: { $0.from < ends && ends <= $0.until })
    {
      return .afterHours
    }
    guard bar.low == bar.high,
      let session = day.sessions.first(where: { $0.opens < ends && ends <= $0.closes }),
      session.phase == .auction, let began = lastBarAt ?? day.sessions.first?.opens
    else { return .continuous }
    return began >= session.opens ? .auction : .continuous
  }
}
