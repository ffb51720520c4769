extension Function {
  static let parabolicStop = Function("sar", .number("step"), .number("limit")) {
    plan, arguments in
    plan.stopAndReverse(arguments, .stop)
  }

  /// 1 while the stop lies below the price, 0 while above.
  static let parabolicSide = Function("sarside", .number("step"), .number("limit")) {
    plan, arguments in
    plan.stopAndReverse(arguments, .isRising)
  }
}

extension Plan {
  fileprivate mutating func stopAndReverse(
    _ arguments: Arguments, _ answer: StopAndReverse.Answer
  ) -> Int {
    add(
      .stopAndReverse(arguments.number(0), arguments.number(1), answer),
      add(.input(.high)), add(.input(.low)), add(.input(.close)))
  }
}
