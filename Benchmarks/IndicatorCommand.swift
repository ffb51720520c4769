import Console
import Features
import Workbench

extension Command {
  static let indicators = Command(
    "indicators", "Indicators by column, whole recipes, and one bar at a time",
    about: """
      A line for each of eleven functions over plain columns (`indicator-SMA` …) and their total; \
      for the recipes ta and alpha158 over bars (`ta86`, `alpha158`); for both at once, bar by bar \
      (`live244`), whose last row must be the history's; `idle_…` is what arithmetic that \
      takes as long and touches nothing takes between the same bars: what its slowest hundredth \
      adds is the machine's. --only names one of the tasks.
      """,
    flags: [
      Flag.data,
      Flag("bars", value: "N", "Bars to take.", shownDefault: "1000000"),
      Flag("rounds", value: "N", "How often; the best counts.", shownDefault: "3"),
      Flag("only", value: "TASK", "One task alone."),
      .threads,
    ],
    examples: [Example("indicators --data bench/bars --only ta86", "86 columns of a long series")]
  ) { invocation in
    let limit = try invocation.integer("bars", in: 1_000...20_000_000) ?? 1_000_000
    let rounds = try invocation.integer("rounds", in: 1...1_000) ?? 3
    let threads = try invocation.integer("threads", in: 1...256) ?? 1
    let data = try BarColumns(try invocation.prefix(), limit: limit)
    let recipes = try Recipes()
    let only = invocation.text("only")
    func show(_ task: String, _ line: () throws(Failure) -> JSON) throws(Failure) {
      if only == nil || only == task { invocation.terminal.print(try line()) }
    }
    for (name, formulas) in IndicatorBench.functions {
      try show("indicator-\(name)") { () throws(Failure) in
        try IndicatorBench.function(name, formulas, data, rounds: rounds)
      }
    }
    try show("indicator-total11") { () throws(Failure) in
      try IndicatorBench.function(
        "total11", IndicatorBench.functions.flatMap(\.formulas), data, rounds: rounds)
    }
    for (task, recipe) in [("ta86", recipes.ta), ("alpha158", recipes.alpha)] {
      try show(task) {
        IndicatorBench.matrix(task, recipe, data, rounds: rounds, threads: threads)
      }
    }
    try show("live244") { () throws(Failure) in
      try IndicatorBench.live("live244", recipes.both, data)
    }
    return .ok
  }

  /// The recipes as they are shipped.
  private struct Recipes {
    let ta: Recipe
    let alpha: Recipe
    let both: Recipe

    init() throws(Failure) {
      let home = try Home.find()
      ta = try RecipeFile.read("ta", in: home)
      alpha = try RecipeFile.read("alpha158", in: home)
      let features = [ta, alpha].flatMap {
        zip($0.names, $0.formulas).map { (name: $0, expression: $1) }
      }
      both = try IndicatorBench.recipe("both", features)
    }
  }
}
