import Fixtures
import Foundation
import Testing

@testable import Console

/// The scripts are tried in real shells: bash always, zsh and fish where they are installed.
@Suite struct ShellTests {
  private func bash(_ words: [String], folder: String = "/") -> [String] {
    let script = """
      cd "$1"; shift
      source <("$1" --completions bash) || exit 9
      [[ $(complete -p specimen) == "complete -F _specimen_complete specimen" ]] || exit 8
      COMP_WORDS=("$@")
      COMP_CWORD=$(($# - 1))
      _specimen_complete specimen
      for word in "${COMPREPLY[@]}"; do printf '%s\\n' "$word"; done
      """
    let process = Spawned(
      "/bin/bash", ["-c", script, "bash", folder, Spawned.specimen] + words)
    #expect(process.wait() == 0, "\(words): \(process.talkText)")
    #expect(process.talkText == "")
    return process.outputText.split(separator: "\n").map(String.init)
  }

  @Test func bashOffersCommandsFlagsAndValues() {
    #expect(bash([""]) == ["trade", "config", "wait", "deaf", "flood"])
    #expect(bash(["config", "c"]) == ["check"])
    #expect(bash(["trade", "--fo"]) == ["--format"])
    #expect(bash(["trade", "--format", ""]) == ["table", "csv", "html"])
    #expect(bash(["trade", "tre"]) == ["trend"])
    #expect(bash(["trade", "--from", ""]) == [])
  }

  /// bash cuts a word at the equals sign.
  @Test func bashCompletesBehindTheEqualsSign() {
    #expect(bash(["trade", "--format", "=", "h"]) == ["html"])
    #expect(bash(["trade", "--format", "="]).contains("--format=csv") == false)
    #expect(bash(["trade", "--format", "=", "csv", "--fr"]) == ["--from"])
    #expect(bash(["trade", "--config", "=", "pro"], folder: "/") == ["proc"])
  }

  @Test func bashCompletesFilesWithSpaces() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("two words \(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data().write(to: folder.appendingPathComponent("my run.yaml"))
    #expect(bash(["config", "check", "my"], folder: folder.path) == ["my run.yaml"])
    #expect(bash(["--config", "my"], folder: folder.path) == ["my run.yaml"])
  }

  @Test(arguments: Shell.allCases) func theShellAcceptsItsScript(shell: Shell) throws {
    let places = ["/bin/", "/usr/bin/"].map { $0 + shell.rawValue }
    // A machine without this shell has nobody to complete for.
    guard let path = places.first(where: FileManager.default.isExecutableFile) else { return }
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("completion-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    try shell.script(for: "specimen").write(to: file, atomically: true, encoding: .utf8)
    let process = Spawned(path, ["-n", file.path])
    #expect(process.wait() == 0, "\(process.talkText)")
  }

  @Test func behindTheLauncherTheScriptServesTheLauncher() {
    let process = Spawned(
      Spawned.specimen, ["--completions=bash"],
      environment: ["AUSPEX_INVOKED_AS=auspex specimen"])
    #expect(process.wait() == 0)
    #expect(process.outputText == Shell.bash.script(for: "auspex"))
    #expect(process.outputText.contains("complete -F _auspex_complete auspex\n"))
  }
}
