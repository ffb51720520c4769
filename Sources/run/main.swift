import Console

let program = Program("run", "Trading: put a promoted model to work, on paper first", commands: [])
program.main()
