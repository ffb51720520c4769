extension Vocabulary {
  static let indicators = [
    Function("rsi", .usual("x", .close), .bars("bars")) {
      $0.add(.strength($1.bars(1)), $1.series(0))
    },
    Function("truerange") { plan, _ in plan.trueRange() },
    Function("atr", .bars("bars")) { plan, arguments in
      let range = plan.trueRange()
      return plan.add(.wilder(arguments.bars(0)), range)
    },
    // The simple return over some bars.
    Function("change", .usual("x", .close), .bars("bars")) { plan, arguments in
      let now = arguments.series(0)
      let before = plan.add(.ref(arguments.bars(1)), now)
      return plan.add(.minus, plan.add(.over, now, before), plan.add(.constant(1)))
    },
    // Where the value lies between the window's low and high: 0 at the low, 1 at the high, ½ if
    // flat.
    Function("position", .usual("x", .close), .bars("bars")) { plan, arguments in
      let now = arguments.series(0)
      let isClose = now == plan.add(.input(.close))
      let top = isClose ? plan.add(.input(.high)) : now
      let bottom = isClose ? plan.add(.input(.low)) : now
      let low = plan.add(.lowest(arguments.bars(1)), bottom)
      let high = plan.add(.highest(arguments.bars(1)), top)
      return plan.add(.ratio(0.5), plan.add(.minus, now, low), plan.add(.minus, high, low))
    },
    // A fast exponential mean less a slow one.
    Function("macd", .usual("x", .close), .bars("fast"), .bars("slow")) { plan, arguments in
      let now = arguments.series(0)
      let fast = plan.add(.ema(arguments.bars(1)), now)
      return plan.add(.minus, fast, plan.add(.ema(arguments.bars(2)), now))
    },
  ]
}
