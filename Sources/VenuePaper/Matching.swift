import Market
import Trading

/// What a bar fills, and at which price.
extension PaperExchange {
  /// Fills what the bar reached, oldest order first, within the bar's share of volume.
  mutating func match(
    _ bar: Bar, _ kind: BarKind, _ day: InstrumentDay, at instant: Instant,
    into events: inout [Event]
  ) {
    var room = manners.participation.of(bar.volume)
    var index = 0
    while index < resting.count, room > 0 {
      let entry = resting[index]
      guard entry.order.instrument == bar.instrument,
        let price = price(of: entry.order, in: bar, kind, day)
      else {
        index += 1
        continue
      }
      let lots = portion(of: entry, room: room, day)
      if lots > 0 { trade(index, lots: lots, price: price, day, at: instant, into: &events) }
      room -= lots
      if lots < entry.remaining { index += 1 }
    }
  }

  /// As much of an order as there is room for: all that is left, or whole lots.
  func portion(of entry: Resting, room: Int64, _ day: InstrumentDay) -> Int64 {
    if entry.remaining <= room { return entry.remaining }
    return entry.order.lifetime == .fillOrKill ? 0 : room / day.lotSize * day.lotSize
  }

  /// The price an order gets; `nil` where the bar did not reach it.
  private func price(
    of order: Order, in bar: Bar, _ kind: BarKind, _ day: InstrumentDay
  ) -> Price? {
    guard (order.lifetime == .afterHours) == (kind == .afterHours) else { return nil }
    switch kind {
    case .continuous:
      return isLocked(bar, against: order.side, day) ? nil : price(of: order, in: bar, day)
    case .auction: return auctionPrice(of: order, at: bar.close, day)
    case .afterHours:
      return seen[bar.instrument.value].last.flatMap { closingPrice(of: order, $0, day) }
    }
  }

  /// The bar's opening price and slippage where that is within the limit, the limit itself where the bar traded
  /// through it.
  private func price(of order: Order, in bar: Bar, _ day: InstrumentDay) -> Price? {
    let sign = order.side.sign
    if (order.limit.units - bar.open.units) * sign >= 0 {
      let slipped = day.marketable(bar.open, order.side, ticks: manners.slippageTicks)
      return (slipped.units - order.limit.units) * sign > 0 ? order.limit : slipped
    }
    let best = order.side == .buy ? bar.low : bar.high
    return (order.limit.units - best.units) * sign > 0 ? order.limit : nil
  }

  /// All of an auction's trades have its one price. Whoever asked for exactly this may have been left over, and the
  /// bar does not tell: only better limits trade.
  private func auctionPrice(of order: Order, at price: Price, _ day: InstrumentDay) -> Price? {
    (order.limit.units - price.units) * order.side.sign > 0 ? price : nil
  }

  /// While a bar lies at the upper limit nobody sells, at the lower nobody buys: its own side waits in line.
  private func isLocked(_ bar: Bar, against side: Side, _ day: InstrumentDay) -> Bool {
    bar.low == bar.high && day.isAtLimit(bar.close, against: side)
  }

  /// The closing price, where the limit allows it and the close was not locked against the order.
  func closingPrice(of order: Order, _ close: Price, _ day: InstrumentDay) -> Price? {
    let isWithin = (order.limit.units - close.units) * order.side.sign >= 0
    return isWithin && !day.isAtLimit(close, against: order.side) ? close : nil
  }
}

extension InstrumentDay {
  /// Whether a price is the limit at which `side` finds nobody.
  func isAtLimit(_ price: Price, against side: Side) -> Bool {
    side == .buy ? price == highest : price == lowest
  }
}
