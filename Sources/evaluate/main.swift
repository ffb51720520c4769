import Console
import Workbench

Program(
  "evaluate", "Judgement: compare, promote, audit, backtest, replay",
  commands: [
    .list, .show, .ledger, .promote, .rollback, .audit, .backtest, .replay, .report, .explain,
    .compress, .config,
  ]
).main()
