import Fixtures
import Foundation
import Testing

/// Every look at a hold-out is counted, by the programs themselves.
@Suite struct LedgerTests {
  @Test func everyWalkIsNotedAndJudgedBesideTheOthers() throws {
    let place = Workplace()
    try place.run("data make --until 2020-03-31")
    let first = try place.run("train walk --json").object()
    let second = try place.run("train walk --model trees --set trees.rounds=20 --json").object()
    let third = try place.run("train walk --json").object()
    let looks = try [first, second, third].map { walk in
      try #require((walk["ledger"] as? [String: Any])?["looks"] as? Double)
    }
    #expect(looks == [1, 2, 3])
    // The same question again is a look, and no further trial.
    let trials = try [first, second, third].map { walk in
      try #require((walk["ledger"] as? [String: Any])?["trials"] as? Double)
    }
    #expect(trials == [1, 2, 2])
    #expect(second["against-ridge"] != nil && first["against-ridge"] == nil)
    // The made market tells five times more than any honest one: the alarm is for just that.
    #expect(first["against-zero"] != nil && (first["alarms"] as? [Any])?.isEmpty == false)
    #expect((first["tenths"] as? [Any])?.count == 10 && first["by-month"] != nil)
    let text = try place.run("train walk --by hour").output
    #expect(text.contains("looked at 4 times") && text.contains("09:00"), "\(text)")
    #expect(text.contains("runs/walk.html"))
    let page = String(decoding: FileBytes.read(place.path("runs/walk.html")), as: UTF8.self)
    for words in [
      "grown row by row", "Tenths of forecasts", "What an entry earned", "looked at 4 times",
      "last value", "Clark–West t", first["evidence"] as? String ?? "no hash",
    ] { #expect(page.contains(words), "\(words)") }
    #expect(page.utf8.count < 500_000 && !page.contains("http:") && !page.contains("https:"))
    let verdict = try place.run("evaluate ledger --trial 1 --json").object()
    #expect(verdict["dsr"] is Double && verdict["p-holm"] is Double && verdict["spa-upper"] != nil)
    #expect(try place.run("evaluate ledger --verify").output.contains("8 lines hold"))
  }

  @Test func aRefreshIsMarkedAndNotCounted() throws {
    let place = Workplace()
    try place.run("data make --until 2020-03-31")
    try place.run("train fit --until 2020-02-28 --refresh")
    try place.run("train fit --until 2020-03-20 --refresh")
    let text = try place.run("evaluate ledger --json").output
    // Nothing was asked before the first of them, so that one is a trial whatever it is called.
    #expect(
      text.contains("\"purpose\":\"trial\"") && text.contains("\"purpose\":\"refresh\""), "\(text)")
  }

  @Test func whatWasChangedIsNamedByItsLine() throws {
    let place = Workplace()
    try place.run("data make --until 2020-03-31")
    try place.run("train walk --model zero")
    try place.run("train walk --model zero")
    try place.damage("models/ledger", at: 300)
    for line in ["evaluate ledger", "evaluate ledger --verify", "train walk --model zero"] {
      let answer = place.answer(line)
      #expect(answer.exitCode == 4 && answer.talk.contains("models/ledger:1:"), "\(answer)")
    }
  }

  @Test func pathsStandBesideTheWalkForward() throws {
    let place = Workplace()
    try place.run("data make --until 2020-03-31")
    let plain = try place.run("train walk --json").object()
    for (scheme, count) in [("kfold", 1), ("combinatorial", 5)] {
      let walk = try place.run("train walk --scheme \(scheme) --json").object()
      #expect((walk["paths"] as? [Any])?.count == count)
      // What is quoted stays the walk forward.
      #expect(walk["r2-zero"] as? Double == plain["r2-zero"] as? Double)
    }
    #expect(place.answer("train walk --scheme shuffled").exitCode == 2)
  }
}
