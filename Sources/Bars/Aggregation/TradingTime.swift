import Market

/// A run of sessions counted as one stretch of trading time.
struct TradingTime {
  private let parts: ArraySlice<Session>

  /// Holds at least one session.
  init(_ parts: ArraySlice<Session>) {
    self.parts = parts
  }

  /// The slot of `lengthNanos` that a bar ending at `instant` falls into, counted from the stretch's start.
  func slot(closing instant: Instant, lengthNanos: Int64, auctionOpens: Instant?) -> Slot {
    let elapsed = max(1, tradedNanos(until: instant))
    let index = (elapsed - 1) / lengthNanos
    let end = min((index + 1) * lengthNanos, tradedNanos(until: parts[parts.endIndex - 1].closes))
    return Slot(
      tradingDay: parts[parts.startIndex].tradingDay,
      opens: opening(afterNanos: index * lengthNanos),
      closes: closing(afterNanos: end), auctionOpens: index == 0 ? auctionOpens : nil)
  }

  private func tradedNanos(until instant: Instant) -> Int64 {
    parts.reduce(0) { sum, part in
      sum + max(0, min(instant, part.closes).nanoseconds - part.opens.nanoseconds)
    }
  }

  /// At a pause, time goes on when trading does.
  private func opening(afterNanos offset: Int64) -> Instant {
    var left = offset
    for part in parts {
      let length = part.closes.nanoseconds - part.opens.nanoseconds
      if left < length { return part.opens.advanced(byNanos: left) }
      left -= length
    }
    return parts[parts.endIndex - 1].closes
  }

  /// At a pause, a bar ends when trading stops.
  private func closing(afterNanos offset: Int64) -> Instant {
    var left = offset
    for part in parts {
      let length = part.closes.nanoseconds - part.opens.nanoseconds
      if left <= length { return part.opens.advanced(byNanos: left) }
      left -= length
    }
    return parts[parts.endIndex - 1].closes
  }
}

extension Timetable {
  func slot(closing instant: Instant, _ interval: BarInterval) -> Slot? {
    let index = sessions.partitioned { $0.closes < instant }
    guard index < sessions.count, sessions[index].opens <= instant else { return nil }
    let stretch = stretch(around: index, pauseNanos: Schedule.longestPauseNanos)
    guard let first = stretch.firstIndex(where: { sessions[$0].phase != .auction }) else {
      return nil
    }
    // A stamp on the bell is the opening auction's; on a later bell, after a pause, it is nothing's.
    let isOpening = index < first || sessions[first].opens == instant
    guard isOpening || sessions[index].opens < instant else { return nil }
    if interval == .day { return Schedule.sessions(self).slot(of: sessions[index].tradingDay) }
    let spansPauses = interval.seconds >= BarInterval.minute30.seconds
    let unit =
      spansPauses
      ? stretch : self.stretch(around: max(index, first), pauseNanos: 0)
    let time = TradingTime(sessions[max(first, unit.lowerBound)..<unit.upperBound])
    return time.slot(
      closing: isOpening ? sessions[first].opens : instant,
      lengthNanos: interval.seconds * 1_000_000_000,
      auctionOpens: unit.contains(first) ? sessions[stretch.lowerBound].opens : nil)
  }

  /// The sessions around a bar's end that follow each other without a pause.
  func stretch(closing instant: Instant) -> Stretch? {
    let index = sessions.partitioned { $0.closes < instant }
    guard index < sessions.count, sessions[index].opens < instant,
      sessions[index].phase != .auction
    else { return nil }
    let whole = stretch(around: index, pauseNanos: Schedule.longestPauseNanos)
    guard let first = whole.firstIndex(where: { sessions[$0].phase != .auction }) else {
      return nil
    }
    let unit = stretch(around: index, pauseNanos: 0)
    return Stretch(
      tradingDay: sessions[index].tradingDay, opens: sessions[max(first, unit.lowerBound)].opens,
      closes: sessions[unit.upperBound - 1].closes)
  }

  /// The sessions of one trading day around one of them with no longer pause between neighbours.
  private func stretch(around index: Int, pauseNanos: Int64) -> Range<Int> {
    var low = index
    while low > 0, follows(low, within: pauseNanos) { low -= 1 }
    var high = index + 1
    while high < sessions.count, follows(high, within: pauseNanos) { high += 1 }
    return low..<high
  }

  private func follows(_ index: Int, within pauseNanos: Int64) -> Bool {
    let (before, after) = (sessions[index - 1], sessions[index])
    return before.tradingDay == after.tradingDay
      && after.opens.nanoseconds - before.closes.nanoseconds <= pauseNanos
  }
}
