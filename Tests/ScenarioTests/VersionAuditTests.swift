import Fixtures
import Foundation
import Testing

/// Versions under audit, and a file whose stamps lie, from the command line.
@Suite struct VersionAuditTests {
  private func findings(_ answer: Workplace.Answer) throws -> [String: Bool] {
    let list = try #require(try answer.object()["findings"] as? [[String: Any]])
    var found: [String: Bool] = [:]
    for one in list {
      found[try #require(one["check"] as? String)] = try #require(one["alarm"] as? Bool)
    }
    return found
  }

  @Test func aSealedVersionIsHeldAgainstItsBars() throws {
    let place = Workplace()
    try place.run("data make --kind null --until 2020-02-14")
    try place.run("train fit --folds 3")
    let found = try findings(place.answer("evaluate audit 1 --permutations 1 --json"))
    #expect(found.count == 12, "\(found)")
    #expect(!found.values.contains(true), "\(found)")
    let page = try place.run("evaluate audit 1 --permutations 1")
    for word in ["forecasts", "remade to the last digits", "3 folds scale by", "version 1 "] {
      #expect(page.output.contains(word), "\(word): \(page.output)")
    }
    // Bars that came later are not the version's.
    try place.run("data make --kind null --until 2020-02-28")
    let later = place.answer("evaluate audit 1 --permutations 1 --json")
    #expect(try findings(later) == found)
    #expect(later.talk.contains("other bars"), "\(later.talk)")
    // A market with a signal planted is too good to be believed of a real one.
    try place.run("data make --symbol ag8888.SHFE --until 2020-02-14 --r2 0.2")
    try place.run("train fit --symbol ag8888.SHFE --folds 3")
    let planted = place.answer("evaluate audit 2 --permutations 1 --json")
    #expect(planted.exitCode == 5)
    #expect(try findings(planted).filter(\.value).keys.sorted() == ["bands"])
    let odd = place.answer("evaluate audit 1 --bars 100")
    #expect(odd.exitCode == 2 && odd.talk.contains("is a version"), "\(odd.talk)")
  }

  @Test func startsOfBarsTakenForTheirEndsAreRefused() throws {
    let place = Workplace()
    try place.run("data make --until 2020-01-10")
    let text = try place.run("data export rb8888.SHFE").output
    let clock = DateFormatter()
    clock.locale = Locale(identifier: "en_US_POSIX")
    clock.timeZone = TimeZone(identifier: "UTC")
    clock.dateFormat = "yyyy-MM-dd HH:mm:ss"
    let lines = text.split(separator: "\n")
    let early = try lines.dropFirst().map { line in
      var cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let end = try #require(clock.date(from: String(cells[1].prefix(19))), "\(cells[1])")
      cells[1] = clock.string(from: end.addingTimeInterval(-60))
      return cells.joined(separator: ",")
    }
    let body = ([String(lines[0])] + early).joined(separator: "\n") + "\n"
    FileBytes.write(Array(body.utf8), to: place.path("starts.csv"))
    let answer = place.answer("data import starts.csv --archive other.sqlite")
    #expect(answer.exitCode == 3, "\(answer.output) \(answer.talk)")
    let told = ["starts.csv:77", "hours"]
    #expect(told.allSatisfy { answer.talk.contains($0) }, "\(answer.talk)")
  }
}
