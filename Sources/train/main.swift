import Console

let program = Program(
  "train", "Models out: fit, validate and search on walk-forward folds", commands: [])
program.main()
