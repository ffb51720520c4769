internal import Console
internal import Glibc

/// A program with every kind of flag, argument and ending, for the tests of the command line.
let sampleProgram = Program(
  "specimen", "A program that has one of everything a table can hold",
  commands: [
    trade,
    Command(
      group: "config", "Look at the settings",
      commands: [
        Command(
          "check", "Read settings files and report every mistake",
          operands: [
            Operand("FILE", "A settings file.", count: .oneOrMore, accepts: .file)
          ]
        ) { invocation in
          invocation.terminal.print(JSON(invocation.operands("FILE")))
          return .ok
        },
        Command("show", "Print every setting with its origin") { invocation in
          for override in invocation.overrides {
            invocation.terminal.print("\(override.key) = \(override.text)\n")
          }
          return .ok
        },
      ]),
    Command("wait", "Wait until a signal comes") { invocation in
      let cancellation = Cancellation.watch()
      invocation.terminal.print("ready\n")
      while !cancellation.isRequested { usleep(1000) }
      try cancellation.check()
      return .failed
    },
    Command("deaf", "Wait without looking at the signal") { invocation in
      _ = Cancellation.watch()
      invocation.terminal.print("ready\n")
      while true { usleep(1000) }
    },
    Command("flood", "Print without end") { invocation in
      while true { invocation.terminal.print("and so on\n") }
    },
  ])

private let trade = Command(
  "trade", "Trade one strategy between two days",
  about: """
    Replays the bars of the chosen days and prints what the strategy would have done. The words \
    of this paragraph are many, so that they have to be broken into several lines.

    A second paragraph: 中文说明也要正确换行，因为每个汉字占两列而不是一列，这一点很容易被忽略，\
    所以这里写得长一些。
    """,
  flags: [
    Flag(
      "from", letter: "f", value: "DATE", "First day to trade.", shownDefault: "2020-01-01",
      setting: "window.from"),
    Flag("to", letter: "t", value: "DATE", "Last day to trade."),
    Flag(
      "format", value: "FORMAT", "How to print the result.",
      accepts: .oneOf(["table", "csv", "html"]), shownDefault: "table"),
    Flag("dry", letter: "d", "Decide, but send no orders.", setting: "desk.dry"),
    Flag("verbose", letter: "v", "Say more."),
    Flag(
      "instrument", letter: "i", value: "CODE", "Only this instrument; may be repeated.",
      isRepeatable: true),
    Flag("workers", letter: "w", value: "COUNT", "How many threads to use.", shownDefault: "2"),
    Flag("costs-and-slippage-model", value: "FILE", "A long name.", accepts: .file),
  ],
  operands: [
    Operand("STRATEGY", "What to trade.", accepts: .oneOf(["trend", "carry"])),
    Operand("NOTE", "Words for the report.", count: .anyNumber),
  ],
  examples: [
    Example("trade trend --from 2021-01-01", "One strategy from a day on"),
    Example(
      "trade carry --from 2021-01-01 --to 2021-12-31 --instrument IF2106 --instrument IC2106",
      "Two instruments of one year"),
  ]
) { invocation in
  let workers = try invocation.integer("workers", in: 1...64) ?? 2
  invocation.terminal.print("\(workers) workers\n")
  return .ok
}
