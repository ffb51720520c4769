import Fixtures
import Foundation
import Testing

/// The leak audit from the command line: shipped recipes pass, planted look-ahead is caught.
@Suite struct AuditTests {
  /// Shell programs that read bars and write one column; `n` bars, closes in `c`.
  private static func program(_ body: String) -> String {
    "#!/bin/sh\nawk -F, 'NR > 1 { c[NR - 1] = $6 } END { n = NR - 1; print \"mine\"\n\(body)\n}'\n"
  }

  private static let trailing = """
    for (i = 1; i <= n; i++) if (i < 10) print ""; else {
      s = 0; for (k = 0; k < 10; k++) s += c[i - k]; printf "%.12g\\n", 10 * c[i] / s - 1 }
    """

  private static let centred = """
    for (i = 1; i <= n; i++) if (i <= 5 || i + 5 > n) print ""; else {
      s = 0; for (k = -5; k <= 5; k++) s += c[i + k]; printf "%.12g\\n", 11 * c[i] / s - 1 }
    """

  private static let normalised = """
    for (i = 1; i <= n; i++) { s += c[i]; q += (c[i] - c[1]) ^ 2 }
    for (i = 1; i <= n; i++) printf "%.12g\\n", (c[i] - s / n) / (sqrt(q / n) + 1)
    """

  private static let shifted = """
    for (i = 1; i < n; i++) printf "%.12g\\n", c[i + 1] / c[i] - 1
    print ""
    """

  private func write(_ body: String, _ name: String, _ place: borrowing Workplace) throws {
    FileBytes.write(Array(Self.program(body).utf8), to: place.path(name))
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: place.path(name))
  }

  private func checks(_ answer: Workplace.Answer) throws -> Set<String> {
    let leaks = try #require(try answer.object()["leaks"] as? [[String: Any]])
    return Set(leaks.compactMap { $0["check"] as? String })
  }

  @Test func shippedRecipesPass() throws {
    let place = Workplace()
    try place.run("data make --until 2020-01-31")
    let files = try FileManager.default.contentsOfDirectory(
      atPath: "\(Workplace.home)/config/recipes")
    let recipes = files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    #expect(recipes.count >= 4)
    for recipe in recipes {
      let found = try place.run("evaluate audit \(recipe) --bars 1200 --cuts 6 --json").object()
      #expect(found["remade"] as? Bool == true && found["bars"] as? Int == 1_200)
      #expect((found["leaks"] as? [Any])?.isEmpty == true, "\(recipe): \(found)")
      let columns = try #require(found["columns"] as? [[String: Any]])
      for column in columns where column["endless"] as? Bool == false {
        guard let needed = column["needed_bars"] as? Int else { continue }
        #expect(needed <= column["computed_bars"] as? Int ?? -1, "\(recipe): \(column)")
      }
    }
    let own = "name: own\nfeatures:\n  a: mean(close, 5) / close\n"
    FileBytes.write(Array(own.utf8), to: place.path("own.yaml"))
    let page = try place.run("evaluate audit own.yaml --bars 300").output
    #expect(page.contains("no look-ahead found"), "\(page)")
    #expect(page.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(page)")
  }

  @Test func plantedLookAheadIsCaught() throws {
    let place = Workplace()
    try place.run("data make --until 2020-01-10")
    let planted: [(name: String, body: String, checks: Set<String>)] = [
      ("trailing", Self.trailing, []), ("centred", Self.centred, ["prefix", "future"]),
      ("normalised", Self.normalised, ["prefix", "future"]),
      ("shifted", Self.shifted, ["prefix", "future", "outcome"]),
    ]
    for (name, body, checks) in planted {
      try write(body, name, place)
      let answer = place.answer("evaluate audit --with ./\(name) --bars 600 --cuts 4 --json")
      #expect(answer.exitCode == (checks.isEmpty ? 0 : 5), "\(name): \(answer.talk)")
      #expect(try self.checks(answer) == checks, "\(name): \(answer.output)")
    }
    let page = place.answer("evaluate audit --with ./centred --bars 600 --cuts 4")
    #expect(page.exitCode == 5 && page.output.contains("LEAK: prefix, future"), "\(page.output)")
    #expect(page.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(page.output)")
  }

  @Test func aFileStandsForTheAnswerOnAllBars() throws {
    let place = Workplace()
    try place.run("data make --until 2020-01-03")
    for (name, body) in [("trailing", Self.trailing), ("shifted", Self.shifted)] {
      try write(body, name, place)
      let bars = try place.run("data export rb8888.SHFE").output
      FileBytes.write(Array(bars.utf8), to: place.path("bars.csv"))
      let made = Spawned("/bin/sh", ["-c", "cd \(place.folder) && ./\(name) < bars.csv"])
      try #require(made.wait() == 0)
      FileBytes.write(Array(made.outputText.utf8), to: place.path("\(name).csv"))
    }
    let alone = place.answer("evaluate audit --columns shifted.csv --json")
    #expect(alone.exitCode == 5, "\(alone.talk)")
    #expect(try checks(alone) == ["outcome"])
    let honest = try place.run("evaluate audit --columns trailing.csv")
    #expect(honest.output.contains("nothing else is proved"), "\(honest.output)")
    try place.run("evaluate audit --columns trailing.csv --with ./trailing")
    // A file that the program does not make is told from one that it does.
    let stale = place.answer("evaluate audit --columns shifted.csv --with ./trailing --json")
    #expect(stale.exitCode == 5, "\(stale.output) \(stale.talk)")
  }

  @Test func whatCannotBeAuditedIsRefused() throws {
    let place = Workplace()
    try place.run("data make --until 2020-01-03")
    try write("print 1", "short", place)
    try write("print \"x\"; exit 3", "failing", place)
    for (line, code, word) in [
      ("--with ./short", 3, "1 lines below the header"), ("--with ./failing", 1, "exit code 3"),
      ("--with ./none", 1, "exit code 127"), ("--columns none.csv", 3, "none.csv"),
      ("stationry", 2, "stationary"), ("none.yaml", 2, "no such file"),
      ("ta --with ./short", 2, "one at a time"), ("--columns a.csv --bars 9", 2, "--bars"),
    ] as [(String, Int32, String)] {
      let answer = place.answer("evaluate audit \(line)")
      #expect(answer.exitCode == code, "\(line): \(answer.talk)")
      #expect(answer.talk.contains(word), "\(line): \(answer.talk)")
    }
  }
}
