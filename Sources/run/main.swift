import Console
import Workbench

Program(
  "run", "Trading: put a promoted model to work, on paper first", commands: [.demo, .config]
).main()
