/// What holds for a future on one day beyond what every instrument has.
public struct ContractDay: Hashable, Sendable {
  /// The first instrument of the run that is of the same product: some rules count all of these together.
  public let product: InstrumentIndex
  /// Whether of the product's longs and shorts only the side with the larger margin pays it.
  public let paysLargerSide: Bool
  public let openings: OpeningLimit?
  /// What is opened is a multiple of this: one, or the lots of a delivery in the delivery month.
  public let deliveryLots: Int64

  public init(
    product: InstrumentIndex, paysLargerSide: Bool = false, openings: OpeningLimit? = nil,
    deliveryLots: Int64 = 1
  ) {
    precondition(deliveryLots > 0, "a delivery has lots")
    self.product = product
    self.paysLargerSide = paysLargerSide
    self.openings = openings
    self.deliveryLots = deliveryLots
  }
}

/// How many lots one account may open in a trading day.
public struct OpeningLimit: Hashable, Sendable {
  /// What is counted together.
  public enum Scope: UInt8, CaseIterable, Sendable {
    case contract
    /// All contracts of the product.
    case product
  }

  public let lots: Int64
  public let scope: Scope

  public init(lots: Int64, scope: Scope) {
    self.lots = lots
    self.scope = scope
  }
}

extension ContractRules {
  /// What holds for a contract on one day.
  func day(_ day: TradingDay, _ contract: Contract?, product: InstrumentIndex) -> ContractDay {
    let stage = contract?.stage(on: day) ?? .far
    let isDelivering = stage == .month || stage == .lastDays
    return ContractDay(
      product: product, paysLargerSide: largerSide[day] ?? false, openings: dailyOpens[day],
      deliveryLots: isDelivering ? delivery[day]?.lots ?? 1 : 1)
  }
}
