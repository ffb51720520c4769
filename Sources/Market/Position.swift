/// The lots held on one side of an instrument, by age.
public struct Leg: Hashable, Sendable {
  public internal(set) var today: Int64 = 0
  public internal(set) var yesterday: Int64 = 0
  /// Lots of each age that working close orders have laid a hand on.
  public internal(set) var frozenToday: Int64 = 0
  public internal(set) var frozenYesterday: Int64 = 0
  /// What the lots cost: opening price units times lots.
  public internal(set) var unitLots: Int64 = 0

  public init() {}

  public var lots: Int64 { today + yesterday }
  public var freeToday: Int64 { today - frozenToday }
  public var freeYesterday: Int64 { yesterday - frozenYesterday }
  public var free: Int64 { freeToday + freeYesterday }

  /// What must hold after every event.
  public var isSound: Bool {
    today >= 0 && yesterday >= 0 && frozenToday >= 0 && frozenYesterday >= 0
      && frozenToday <= today && frozenYesterday <= yesterday && (lots > 0 || unitLots == 0)
  }
}

extension Leg {
  /// A leg of lots nothing works on, as a statement of account tells it.
  public static func holding(_ lots: Lots) -> Leg {
    var leg = Leg()
    leg.today = lots.today
    leg.yesterday = lots.yesterday
    return leg
  }

  /// The lots no working order has laid a hand on.
  public var freeLots: Lots { Lots(today: freeToday, yesterday: freeYesterday) }

  /// A new trading day: what was bought today is yesterday's.
  public mutating func roll() {
    yesterday += today
    frozenYesterday += frozenToday
    today = 0
    frozenToday = 0
  }

  public mutating func open(lots: Int64, at price: Price) {
    today += lots
    unitLots += price.units * lots
  }

  /// Takes lots out by age and returns what they had cost, in unit lots.
  public mutating func close(_ taken: Lots) -> Int64 {
    precondition(taken.today <= today && taken.yesterday <= yesterday, "closes what is held")
    let before = lots
    let cost =
      taken.total == before
      ? unitLots
      : Int64(roundedQuotient(Int128(unitLots) * Int128(taken.total), Int128(before)))
    today -= taken.today
    yesterday -= taken.yesterday
    unitLots -= cost
    return cost
  }

  public mutating func freeze(_ lots: Lots) {
    frozenToday += lots.today
    frozenYesterday += lots.yesterday
  }

  public mutating func thaw(_ lots: Lots) {
    frozenToday -= min(lots.today, frozenToday)
    frozenYesterday -= min(lots.yesterday, frozenYesterday)
  }
}

/// A number of lots by age.
public struct Lots: Hashable, Sendable {
  public var today: Int64
  public var yesterday: Int64

  public static let none = Lots(today: 0, yesterday: 0)

  public init(today: Int64, yesterday: Int64) {
    self.today = today
    self.yesterday = yesterday
  }

  public var total: Int64 { today + yesterday }
}

/// Both sides of one instrument, as a Chinese futures account holds them.
public struct Position: Hashable, Sendable {
  public var long = Leg()
  public var short = Leg()

  public init() {}

  /// Long lots less short lots.
  public var net: Int64 { long.lots - short.lots }

  public var isFlat: Bool { long.lots == 0 && short.lots == 0 }

  /// The leg that an order of this side and offset changes: a buy opens long and closes short.
  public subscript(side: Side, offset: Offset) -> Leg {
    get { (side == .buy) == (offset == .open) ? long : short }
    set {
      if (side == .buy) == (offset == .open) { long = newValue } else { short = newValue }
    }
  }

  /// Profit not yet taken at a price, in unit lots.
  public func unrealisedUnitLots(at price: Price) -> Int64 {
    price.units * net - long.unitLots + short.unitLots
  }
}

/// The money side of an account at one moment.
public struct Account: Hashable, Sendable {
  /// Deposits plus realised profit less fees.
  public var balance: Money
  public var unrealised: Money
  public var margin: Money
  /// Margin that working opening orders would take.
  public var frozen: Money
  /// All fees since the start.
  public var fees: Money

  public init(balance: Money) {
    self.balance = balance
    unrealised = .zero
    margin = .zero
    frozen = .zero
    fees = .zero
  }

  public var equity: Money { balance + unrealised }
  public var available: Money { equity - margin - frozen }
}
