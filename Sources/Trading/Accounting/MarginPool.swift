public import Market

/// Money for the long and for the short side.
public struct Sides: Hashable, Sendable {
  public internal(set) var long: Money
  public internal(set) var short: Money

  public static let none = Sides(long: .zero, short: .zero)

  /// The side that an opening of `side` adds to.
  subscript(opening side: Side) -> Money {
    get { side == .buy ? long : short }
    set { if side == .buy { long = newValue } else { short = newValue } }
  }

  static func + (left: Sides, right: Sides) -> Sides {
    Sides(long: left.long + right.long, short: left.short + right.short)
  }

  static func - (left: Sides, right: Sides) -> Sides {
    Sides(long: left.long - right.long, short: left.short - right.short)
  }
}

/// What the contracts of one product tie up together, as the day's rule counts it.
public struct MarginPool: Hashable, Sendable {
  /// Whether only the side with the larger margin pays it.
  public internal(set) var paysLargerSide = false
  /// Margins of what is held.
  public internal(set) var held = Sides.none
  /// Margins that working opening orders will need.
  public internal(set) var reserved = Sides.none

  public var margin: Money { charge(held) }

  /// What is kept aside for working orders: the margin once all of them have traded, less today's.
  /// An order on the smaller side may so need nothing, until what it leans on is closed.
  public var frozen: Money { charge(held + reserved) - charge(held) }

  /// What the account must have for one more opening order.
  func need(_ side: Side, _ money: Money) -> Money {
    charge(reserving(side, money)) - charge(held + reserved)
  }

  /// What is tied up once everything has traded, with one more opening order.
  func worst(_ side: Side, _ money: Money) -> Money { charge(reserving(side, money)) }

  private func reserving(_ side: Side, _ money: Money) -> Sides {
    var sides = held + reserved
    sides[opening: side] += money
    return sides
  }

  private func charge(_ sides: Sides) -> Money {
    paysLargerSide ? max(sides.long, sides.short) : sides.long + sides.short
  }
}
