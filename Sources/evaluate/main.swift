import Console

let program = Program(
  "evaluate", "Judgement: score, compare, promote and backtest models", commands: [])
program.main()
