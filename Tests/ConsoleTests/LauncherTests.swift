import Fixtures
import Foundation
import Testing

/// scripts/auspex in an installation of its own, below a folder whose name has a space.
@Suite struct LauncherTests {
  private func auspex(_ words: [String]) throws -> (exitCode: Int32, output: String, talk: String) {
    let files = FileManager.default
    let root = files.temporaryDirectory.appendingPathComponent("two words \(UUID().uuidString)")
    defer { try? files.removeItem(at: root) }
    let bin = root.appendingPathComponent("bin")
    let libexec = root.appendingPathComponent("libexec/auspex")
    for folder in [bin, libexec] {
      try files.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let launcher = bin.appendingPathComponent("auspex")
    try files.copyItem(
      at: repository.appendingPathComponent("scripts/auspex"), to: launcher)
    for program in ["data", "train", "evaluate", "run"] {
      try files.createSymbolicLink(
        atPath: libexec.appendingPathComponent(program).path,
        withDestinationPath: Spawned.specimen)
    }
    let process = Spawned(launcher.path, words)
    return (process.wait(), process.outputText, process.talkText)
  }

  @Test func programsAreReachedByName() throws {
    let answer = try auspex(["run", "trade", "trend", "two words", "-w", "3"])
    #expect(answer.exitCode == 0)
    #expect(answer.output == "3 workers\n")
    #expect(try auspex(["data", "trade", "tend"]).exitCode == 2)
  }

  @Test func helpListsTheProgramsWithTheirSummaries() throws {
    let help = try auspex(["--help"])
    #expect(help.exitCode == 0)
    #expect(help.output.contains("  evaluate  A program that has one of everything"))
    #expect(help.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let bare = try auspex([])
    #expect(bare.exitCode == 2)
    #expect(bare.output == "")
    #expect(bare.talk == help.output)
  }

  @Test func unknownProgramsAreRefused() throws {
    let answer = try auspex(["ru\u{1B}n"])
    #expect(answer.exitCode == 2)
    #expect(
      answer.talk.hasPrefix(
        "error: unknown program \"run\"; expected one of: data, train, evaluate, run\n"))
  }

  @Test func completionReachesThroughTheLauncher() throws {
    #expect(try auspex(["--complete", "r"]).output.hasPrefix("words\nrun\tA program"))
    #expect(try auspex(["--complete", "run", "tra"]).output.hasPrefix("words\ntrade\tTrade"))
    #expect(try auspex(["--complete", "--v"]).output == "words\n--version\n")
    #expect(try auspex(["--complete", "nothing", ""]).output == "words\n")
    #expect(try auspex(["--completions", "bash"]).output.contains("complete -F"))
    #expect(try auspex(["--version"]).output == "auspex 0.1.0\n")
  }
}
