import Console

Program(
  "bench", "Measurements, one JSON object a line, to be put beside a peer",
  commands: [.yaml, .tradingHours]
).main()
