/// The hours of the day: when orders go in, when they wait, and what kind of trading they meet.
extension InstrumentDay {
  /// The session at an instant; `nil` in breaks, and where nobody has told the hours.
  public func session(at instant: Instant) -> Session? {
    sessions.first { $0.opens <= instant && instant < $0.closes }
  }

  /// Whether the venue takes orders: from the day's first opening until its last close. In the breaks
  /// between, an order waits for the next session. Without hours the day is always open.
  public func isOpen(at instant: Instant) -> Bool {
    guard let first = sessions.first, let last = sessions.last else { return true }
    return first.opens <= instant && instant < last.closes
  }

  /// Whether the last session is over.
  public func hasClosed(at instant: Instant) -> Bool {
    sessions.last.map { $0.closes <= instant } ?? false
  }

  /// Whether a resting order may be withdrawn: within the hours, and not where the exchange holds on to it.
  public func mayCancel(at instant: Instant) -> Bool {
    isOpen(at: instant) && !(board?.uncancellable.contains { $0.contains(instant) } ?? false)
  }

  /// Whether an order that trades at the closing price may still be sent.
  public func takesAfterHours(at instant: Instant) -> Bool {
    guard let ends = board?.afterHours.last?.until else { return false }
    return instant < ends && (sessions.first.map { $0.opens <= instant } ?? true)
  }

  /// The worst price of a limit order sent at `instant`, counted from `base`; `nil` where nothing bounds
  /// it: no cage, or an auction, which takes any price within the limits.
  public func cageBound(_ side: Side, base: Price, at instant: Instant) -> Price? {
    guard let cage = board?.cage, session(at: instant)?.phase != .auction else { return nil }
    return cage.bound(side, base: base, tick: tick(above: base))
  }

  /// A price brought within the cage: for either side that is a price which costs less.
  public func caged(_ price: Price, _ side: Side, base: Price, at instant: Instant) -> Price {
    guard let bound = cageBound(side, base: base, at: instant) else { return price }
    return side == .buy ? min(price, bound) : max(price, bound)
  }
}
