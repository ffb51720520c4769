import Console

/// A configuration of the kind the programs ship: every kind of value, groups and a dated list.
enum Sample {
  static let schema = Schema(
    "What a paper run does.",
    [
      .section(
        "strategy", "How a forecast becomes a wish.",
        [
          .value("threshold", .ratio(0...0.1), "2%", "Expected return below which nothing is done"),
          .value("exit", .choice(["flip", "flat", "hold"]), "flat", "What ends a position"),
          .value("holding", .duration(60_000_000_000...Int64.max), "2h", "Longest time in a trade"),
          .value("patience", .optional(.duration()), "null", "How long an order may rest"),
        ]),
      .section(
        "risk", "What is never exceeded.",
        [
          .value("capital", .money(currency: "CNY"), "1,000,000", "Money at the start"),
          .value("stop", .ticks(1...100), "3 ticks", "Distance of the protective stop"),
          .value("max_lots", .integer(1...50), "5", "Largest position"),
          .value("lots_by_product", .table(.integer(1...50)), "{rb: 10}", "Largest per product"),
          .value("halt_on_gap", .flag, "true", "Whether a gap in the data halts trading"),
        ]),
      .section(
        "data", "Which bars are read.",
        [
          .value("instruments", .list(.text), "[rb, cu]", "What is traded"),
          .value("from", .date, "2020-01-31", "First trading day"),
          .value("folder", .text, "", "Where the archive is"),
          .value("night_open", .timeOfDay, "21:00", "When the night session opens"),
        ]),
      .section(
        "training", "How models are fitted.",
        [
          .value("learning_rate", .number(1e-6...1), "0.05", "Step of the boosting"),
          .section(
            "trees", "The ensemble.", [.value("count", .integer(1...10_000), "200", "Trees")]),
        ]),
      .value("rules", .list(.section(rule)), "[]", "The exchange's rules, by the day they begin"),
    ])

  static let rule: [Setting] = [
    .required("from", .date, "First day of the rule"),
    .required("margin", .ratio(), "Share of the contract's value"),
    .value("fee", .ratio(0...0.01), "0.5bp", "Share of the turnover"),
  ]

  static func document(_ text: String) -> YamlDocument {
    YamlDocument(Array(text.utf8), path: "run.yaml")
  }

  /// The messages for a file, one a line.
  static func messages(_ text: String) -> [String] {
    schema.problems(in: document(text)).map(\.message)
  }

  static func messages(environment: [String: String] = [:], overrides: [Override] = []) -> [String]
  {
    do {
      _ = try Settings.resolve(schema, environment: environment, overrides: overrides)
      return []
    } catch {
      return error.problems.map(\.message)
    }
  }

  static func settings(
    _ text: String = "", environment: [String: String] = [:], overrides: [Override] = []
  ) throws -> Settings {
    try Settings.resolve(
      schema, document: document(text), environment: environment, overrides: overrides)
  }
}
