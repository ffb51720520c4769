import Console

for round in 1...3 {
  let figures = try LoopBench.backtest(days: 2_000)
  print(
    round, figures.bars, "bars", figures.records, "records",
    Int(figures.barsPerSecond), "bars per CPU second")
}
