import Console

Program(
  "bench", "Measurements as JSON lines, to be put beside a peer",
  commands: [
    .yaml, .importing, .fuzzCsv, .tradingHours, .archive, .backtest, .panel, .journal, .skill,
    .trees, .forest, .treesLatency, .indicators, .poison,
  ]
).main()
