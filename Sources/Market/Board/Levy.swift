/// Who takes a levy, and for what.
public enum LevyKind: UInt8, CaseIterable, Sendable {
  case stampDuty
  case transfer
  case handling
  case regulation
  case trading
  case settlement

  public var name: String {
    switch self {
    case .stampDuty: "stamp_duty"
    case .transfer: "transfer"
    case .handling: "handling"
    case .regulation: "regulation"
    case .trading: "trading"
    case .settlement: "settlement"
    }
  }
}

/// What the state, the exchange or the clearing house takes from a trade, beside the commission.
public struct Levy: Hashable, Sendable {
  public let kind: LevyKind
  public let onBuys: Rate
  public let onSales: Rate
  /// For fees by number: the amount for a million shares bought.
  public let boughtPerMillion: Money
  public let soldPerMillion: Money
  public let least: Money
  /// `nil` where nothing caps it.
  public let most: Money?
  /// Whether a part of a currency unit counts as a whole one.
  public let isWhole: Bool
  /// Whether a broker's quoted commission holds it already, so that it is told but not charged.
  public let isInCommission: Bool

  public init(
    kind: LevyKind, onBuys: Rate, onSales: Rate, boughtPerMillion: Money = .zero,
    soldPerMillion: Money = .zero, least: Money = .zero,
    most: Money? = nil, isWhole: Bool = false, isInCommission: Bool = false
  ) {
    self.kind = kind
    self.onBuys = onBuys
    self.onSales = onSales
    self.boughtPerMillion = boughtPerMillion
    self.soldPerMillion = soldPerMillion
    self.least = least
    self.most = most
    self.isWhole = isWhole
    self.isInCommission = isInCommission
  }

  /// What one trade pays beside the commission.
  public func charge(_ side: Side, worth: Money, lots: Int64) -> Money {
    let rate = side == .buy ? onBuys : onSales
    let perMillion = side == .buy ? boughtPerMillion : soldPerMillion
    guard !isInCommission, rate > .zero || perMillion > .zero else { return .zero }
    let counted = roundedQuotient(Int128(perMillion.minor) * Int128(lots), 1_000_000)
    var due = max(worth.times(rate) + Money(minor: Int64(counted)), least)
    if let most { due = min(due, most) }
    return isWhole ? Money(minor: -((-due.minor).floorDivided(by: 100)) * 100) : due
  }
}

/// What one levy was over the years.
public struct LevyHistory: Hashable, Sendable {
  public let kind: LevyKind
  public let timeline: Timeline<Levy>

  public init(kind: LevyKind, timeline: Timeline<Levy>) {
    self.kind = kind
    self.timeline = timeline
  }
}
