import Console
import Workbench

Program(
  "evaluate", "Judgement: score, compare, promote and backtest models", commands: [.config]
).main()
