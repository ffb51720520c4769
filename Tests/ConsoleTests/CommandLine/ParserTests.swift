import Testing

@testable import Console
@testable import specimen

@Suite struct ParserTests {
  private func parse(_ words: String...) -> Parsed { Parser.parse(words, of: sampleProgram) }

  private func values(_ words: String...) -> [String] {
    Parser.parse(words, of: sampleProgram).values.map { "\($0.flag.name)=\($0.text)" }
  }

  private func problems(_ words: String...) -> [String] {
    Parser.parse(words, of: sampleProgram).errors.map(\.message)
  }

  @Test func valuesMayFollowTheFlagInThreeWays() {
    #expect(values("trade", "trend", "--from", "a") == ["from=a"])
    #expect(values("trade", "trend", "--from=a") == ["from=a"])
    #expect(values("trade", "trend", "-f", "a") == ["from=a"])
    #expect(values("trade", "trend", "-fa") == ["from=a"])
    #expect(values("trade", "trend", "-f=a") == ["from=a"])
    #expect(values("trade", "trend", "--from=a=b") == ["from=a=b"])
    #expect(values("trade", "trend", "--from=") == ["from="])
  }

  @Test func switchesMayBeGrouped() {
    #expect(values("trade", "trend", "-dv") == ["dry=true", "verbose=true"])
    #expect(values("trade", "trend", "-dvw3") == ["dry=true", "verbose=true", "workers=3"])
    #expect(values("trade", "trend", "-dvw", "3") == ["dry=true", "verbose=true", "workers=3"])
  }

  @Test func flagsMayPrecedeTheCommandWhenTheyAreGlobal() {
    let parsed = parse("--json", "config", "--quiet", "check", "x")
    #expect(parsed.path.map(\.name) == ["config", "check"])
    #expect(parsed.values.map(\.flag) == [.json, .quiet])
    #expect(parsed.operands == ["x"])
    #expect(parsed.errors.isEmpty)
  }

  @Test func doubleDashEndsTheFlags() {
    let parsed = parse("trade", "trend", "--", "--from", "-x", "--")
    #expect(parsed.operands == ["trend", "--from", "-x", "--"])
    #expect(parsed.values.isEmpty)
    #expect(parsed.errors.isEmpty)
  }

  @Test func numbersAndSingleDashesAreNotFlags() {
    #expect(
      parse("trade", "trend", "-5", "-.5", "-", "").operands == ["trend", "-5", "-.5", "-", ""])
    #expect(values("trade", "trend", "--workers", "-5") == ["workers=-5"])
    #expect(values("trade", "trend", "--config", "-") == ["config=-"])
  }

  @Test func repeatableFlagsKeepTheirOrder() {
    #expect(
      values("trade", "trend", "-i", "b", "-i", "a", "--set", "k=v", "--set", "k=w")
        == ["instrument=b", "instrument=a", "set=k=v", "set=k=w"])
  }

  @Test func mistakesAreNamedWithASuggestion() {
    #expect(
      problems("trade", "trend", "--form=1") == [
        #"unknown flag "--form" (did you mean "--from"?)"#
      ])
    #expect(
      problems("trade", "trend", "-q") == [
        #"unknown flag "-q" (did you mean "--quiet"?)"#
      ])
    #expect(problems("trad") == [#"unknown command "trad" (did you mean "trade"?)"#])
    #expect(problems("conf") == [#"unknown command "conf" (did you mean "config"?)"#])
    #expect(
      problems("config", "xyz") == [
        #"unknown command "xyz"; expected one of: check, show"#
      ])
    #expect(
      problems("trade", "tend") == [
        #"STRATEGY cannot be "tend" (did you mean "trend"?)"#
      ])
    #expect(
      problems("trade", "trend", "--format", "xml") == [
        #"--format cannot be "xml"; expected one of: table, csv, html"#
      ])
  }

  @Test func missingAndSurplusPartsAreNamed() {
    #expect(problems("trade") == ["missing argument STRATEGY: What to trade."])
    #expect(problems("config", "check") == ["missing argument FILE: A settings file."])
    #expect(
      problems("config", "show", "a", "b") == [
        #"unexpected argument "a""#, #"unexpected argument "b""#,
      ])
    #expect(problems("trade", "trend", "--from") == ["--from needs a value: --from DATE"])
    #expect(
      problems("trade", "trend", "--from", "--dry") == [
        #"--from needs a value, found the flag "--dry"; if that is the value, write --from=--dry"#
      ])
    #expect(
      problems("trade", "trend", "--dry=no") == [
        #"--dry is a switch and takes no value, found "no""#
      ])
    #expect(problems("trade", "trend", "-f1", "-f2") == ["--from was given more than once"])
    #expect(
      problems("config", "show", "--set", "=v", "--set", "k", "--set", "k=") == [
        #"--set expects KEY=VALUE, found "=v""#, #"--set expects KEY=VALUE, found "k""#,
      ])
  }

  @Test func allMistakesAreReportedAtOnce() {
    #expect(problems("trade", "trnd", "--format", "x", "--set", "y").count == 3)
  }

  @Test func theWordAfterAnUnknownFlagIsNotASecondMistake() {
    #expect(problems("trade", "--form", "2021", "trend").count == 1)
  }

  @Test func hostileWordsGiveErrorsOnOneShortLine() {
    let words = ["trade", "--\u{1B}[31m\u{202E}x\ny" + String(repeating: "z", count: 100_000)]
    let messages = Parser.parse(words, of: sampleProgram).errors.map(\.message)
    #expect(messages.count == 1)
    for message in messages {
      #expect(!message.unicodeScalars.contains(where: isSteering))
      #expect(displayWidth(message) < 100)
    }
  }

  @Test func randomWordsNeverTrap() {
    let parts = [
      "--", "-", "=", "from", "f", "trade", "trend", "config", "check", "\u{301}", "\u{0}", "中",
      "--set", "a=b", "-dv", "\u{1F468}\u{200D}\u{1F469}", " ", "\n", "9", "--help",
    ]
    for seed in UInt64(0)..<500 {
      var dice = Dice(seed: seed)
      let words = (0..<Int.random(in: 0...12, using: &dice)).map { _ in
        (0..<Int.random(in: 0...4, using: &dice)).map { _ in parts.randomElement(using: &dice)! }
          .joined()
      }
      let answer = Answer(sampleProgram, words.filter { !["wait", "deaf", "flood"].contains($0) })
      #expect([.ok, .usage].contains(answer.exitCode), "seed \(seed): \(words)")
      #expect(!(answer.output + answer.talk).isEmpty || words.contains("show"), "seed \(seed)")
      _ = Completion(of: words, in: sampleProgram).lines
    }
  }

  @Test func tenThousandWordsAreRead() {
    let many = (0..<10_000).map { "n\($0)" }
    #expect(Parser.parse(["trade", "trend"] + many, of: sampleProgram).operands.count == 10_001)
    let flags = Parser.parse(
      ["trade"] + Array(repeating: "--bogus", count: 10_000), of: sampleProgram)
    #expect(flags.errors.count == 50)
  }
}
