import Console
import Workbench

Program(
  "data", "Bars, calendars and rules: what everything else works on",
  commands: [
    .make, .importing, .adopt, .update, .aggregate, .export, .list, .check, .decide, .roll,
    .actions,
    .calendar, .rules, .config,
  ]
).main()
