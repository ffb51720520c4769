extension Function {
  /// How young the window's high is: 100 on this bar, 0 when it is the window's age.
  static let aroonUp = Function("aroonup", .bars("bars")) { plan, arguments in
    plan.lay("argmax(high, \(arguments.bars(0) + 1)) / \(arguments.bars(0)) * 100")
  }

  static let aroonDown = Function("aroondown", .bars("bars")) { plan, arguments in
    plan.lay("argmin(low, \(arguments.bars(0) + 1)) / \(arguments.bars(0)) * 100")
  }
}
