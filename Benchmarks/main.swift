import Console

Program(
  "bench", "Measurements as JSON lines, to be put beside a peer",
  commands: [
    .yaml, .importing, .fuzzCsv, .tradingHours, .archive, .backtest, .journal, .skill,
    .indicators, .matrix, .poison, .panel, .trees, .forest, .treesLatency, .treesBatch,
    .treesShap, .agreement, .nulls, .exchange, .foreign, .fuzzModels, .lstm, .lstmLatency,
    .lstmForeign, .lstmProof,
    .experiment,
  ]
).main()
