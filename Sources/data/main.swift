import Console
import Workbench

Program(
  "data", "Bars, calendars and rules: what everything else works on",
  commands: [.calendar, .rules, .config]
).main()
