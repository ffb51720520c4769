import Market

/// One order's worth of a wished change.
struct Slice: Hashable {
  let offset: Offset
  let lots: Int64
}

/// Splits a wished change of position into closes and an open, as the exchange's rule demands.
struct Plan {
  let terms: InstrumentDay
  let position: Position

  /// What can be closed goes first; only what is left over opens.
  func slices(_ side: Side, lots: Int64, into slices: inout [Slice]) {
    var left = lots
    let leg = position[side, .close]
    let today = terms.isNextDay ? 0 : leg.freeToday
    if terms.closing.taking == .byFlag {
      left -= add(.close, min(left, leg.freeYesterday), into: &slices)
      left -= add(.closeToday, min(left, today), into: &slices)
    } else {
      let free = min(left, leg.freeYesterday + today)
      let takes = terms.board == nil || terms.takes(free, side, held: leg.lots)
      left -= add(.close, takes ? free : terms.wholeLots(free), into: &slices)
    }
    // While lots of the other side are held but not free, opening against them would lock the account.
    guard leg.lots - (lots - left) <= 0, side == .buy || terms.mayShort else { return }
    let whole = terms.wholeLots(left)
    // Less than the least is asked for all the same where there is nothing yet: the risk rules say why not.
    _ = add(.open, whole == 0 && position.isFlat ? left : whole, into: &slices)
  }

  /// Adds at most the largest order the exchange takes; the rest follows when it is done.
  ///
  /// What the exchange bounds is split, since its bound says how to send, not how much to hold; in turn and not
  /// at once, since each piece is then weighed against what the one before it has done. What the account bounds
  /// (`risk.order_lots`) is refused and not split: it is there to catch a wish that is a mistake.
  private func add(_ offset: Offset, _ lots: Int64, into slices: inout [Slice]) -> Int64 {
    let capped = min(lots, terms.largestOrder)
    if capped > 0 { slices.append(Slice(offset: offset, lots: capped)) }
    return max(capped, 0)
  }
}
