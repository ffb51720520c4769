import Console
import Workbench

Program(
  "data", "Bars, calendars and rules: what everything else works on",
  commands: [
    .make, .importing, .adopt, .update, .export, .list, .check, .decide, .calendar, .rules, .config,
  ]
).main()
