public import Market
public import Models

/// Why an order was sent: what last changed the lots that were wanted, and on which forecast.
public struct OrderReason: Sendable {
  public let order: Order
  public let sentAt: Instant
  public let cause: OrderCause
  /// The forecast that decided; where none did, the latest.
  public let belief: Belief?

  /// A recorded forecast with what it was made from.
  public struct Belief: Sendable {
    public let at: Instant
    public let forecast: Forecast
    public let input: ForecastInput
  }
}

/// What can change the lots that are wanted.
public enum OrderCause: String, Sendable {
  /// A forecast beyond `strategy.enter`.
  case enter
  /// A forecast that fell to `strategy.exit`.
  case exit
  case stop = "trailing stop"
  case cross = "averages crossed"
  case roll
  /// The instrument's last days, or a rule of the day.
  case leave = "must leave"
  case unknown
}

extension OrderReason {
  /// The figure of the gate that the forecast met, with the sign of the forecast; `nil` where no forecast decided.
  public func threshold(enter: Double, exit: Double) -> Double? {
    switch cause {
    case .enter: Double(order.side.sign) * enter
    case .exit: order.side == .sell ? exit : 0 - exit
    default: nil
    }
  }
}
