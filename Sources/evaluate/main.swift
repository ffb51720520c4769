import Console
import Workbench

Program(
  "evaluate", "Judgement: compare and promote models, backtest, replay",
  commands: [.list, .show, .promote, .rollback, .backtest, .replay, .report, .config]
).main()
