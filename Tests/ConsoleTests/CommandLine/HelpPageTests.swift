import Testing

@testable import Console
@testable import specimen

@Suite struct HelpPageTests {
  /// Every place of the table where somebody can ask for help.
  private static let places: [[String]] = [
    [], ["trade"], ["config"], ["config", "check"], ["config", "show"], ["wait"], ["deaf"],
    ["flood"],
  ]

  @Test(arguments: places) func noLineIsWiderThanTheTerminal(place: [String]) {
    for flag in ["-h", "--help"] {
      for (columns, widest) in [(80, 80), (200, 80), (50, 50)] {
        let answer = Answer(
          sampleProgram, place + [flag], columns: columns,
          environment: ["AUSPEX_INVOKED_AS": "auspex specimen"])
        #expect(answer.exitCode == .ok)
        for line in answer.output.split(separator: "\n") {
          #expect(displayWidth(String(line)) <= widest, "\(place) \(flag): \(line)")
          #expect(line.last?.isWhitespace == false, "\(place) \(flag): \(line)")
        }
      }
    }
  }

  @Test(arguments: places) func shortHelpFitsOnAScreen(place: [String]) {
    let lines = Answer(sampleProgram, place + ["-h"]).output.split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 30)
  }

  @Test func shortHelpOfAGroup() {
    #expect(
      Answer(sampleProgram, ["config", "-h"]).output == """
        specimen config - Look at the settings

        Usage: specimen config COMMAND [flags]

        Commands:
          check  Read settings files and report every mistake
          show   Print every setting with its origin

        Everywhere: --config --set --json --quiet --no-color --completions --help
        --version

        More: specimen config --help

        """)
  }

  @Test func fullHelpShowsDefaultsChoicesExamplesAndExitCodes() {
    let help = Answer(sampleProgram, ["trade", "--help"]).output
    for line in [
      "Usage: specimen trade [flags] STRATEGY [NOTE...]",
      "  STRATEGY   What to trade. (one of trend, carry)",
      "  -f, --from DATE        First day to trade. (default 2020-01-01)",
      "      --format FORMAT    How to print the result. (one of table, csv, html;",
      "  $ specimen trade trend --from 2021-01-01",
      "  5    refused by a gate or a risk limit",
      "      --config FILE        Read settings from this file.",
    ] {
      #expect(help.split(separator: "\n").contains(Substring(line)), "\(line)")
    }
  }

  @Test func everyFlagAndCommandOfTheTableIsInTheHelp() {
    let trade = Answer(sampleProgram, ["trade", "--help"]).output
    for flag in sampleProgram.commands[0].flags + Flag.everywhere {
      #expect(trade.contains(flag.shown))
    }
    let top = Answer(sampleProgram, ["--help"]).output
    for (name, command) in leaves(of: sampleProgram.commands, under: "") {
      #expect(top.contains("  \(name) "))
      #expect(top.contains(command.summary))
    }
  }

  @Test func aProgramWithoutCommandsReadsWell() {
    let empty = Program("data", "Bars in", commands: [])
    #expect(Answer(empty, ["-h"]).output.hasPrefix("data - Bars in\n\nUsage: data [flags]\n\n"))
    #expect(Answer(empty, ["x"]).talk == "error: unknown command \"x\"\nSee: data --help\n")
  }

  @Test func boldHeadingsOnlyOnATerminal() {
    #expect(!Answer(sampleProgram, ["--help"]).output.contains("\u{1B}"))
    let shown = Answer(sampleProgram, ["--help"], terminal: true).output
    #expect(shown.hasPrefix("\u{1B}[1mspecimen\u{1B}[0m - A program"))
  }
}
