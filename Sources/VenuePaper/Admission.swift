import Market

/// What the exchange takes in and lets go.
extension PaperExchange {
  /// Why an order is not taken, by the rules of its day; `nil` where it is.
  func refusal(of order: Order, at instant: Instant) -> Refusal? {
    guard order.instrument.value < terms.count, let day = terms[order.instrument.value] else {
      return .unknownInstrument
    }
    let isForClose = order.lifetime == .afterHours
    guard isForClose ? day.takesAfterHours(at: instant) : day.isOpen(at: instant) else {
      return .marketClosed
    }
    if !day.isOnTick(order.limit) { return .offTick }
    if !day.isWithinLimits(order.limit) { return .outsideLimits }
    if !isForClose, isOutsideCage(order, day, at: instant) { return .outsideCage }
    if order.lots > day.largestOrder { return .badLots }
    if resting.contains(where: { $0.order.id == order.id }) { return .duplicate }
    return custody.refusal(of: order, day, offered: offered(against: order, day))
  }

  /// Bars tell no best price: the last one stands for it, the day's reference before the first trade.
  private func isOutsideCage(_ order: Order, _ day: InstrumentDay, at instant: Instant) -> Bool {
    guard let base = seen[order.instrument.value].last ?? day.reference else { return false }
    return day.caged(order.limit, order.side, base: base, at: instant) != order.limit
  }

  /// Lots that other working orders offer out of those that `order` would close.
  private func offered(against order: Order, _ day: InstrumentDay) -> Int64 {
    guard order.offset != .open else { return 0 }
    let isByFlag = day.closing.taking == .byFlag
    return resting.reduce(0) { sum, entry in
      let other = entry.order
      let isSame =
        other.instrument == order.instrument && other.side == order.side
        && (isByFlag ? other.offset == order.offset : other.offset != .open)
      return isSame ? sum + entry.remaining : sum
    }
  }

  /// An order for the closing price may go at any time, any other one within the hours and outside the spans in
  /// which the exchange holds on to it.
  func mayCancel(_ order: Order, at instant: Instant) -> Bool {
    guard order.lifetime != .afterHours, let day = terms[order.instrument.value] else {
      return true
    }
    return day.mayCancel(at: instant)
  }
}
