public import Market
public import Trading

extension Denial {
  /// Why risk said no, with the figures, in a sentence for people.
  public func reason(_ grid: Grid) -> String {
    switch rule {
    case .tick:
      "\(limit.text(on: grid)) is not on the tick; the last one below is \(price(allowed, grid))"
    case .priceLimits:
      "\(limit.text(on: grid)) is beyond the day's limit of \(price(allowed, grid))"
    case .priceBand:
      "\(price(measured, grid)) away from the last price, at most \(price(allowed, grid))"
    case .largestOrder: "\(measured) lots; the exchange takes \(allowed) in one order"
    case .orderLots: "\(measured) lots; an order may have \(allowed)"
    case .wholeLots: "\(measured) is no size the exchange takes to open"
    case .listing: listingReason
    case .delivery: "a natural person must be out of it by the close of \(day(allowed))"
    case .calendar:
      "the calendar is announced until \(day(allowed)); on \(day(measured)) only exits are sent"
    case .deliveryLots: "\(measured) lots; in the delivery month it opens by the \(allowed)"
    case .dailyOpens: "would be \(measured) lots opened this day, \(allowed) are allowed"
    case .orderMoney: "the order ties up \(money(measured)), at most \(money(allowed))"
    case .dailyLoss: "the day has lost \(money(measured)), it stops at \(money(allowed))"
    case .position: "the instrument would tie up \(money(measured)), at most \(money(allowed))"
    case .margin: "would take \(money(measured)), there is \(money(allowed))"
    }
  }

  private var listingReason: String {
    switch UInt8(exactly: measured).flatMap(KnownDay.Listing.init) {
    case .notYet: "it is not listed yet"
    case .suspended: "it is suspended"
    case .delisting: "it is in its last weeks before it is delisted"
    case .delisted, .listed, nil: "it is no longer listed"
    }
  }

  private func price(_ units: Int64, _ grid: Grid) -> String { Price(units: units).text(on: grid) }

  private func money(_ minor: Int64) -> String { NumberText.money(Money(minor: minor)) }

  private func day(_ days: Int64) -> String { "\(TradingDay(days: Int32(clamping: days)))" }
}

extension Alarm {
  /// The alarm in words.
  public var telling: String {
    switch self {
    case .strayFill: "a trade of an order that was not at work"
    case .overfill: "a trade beyond what was ordered"
    case .strayReport: "a report about an unknown order"
    case .missingLots: "a close of lots that were not held"
    case .mustLeave: "a position a natural person must leave by the close; it is being closed"
    }
  }
}
