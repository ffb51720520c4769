public import Market

/// The rules an order must pass, in the order they are asked.
public enum RiskRule: UInt8, CaseIterable, Sendable {
  /// The price lies on the day's tick.
  case tick
  /// The price lies within the day's limits.
  case priceLimits
  /// The price lies near the last one.
  case priceBand
  /// The exchange takes orders of this size.
  case largestOrder
  /// The account's own bound on an order's lots.
  case orderLots
  /// Openings are for whole lots, as many as the exchange's least.
  case wholeLots
  /// The instrument is one to enter.
  case listing
  /// A natural person may still enter the contract.
  case delivery
  /// The calendar is announced.
  case calendar
  /// Openings in the delivery month are multiples of a delivery.
  case deliveryLots
  /// The account has not opened too much today.
  case dailyOpens
  /// The account's own bound on the money an order ties up.
  case orderMoney
  /// The day's loss has not reached its stop.
  case dailyLoss
  /// The instrument does not take too large a share of the capital.
  case position
  /// The account can pay for it.
  case margin

  public var name: String {
    switch self {
    case .tick: "tick"
    case .priceLimits: "price limits"
    case .priceBand: "price band"
    case .largestOrder: "largest order"
    case .orderLots: "lots of an order"
    case .wholeLots: "whole lots"
    case .listing: "listing"
    case .delivery: "delivery"
    case .calendar: "calendar"
    case .deliveryLots: "delivery lots"
    case .dailyOpens: "daily openings"
    case .orderMoney: "money of an order"
    case .dailyLoss: "daily loss"
    case .position: "position"
    case .margin: "margin"
    }
  }
}

/// How much an account may risk; shares are of its equity.
public struct RiskLimits: Hashable, Sendable {
  /// How far a limit price may lie from the last one.
  public let priceBand: Rate
  public let orderLots: Int64
  /// The money one order may tie up.
  public let orderShare: Rate
  /// The loss of a day after which nothing is opened, as a share of the day's opening equity.
  public let dailyLoss: Rate
  /// The money one instrument may tie up.
  public let instrumentShare: Rate
  /// The money all positions together may tie up.
  public let totalShare: Rate

  public init(
    priceBand: Rate, orderLots: Int64, orderShare: Rate, dailyLoss: Rate, instrumentShare: Rate,
    totalShare: Rate
  ) {
    precondition(orderLots > 0, "a limit of no lots lets nothing trade")
    self.priceBand = priceBand
    self.orderLots = orderLots
    self.orderShare = orderShare
    self.dailyLoss = dailyLoss
    self.instrumentShare = instrumentShare
    self.totalShare = totalShare
  }
}
