import Console

Program(
  "bench", "Measurements as JSON lines, to be put beside a peer",
  commands: [
    .yaml, .importing, .fuzzCsv, .tradingHours, .archive, .backtest, .journal, .skill, .indicators,
    .poison, .panel, .trees, .forest, .treesLatency, .agreement, .nulls, .experiment,
  ]
).main()
