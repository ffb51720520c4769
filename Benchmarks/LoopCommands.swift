import Console

extension Command {
  static let backtest = Command(
    "backtest", "Drive two moving averages through the loop over minute bars",
    about: """
      The desk, the paper exchange and the records are the real ones; records are counted, not kept. \
      With --model, features and a fitted ridge make the forecasts of a made-up market's days. \
      `allocations` is how often the measured bars asked for memory.
      """,
    flags: [
      Flag("days", value: "N", "Trading days of 555 bars.", shownDefault: "2000"),
      Flag("instruments", value: "N", "Instruments traded at once.", shownDefault: "1"),
      Flag("model", "Trade a model's forecasts instead; days are then those of a calendar."),
    ],
    examples: [
      Example("backtest --days 200", "A quick look"),
      Example("backtest --model --days 300", "With features and a model"),
    ]
  ) { invocation in
    let days = try invocation.integer("days", in: 10...100_000) ?? 2_000
    let instruments = try invocation.integer("instruments", in: 1...1_000) ?? 1
    let (figures, timing) = try Timing.of {
      invocation.has("model")
        ? try LoopBench.model(days: days)
        : try LoopBench.backtest(days: days, instruments: instruments)
    }
    invocation.terminal.print(
      result(
        invocation.has("model") ? "backtest-model" : "backtest", timing,
        [
          ("bars", .integer(figures.bars)), ("records", .integer(figures.records)),
          ("loop_cpu_s", .number(figures.cpuSeconds)),
          ("bars_per_cpu_s", .number(figures.barsPerSecond)),
          ("allocations", figures.allocations.map { .integer($0) } ?? .null),
        ]))
    return .ok
  }

  static let journal = Command(
    "journal", "Time durable commits, and records in, out and recovered",
    flags: [
      Flag("folder", value: "FOLDER", "Where the journals are written.", shownDefault: "."),
      Flag("commits", value: "N", "Commits timed one by one.", shownDefault: "2000"),
      Flag("days", value: "N", "Trading days of 555 bars.", shownDefault: "400"),
    ],
    examples: [Example("journal --folder /dev/shm", "Without the disk")]
  ) { invocation in
    let folder = invocation.text("folder") ?? "."
    let count = try invocation.integer("commits", in: 10...1_000_000) ?? 2_000
    let days = try invocation.integer("days", in: 1...100_000) ?? 400
    let paths = ["commits", "rates"].map { "\(folder)/bench-\($0).journal" }
    defer { forget(paths + [paths[1] + ".other"]) }
    forget(paths + [paths[1] + ".other"])
    let (figures, timing) = try Timing.of {
      (
        try JournalBench.commits(paths[0], count: count),
        try JournalBench.rates(paths[1], days: days)
      )
    }
    invocation.terminal.print(
      result(
        "journal", timing,
        [
          ("commit_p50_us", .number(figures.0.medianMicros)),
          ("commit_p99_us", .number(figures.0.slowestPercentMicros)),
          ("records", .integer(figures.1.records)),
          ("written_per_s", .number(figures.1.written)), ("read_per_s", .number(figures.1.read)),
          ("resumed_per_s", .number(figures.1.resumed)),
        ]))
    return .ok
  }
}
