import Bytes
import Fixtures
import Foundation
import Testing

/// A folder in which the built programs are started as a person would start them.
struct Workplace: ~Copyable {
  private let scratch = Scratch()
  /// The checkout, wherever the tests were built.
  static let home = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  var folder: String { scratch.path }

  /// What a program said and how it ended.
  struct Answer {
    let exitCode: Int32
    let output: String
    let talk: String

    /// What was printed as JSON, an object's members.
    func object() throws -> [String: Any] {
      try #require(
        JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any], "\(output)")
    }
  }

  func start(_ line: String, home: String = Workplace.home) -> Spawned {
    let words = line.split(separator: " ").map(String.init)
    return Spawned(
      "/usr/bin/env", ["-C", folder, "\(Spawned.programs)/\(words[0])"] + words.dropFirst(),
      environment: ["AUSPEX_HOME=\(home)", "NO_COLOR=1"])
  }

  func answer(_ line: String, home: String = Workplace.home) -> Answer {
    let process = start(line, home: home)
    let exitCode = process.wait()
    return Answer(exitCode: exitCode, output: process.outputText, talk: process.talkText)
  }

  /// Runs a line that must end well.
  @discardableResult
  func run(_ line: String) throws -> Answer {
    let answer = answer(line)
    try #require(answer.exitCode == 0, "\(line): \(answer.exitCode) \(answer.talk)")
    return answer
  }

  /// Makes a market, fits on its first days and promotes what came out.
  func prepare(until: String = "2020-03-31") throws {
    try run("data make --until \(until)")
    try run("train fit --until 2020-02-28")
    try run("evaluate promote 1 --reason first")
  }

  func path(_ below: String) -> String { "\(folder)/\(below)" }

  /// Every file below the folder with the hash of its bytes.
  func contents() -> [String: Digest] {
    var found: [String: Digest] = [:]
    let walker = FileManager.default.enumerator(atPath: folder)
    while let below = walker?.nextObject() as? String {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path(below), isDirectory: &isFolder) else {
        continue
      }
      found[below] =
        isFolder.boolValue ? Sha256.digest("") : Sha256.digest(FileBytes.read(path(below)))
    }
    return found
  }

  /// Turns one byte of a file around.
  func damage(_ below: String, at place: Int) throws {
    var bytes = FileBytes.read(path(below))
    try #require(place < bytes.count, "\(below) has \(bytes.count) bytes")
    bytes[place] ^= 0x40
    FileBytes.write(bytes, to: path(below))
  }
}

/// How a run ended, whichever program tells it.
struct RunEnd: Equatable {
  let equity: String
  let hash: String

  /// From the report of `evaluate backtest` or `run demo`.
  init(report: Workplace.Answer) throws {
    let report = try report.object()
    let figures = try #require(report["figures"] as? [String: Any])
    let lineage = try #require(report["lineage"] as? [String: Any])
    equity = try #require(figures["finalEquity"] as? String)
    hash = try #require(lineage["Hash of the records"] as? String)
  }

  /// From `evaluate replay`.
  init(replay: Workplace.Answer) throws {
    let replay = try replay.object()
    equity = try #require(replay["equity"] as? String)
    hash = try #require(replay["hash"] as? String)
  }
}
