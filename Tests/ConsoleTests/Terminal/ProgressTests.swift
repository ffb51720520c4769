import Testing

@testable import Console

@Suite struct ProgressTests {
  private func work(
    _ recording: Recording, terminal isTerminal: Bool, total: Int? = 1000, quiet: Bool = false,
    json: Bool = false
  ) {
    let terminal = Terminal(
      recording.streams(terminal: isTerminal), isQuiet: quiet, isJSON: json)
    var progress = terminal.progress("Importing", of: total, unit: "bars")
    for _ in 0..<4 {
      recording.pass(seconds: 3)
      progress.advance(by: 250)
      progress.advance(by: 0)
    }
    progress.finish()
  }

  @Test func aBarOnATerminal() {
    let recording = Recording()
    work(recording, terminal: true)
    #expect(
      recording.talk
        == [
          "\rImporting [#####...............] 25 %, 250 of 1,000 bars, 0:09 left\u{1B}[K",
          "\rImporting [##########..........] 50 %, 500 of 1,000 bars, 0:06 left\u{1B}[K",
          "\rImporting [###############.....] 75 %, 750 of 1,000 bars, 0:03 left\u{1B}[K",
          "\rImporting [####################] 100 %, 1,000 of 1,000 bars, 0:00 left\u{1B}[K",
          "\rImporting: 1,000 bars in 0:12\u{1B}[K\n",
        ].joined())
    #expect(recording.output == "")
  }

  @Test func aLineEveryFewSecondsInALog() {
    let recording = Recording()
    work(recording, terminal: false)
    #expect(
      recording.talk == """
        Importing: 50 %, 500 of 1,000 bars, 0:06 left
        Importing: 100 %, 1,000 of 1,000 bars, 0:00 left
        Importing: 1,000 bars in 0:12

        """)
  }

  @Test func anUnknownTotalShowsTheCount() {
    let recording = Recording()
    work(recording, terminal: false, total: nil)
    #expect(recording.talk.hasPrefix("Importing: 500 bars, 0:06\n"))
  }

  @Test func silentWhenAskedTo() {
    for (quiet, json) in [(true, false), (false, true)] {
      let recording = Recording()
      work(recording, terminal: true, quiet: quiet, json: json)
      #expect(recording.talk == "")
    }
  }

  @Test func anAbandonedBarEndsItsLine() {
    let recording = Recording()
    func fail() {
      var progress = Terminal(recording.streams(terminal: true))
        .progress("Fitting", of: nil, unit: "trees")
      recording.pass(seconds: 1)
      progress.advance()
    }
    fail()
    #expect(recording.talk == "\rFitting: 1 trees, 0:01\u{1B}[K\n")
  }

  @Test func extremesStayOnOneLine() {
    for (done, total) in [
      (Int.max, 1), (1, Int.max), (-5, 10), (0, 0), (Int.max, Int.max), (5, -1),
    ] {
      let recording = Recording()
      var progress = Progress(
        String(repeating: "沪深\n", count: 50), of: total, unit: "很长的单位名称一个", manner: .bar,
        nanos: recording.streams().nanos, write: recording.streams().talk)
      recording.pass(seconds: 1e9)
      progress.advance(to: done)
      let line = recording.talk.dropFirst().prefix { $0 != "\u{1B}" }
      #expect(displayWidth(String(line)) <= 79)
      progress.finish()
    }
  }

  @Test func numbersAndTimes() {
    #expect(grouped(0) == "0")
    #expect(grouped(999) == "999")
    #expect(grouped(-1_234_567) == "-1,234,567")
    #expect(grouped(.min) == "-9,223,372,036,854,775,808")
    #expect(duration(0) == "0:00")
    #expect(duration(61_900_000_000) == "1:01")
    #expect(duration(3_600_000_000_000) == "1:00:00")
    #expect(duration(-1) == "0:00")
  }
}
