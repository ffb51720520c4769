import Console
import Workbench

Program(
  "evaluate", "Judgement: compare, promote, audit, backtest, replay",
  commands: [
    .list, .show, .ledger, .promote, .rollback, .export, .audit, .backtest, .replay, .report,
    .config,
  ]
).main()
