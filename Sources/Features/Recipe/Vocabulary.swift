/// All words of the recipe language.
enum Vocabulary {
  static let functions: [Function] = elementwise + windows + indicators

  static let names = functions.map(\.name)

  static func function(_ name: String) -> Function? {
    functions.first { $0.name == name }
  }

  private static let elementwise = [
    Function("abs", .series("x")) { $0.add(.magnitude, $1.series(0)) },
    Function("sign", .series("x")) { $0.add(.sign, $1.series(0)) },
    Function("log", .series("x")) { $0.add(.logarithm, $1.series(0)) },
    Function("sqrt", .series("x")) { $0.add(.squareRoot, $1.series(0)) },
    Function("larger", .series("x"), .series("y")) {
      $0.add(.larger, $1.series(0), $1.series(1))
    },
    Function("smaller", .series("x"), .series("y")) {
      $0.add(.smaller, $1.series(0), $1.series(1))
    },
    // x / y, or the number where y is 0.
    Function("ratio", .series("x"), .series("y"), .number("otherwise")) {
      $0.add(.ratio($1.number(2)), $1.series(0), $1.series(1))
    },
    Function("clip", .series("x"), .number("low"), .number("high")) {
      $0.add(.clip($1.number(1), $1.number(2)), $1.series(0))
    },
  ]

  private static let windows = [
    Function("ref", .series("x"), .bars("bars")) { $0.add(.ref($1.bars(1)), $1.series(0)) },
    Function("delta", .series("x"), .bars("bars")) { $0.add(.delta($1.bars(1)), $1.series(0)) },
    Function("sum", .series("x"), .bars("bars")) { $0.add(.sum($1.bars(1)), $1.series(0)) },
    Function("mean", .series("x"), .bars("bars")) { $0.add(.mean($1.bars(1)), $1.series(0)) },
    Function("std", .series("x"), .bars("bars")) {
      $0.add(.deviation($1.bars(1)), $1.series(0))
    },
    Function("zscore", .series("x"), .bars("bars")) { $0.add(.score($1.bars(1)), $1.series(0)) },
    Function("max", .series("x"), .bars("bars")) { $0.add(.highest($1.bars(1)), $1.series(0)) },
    Function("min", .series("x"), .bars("bars")) { $0.add(.lowest($1.bars(1)), $1.series(0)) },
    Function("ema", .series("x"), .bars("bars")) { $0.add(.ema($1.bars(1)), $1.series(0)) },
    Function("wilder", .series("x"), .bars("bars")) { $0.add(.wilder($1.bars(1)), $1.series(0)) },
  ]

  private static let indicators = [
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
