public import Market

/// The rules an order must pass, in the order they are asked.
public enum RiskRule: UInt8, CaseIterable, Sendable {
  /// The price lies within the day's limits and near the last one.
  case priceBand
  /// The order is not too large by lots or by money.
  case orderSize
  /// The day's loss has not reached its stop.
  case dailyLoss
  /// The instrument does not take too large a share of the capital.
  case position
  /// The account can pay for it.
  case margin

  public var name: String {
    switch self {
    case .priceBand: "price band"
    case .orderSize: "order size"
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
