import Market
import Trading

/// Trading at the closing price, after the close.
///
/// Bars of the day's sessions do not tell what was traded there. So an order for the close trades only where a bar
/// told the closing price itself, where the close was not locked against it, and within a share of the volume that
/// such trading is taken to have.
extension PaperExchange {
  /// Ends the after-hours trading whose time is over: trades what can be, and lets the rest expire. A bar that ends
  /// with it still tells of it.
  mutating func tradeAfterHours(at instant: Instant, into events: inout [Event]) {
    var index = 0
    while index < resting.count {
      let entry = resting[index]
      guard entry.order.lifetime == .afterHours, let day = terms[entry.order.instrument.value],
        let ends = day.board?.afterHours.last?.until, ends < instant
      else {
        index += 1
        continue
      }
      let instrument = entry.order.instrument.value
      var lots: Int64 = 0
      if let close = knownClose(instrument, day),
        let price = closingPrice(of: entry.order, close, day)
      {
        lots = portion(of: entry, room: supposedRoom(instrument), day)
        seen[instrument].takenAfterHours += lots
        if lots > 0 { trade(index, lots: lots, price: price, day, at: instant, into: &events) }
      }
      guard lots < entry.remaining else { continue }
      resting.remove(at: index)
      events.append(Event(at: instant, .expired(entry.order.id)))
    }
  }

  /// The closing price, where a bar reached to the close.
  private func knownClose(_ instrument: Int, _ day: InstrumentDay) -> Price? {
    guard let told = seen[instrument].lastBarAt, day.hasClosed(at: told) else { return nil }
    return seen[instrument].last
  }

  /// What is left of the supposed volume; nothing where a bar has told of the real one.
  private func supposedRoom(_ instrument: Int) -> Int64 {
    let seen = seen[instrument]
    guard !seen.hasAfterHours else { return 0 }
    return manners.participation.of(manners.afterHoursShare.of(seen.volume)) - seen.takenAfterHours
  }
}
