import Fixtures
import Foundation
import Testing

/// An import that is killed without warning leaves an archive that a second import completes to the
/// same fingerprints.
@Suite struct KillImportTests {
  private static let kills = 6

  @Test func aKilledImportIsCompletedByTheNext() throws {
    let place = Workplace()
    let files = try prepare(place).joined(separator: " ")
    let began = DispatchTime.now().uptimeNanoseconds
    try place.run("data import \(files) --archive whole.sqlite")
    let lengthMicros = Int64((DispatchTime.now().uptimeNanoseconds - began) / 1_000)
    let whole = try fingerprints(place, "whole.sqlite")
    #expect(whole.count == 2)

    var dice = Dice(seed: 5)
    var landed = 0
    for attempt in 0..<20 * Self.kills where landed < Self.kills {
      let archive = "\(attempt).sqlite"
      let process = place.start("data import \(files) --archive \(archive)")
      usleep(UInt32(dice.roll(0...max(1, lengthMicros))))
      process.send(SIGKILL)
      guard process.wait() == -SIGKILL else { continue }
      landed += 1
      if FileManager.default.fileExists(atPath: place.path(archive)) {
        let left = place.answer("data list --archive \(archive)")
        #expect([0, 3].contains(left.exitCode), "attempt \(attempt): \(left.talk)")
      }
      try place.run("data import \(files) --archive \(archive)")
      #expect(try fingerprints(place, archive) == whole, "attempt \(attempt)")
      // Nothing was restated on the way: files do not disagree with each other.
      let revisions = try place.run("data list --revisions --json --archive \(archive)")
      #expect(revisions.output.filter { !$0.isWhitespace } == "[]", "attempt \(attempt)")
    }
    #expect(landed == Self.kills)
  }

  /// Two series, cut into files of some weeks each.
  private func prepare(_ place: borrowing Workplace) throws -> [String] {
    try place.run("data make --until 2020-06-30 --symbol rb8888.SHFE --archive made.sqlite")
    try place.run("data make --until 2020-06-30 --symbol ag8888.SHFE --archive made.sqlite")
    var files: [String] = []
    for symbol in ["rb8888.SHFE", "ag8888.SHFE"] {
      let text = try place.run("data export \(symbol) --archive made.sqlite").output
      let lines = text.split(separator: "\n")
      let rows = lines.dropFirst()
      for part in 0..<4 {
        let share = rows.dropFirst(part * rows.count / 4).prefix(rows.count / 4 + 1)
        let name = "\(symbol)-\(part).csv"
        let body = ([lines[0]] + share).joined(separator: "\n") + "\n"
        FileBytes.write(Array(body.utf8), to: place.path(name))
        files.append(name)
      }
    }
    return files
  }

  private func fingerprints(
    _ place: borrowing Workplace, _ archive: String
  ) throws -> [String: String] {
    let answer = try place.run("data list --json --archive \(archive)")
    let list = try #require(
      JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [[String: Any]])
    var found: [String: String] = [:]
    for entry in list {
      found[try #require(entry["series"] as? String)] =
        try #require(entry["fingerprint"] as? String)
    }
    return found
  }
}
