import Fixtures
import Foundation
import Testing

@testable import Console
@testable import specimen

@Suite struct LaunchTests {
  @Test func aCommandRunsAndReturnsItsCode() {
    let answer = Answer(sampleProgram, ["trade", "trend", "-w", "4"])
    #expect(answer.exitCode == .ok)
    #expect(answer.output == "4 workers\n")
    #expect(answer.talk == "")
  }

  @Test func failuresAreLinesOnStandardError() {
    let answer = Answer(sampleProgram, ["trade", "tend", "--format", "xml"])
    #expect(answer.exitCode == .usage)
    #expect(answer.output == "")
    #expect(
      answer.talk == """
        error: --format cannot be "xml"; expected one of: table, csv, html
        error: STRATEGY cannot be "tend" (did you mean "trend"?)
        See: specimen trade --help

        """)
  }

  @Test func failuresAreOneObjectWithJSON() throws {
    let answer = Answer(sampleProgram, ["trade", "trend", "-w", "x", "--json"])
    #expect(answer.talk == "")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any])
    let error = try #require(object["error"] as? [String: Any])
    #expect(error["exitCode"] as? Int == 2)
    #expect((error["problems"] as? [String])?.count == 1)
  }

  @Test func helpAndVersionAreGivenOnABrokenLineToo() {
    #expect(Answer(sampleProgram, ["trade", "--bogus", "--help"]).exitCode == .ok)
    #expect(Answer(sampleProgram, ["trade", "--version"]).output == "specimen 0.1.0\n")
    #expect(
      Answer(sampleProgram, ["--version", "--json"]).output
        == #"{"program":"specimen","version":"0.1.0"}"# + "\n")
  }

  @Test func aGroupAloneExplainsItselfAndFails() {
    let answer = Answer(sampleProgram, ["config"])
    #expect(answer.exitCode == .usage)
    #expect(answer.output == "")
    #expect(answer.talk.contains("check  Read settings files"))
    #expect(Answer(sampleProgram, ["config", "--json"]).output.contains("needs a command"))
  }

  @Test func onlyTheLaunchersOwnFormOfTheNameIsBelieved() {
    func version(_ name: String) -> String {
      Answer(sampleProgram, ["--version"], environment: ["AUSPEX_INVOKED_AS": name]).output
    }
    #expect(version("auspex specimen") == "auspex specimen 0.1.0\n")
    #expect(version("auspex run") == "specimen 0.1.0\n")
    #expect(version("\u{1B}[31m") == "specimen 0.1.0\n")
  }

  @Test func thousandsOfProblemsAreCutShort() {
    let answer = Answer(sampleProgram, ["trade"] + Array(repeating: "--bogus", count: 10_000))
    #expect(answer.talk.split(separator: "\n").count == 51)
  }
}

/// The same through a real process.
@Suite struct ProcessTests {
  @Test func exitCodesAndStreams() {
    let process = Spawned(Spawned.specimen, ["trade", "tend"])
    #expect(process.wait() == 2)
    #expect(process.outputText == "")
    #expect(process.talkText.hasPrefix("error: STRATEGY cannot be \"tend\""))
  }

  @Test func theFirstSignalIsAskedForPolitely() {
    for (signal, code) in [(SIGINT, Int32(130)), (SIGTERM, 143)] {
      let process = Spawned(Spawned.specimen, ["wait"])
      process.waitForOutput()
      process.send(signal)
      #expect(process.wait() == code)
      #expect(process.talkText == "error: stopped on request\n")
    }
  }

  @Test func theSecondSignalKills() {
    let process = Spawned(Spawned.specimen, ["deaf"])
    process.waitForOutput()
    process.send(SIGINT)
    // The first may still be on its way when the second is sent; only then are they one.
    var isAlive = true
    var patience = 5000
    while isAlive, patience > 0 {
      usleep(1000)
      process.send(SIGTERM)
      isAlive = !process.hasEnded
      patience -= 1
    }
    #expect(process.wait() == -SIGTERM)
  }

  @Test func aClosedPipeEndsTheProgramQuietly() {
    let process = Spawned(
      "/bin/bash",
      ["-c", "\"$0\" flood | head -n 1; echo ${PIPESTATUS[0]}", Spawned.specimen])
    #expect(process.wait() == 0)
    #expect(process.outputText == "and so on\n141\n")
    #expect(process.talkText == "")
  }

  @Test func rawBytesAreNoReasonToTrap() {
    for seed in UInt64(0)..<40 {
      var dice = Dice(seed: seed)
      let words = (0..<Int.random(in: 1...6, using: &dice)).map { _ in
        (0..<Int.random(in: 0...40, using: &dice)).map { _ in
          UInt8.random(in: 1...255, using: &dice)
        }
      }
      let process = Spawned(Spawned.specimen, [Array("trade".utf8)] + words)
      #expect([0, 2].contains(process.wait()), "seed \(seed)")
    }
  }

  @Test func longCommandLinesAreNoReasonToTrap() {
    let long = Spawned(Spawned.specimen, ["--" + String(repeating: "x", count: 120_000)])
    #expect(long.wait() == 2)
    #expect(long.talkText.utf8.count < 400)
    let many = Spawned(Spawned.specimen, ["trade"] + (0..<10_000).map { "--f\($0)" })
    #expect(many.wait() == 2)
    let operands = Spawned(Spawned.specimen, ["trade", "trend"] + (0..<10_000).map { "n\($0)" })
    #expect(operands.wait() == 0)
  }
}
