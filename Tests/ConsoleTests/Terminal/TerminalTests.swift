import Testing

@testable import Console

@Suite struct TerminalTests {
  @Test func colourNeedsATerminalAndNobodyAgainstIt() {
    func isColoured(
      _ terminal: Bool, _ environment: [String: String] = [:], noColor: Bool = false
    ) -> Bool {
      Terminal(
        Recording().streams(terminal: terminal, environment: environment), noColor: noColor
      ).paint.isOn
    }
    #expect(isColoured(true))
    #expect(isColoured(true, ["NO_COLOR": ""]))
    #expect(!isColoured(false))
    #expect(!isColoured(true, noColor: true))
    #expect(!isColoured(true, ["NO_COLOR": "1"]))
    #expect(!isColoured(true, ["TERM": "dumb"]))
  }

  @Test func dataAndTalkGoToTheirOwnStreams() {
    let recording = Recording()
    let terminal = Terminal(recording.streams(terminal: true))
    terminal.print("data\n")
    terminal.say("talk")
    terminal.warn("careful\u{1B}[2J")
    #expect(recording.output == "data\n")
    #expect(recording.talk == "talk\n\u{1B}[33mwarning:\u{1B}[0m careful[2J\n")
  }

  @Test func quietKeepsResultsAndWarnings() {
    let recording = Recording()
    let terminal = Terminal(recording.streams(), isQuiet: true)
    terminal.print(["a": 1])
    terminal.say("talk")
    terminal.warn("careful")
    #expect(recording.output == "{\"a\":1}\n")
    #expect(recording.talk == "warning: careful\n")
  }

  @Test func aFloodOfProblemsIsCutShort() {
    let recording = Recording()
    Terminal(recording.streams()).report(Failure(.data, Array(repeating: "bad", count: 1234)))
    #expect(recording.talk.hasSuffix("error: bad\n... and 1,184 more\n"))
    #expect(recording.talk.split(separator: "\n").count == 51)
  }

  @Test func aFailureCannotSteerTheTerminal() {
    let recording = Recording()
    Terminal(recording.streams()).report(
      Failure(.data, ["bad\u{1B}]0;title\u{7}", "second"], remedy: "do\u{202E} this"))
    #expect(recording.talk == "error: bad]0;title\nerror: second\ndo this\n")
  }
}
