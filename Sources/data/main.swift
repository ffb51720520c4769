import Console

let program = Program("data", "Bars in: import, check, keep and hand out market data", commands: [])
program.main()
