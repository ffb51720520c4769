/// All words of the recipe language.
enum Vocabulary {
  /// Those that look at one instrument.
  static let functions: [Function] =
    elementwise + conditions + windows + shapes + indicators + classics

  static let names = (functions + slices).map(\.name)

  static func function(_ name: String) -> Function? { byName[name] }

  private static let byName = Dictionary(uniqueKeysWithValues: zip(names, functions + slices))

  private static let elementwise = [
    Function("abs", .series("x")) { $0.add(.magnitude, $1.series(0)) },
    Function("sign", .series("x")) { $0.add(.sign, $1.series(0)) },
    Function("log", .series("x")) { $0.add(.logarithm, $1.series(0)) },
    Function("exp", .series("x")) { $0.add(.exponential, $1.series(0)) },
    Function("power", .series("x"), .number("exponent")) {
      $0.add(.power($1.number(1)), $1.series(0))
    },
    Function("atan", .series("x")) { $0.add(.arctangent, $1.series(0)) },
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

  /// 1 where it holds, 0 where not.
  private static let conditions = [
    Function("above", .series("x"), .series("y")) { $0.add(.above, $1.series(0), $1.series(1)) },
    Function("below", .series("x"), .series("y")) { $0.add(.above, $1.series(1), $1.series(0)) },
    Function("equal", .series("x"), .series("y")) { $0.add(.equal, $1.series(0), $1.series(1)) },
    // Whether x has risen above y on this bar.
    Function("cross", .series("x"), .series("y")) { $0.add(.cross, $1.series(0), $1.series(1)) },
    Function("if", .series("condition"), .series("x"), .series("y")) {
      $0.add(.choice, $1.series(0), $1.series(1), $1.series(2))
    },
    // How many of the last bars meet the condition.
    Function("countif", .series("condition"), .bars("bars")) { plan, arguments in
      let no = plan.add(.equal, arguments.series(0), plan.add(.constant(0)))
      let yes = plan.add(.minus, plan.add(.constant(1)), no)
      return plan.add(.sum(arguments.bars(1)), yes)
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
    Function("ema", .usual("x", .close), .bars("bars")) { $0.add(.ema($1.bars(1)), $1.series(0)) },
    Function("wilder", .series("x"), .bars("bars")) { $0.add(.wilder($1.bars(1)), $1.series(0)) },
  ]
}
