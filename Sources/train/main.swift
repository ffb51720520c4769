import Console
import Workbench

Program("train", "Models out: fit, validate and search on walk-forward folds", commands: [.config])
  .main()
