import Console
import Workbench

Program(
  "train", "Models out: fit and judge on walk-forward folds",
  commands: [.features, .fit, .walk, .search, .plan, .unit, .status, .merge, .config]
).main()
