import Console
import Workbench

extension Command {
  static let panel = Command(
    "panel", "Time slices of a whole market, features ranked among all",
    about: """
      Daily bars of a made-up market go through one panel; each day's slice is timed from its first \
      bar on. Nothing older than the features' own windows is kept, so the memory is that of the \
      states.
      """,
    flags: [
      Flag("instruments", value: "N", "Members of the market.", shownDefault: "5000"),
      Flag("days", value: "N", "Days, one slice each.", shownDefault: "100"),
      Flag("recipe", value: "NAME", "What is measured.", shownDefault: "alpha158"),
    ],
    examples: [
      Example("panel", "A live slice of 5,000 × 158"),
      Example("panel --instruments 5400 --days 2430", "Ten years of all Chinese shares"),
    ]
  ) { invocation in
    let instruments = try invocation.integer("instruments", in: 1...100_000) ?? 5_000
    let days = try invocation.integer("days", in: 1...100_000) ?? 100
    let recipe = try RecipeFile.read(invocation.text("recipe") ?? "alpha158", in: Home.find())
    let (figures, timing) = Timing.of {
      PanelBench.run(recipe, instruments: instruments, days: days)
    }
    invocation.terminal.print(
      result(
        "panel", timing,
        [
          ("features", .integer(figures.features)), ("bars", .integer(figures.bars)),
          ("bars_per_cpu_s", .number(Double(figures.bars) / timing.cpu)),
          ("slice_median_s", .number(figures.medianSeconds)),
          ("slice_worst_s", .number(figures.worstSeconds)),
          ("members", .integer(figures.members)),
          ("check", .text(String(figures.check, radix: 16))),
        ]))
    return .ok
  }
}
