// Wilder's directional movement: how much of the true range was a new high, or a new low.

extension Function {
  /// What the high gained on the last, where it gained more than the low lost; else 0.
  static let plusMove = Function("rise") { plan, _ in
    plan.add(.move(1), plan.add(.input(.high)), plan.add(.input(.low)))
  }

  static let minusMove = Function("fall") { plan, _ in
    plan.add(.move(-1), plan.add(.input(.low)), plan.add(.input(.high)))
  }

  static let plusDirection = Function(
    "plusdi", .bars("bars"), is: "ratio(100 * wilder(rise(), bars), atr(bars), 0)")

  static let minusDirection = Function(
    "minusdi", .bars("bars"), is: "ratio(100 * wilder(fall(), bars), atr(bars), 0)")

  /// How one-sided the movement is, smoothed once more.
  static let directionIndex = Function("adx", .bars("bars"), is: "wilder(dx(bars), bars)")
}
