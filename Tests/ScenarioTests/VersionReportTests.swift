import Fixtures
import Foundation
import Testing

/// The report of a version, from the command line.
@Suite struct VersionReportTests {
  @Test func aVersionIsToldOnOnePageAndAsNumbers() throws {
    let place = Workplace()
    try place.run("data make --until 2020-02-14")
    let small = "--folds 3 --set trees.rounds=30 --set forest.trees=8"
    let fitted = try place.run("train fit --model trees \(small)")
    #expect(fitted.output.contains("costs.html"), "\(fitted.output)")
    let forest = try place.run("train fit --model forest \(small) --json").object()
    #expect(try #require(forest["out-of-bag-r2"] as? Double) < 1)
    let answer = try place.run("evaluate report 1 --json")
    let found = try answer.object()
    #expect(found["isReproduced"] as? Bool == true)
    let scores = try #require(found["scores"] as? [String: Any])
    let shown = try #require(
      place.run("evaluate show 1 --json").object()["metrics"] as? [String: Any])
    #expect(shown["rank-ic"] as? Double == scores["rank-ic"] as? Double, "as it was sealed")
    let baselines = try #require(found["baselines"] as? [String: Any])
    #expect(baselines.keys.sorted() == ["last value", "ridge", "zero"])
    #expect((found["folds"] as? [Any])?.count == 3)
    let surface = try #require(found["surface"] as? [[String: Any]])
    let costs = try #require(surface.first?["costs"] as? [[String: Any]])
    let yearly = costs.compactMap { $0["yearly"] as? Double }
    #expect(yearly.count == 5 && yearly == yearly.sorted(by: >), "dearer is worse: \(yearly)")
    let features = try #require(found["importance"] as? [[String: Any]])
    #expect(features.allSatisfy { $0["gain"] is Double && $0["contribution"] is Double })
    #expect((found["learning"] as? [Any])?.isEmpty == false)
    let ledger = try #require(found["ledger"] as? [String: Any])
    #expect(ledger["trial"] as? Int == 1 && ledger["trials"] as? Double == 2, "\(ledger)")
    let page = String(decoding: FileBytes.read(place.path("runs/version-1.html")), as: UTF8.self)
    for word in [
      "Permutation", "Shapley", "Gain:", "fees + 1 tick", "Cost by tree", "Learned from",
      "the same bits", "Trial 1 of evaluate ledger", "deflated",
      "trees.rounds",
    ] { #expect(page.contains(word), "\(word)") }
    #expect(page.utf8.count < 500_000)
    let twin = String(decoding: FileBytes.read(place.path("runs/version-1.json")), as: UTF8.self)
    #expect(answer.output.hasPrefix(twin.prefix(1_000)))
    // The parts of every forecast sum to it: the start is worked out from the latest.
    let told = try place.run("evaluate explain 1 --json").object()
    let shares = try #require(told["shares"] as? [String: Any])
    let forecast = try #require((shares["forecasts"] as? [Double])?.first)
    let parts = try #require(shares["parts"] as? [String: [Double]])
    let sum = parts.values.reduce(try #require(shares["start"] as? Double)) { $0 + ($1.first ?? 0) }
    #expect(abs(sum - forecast) < 1e-12 && parts.count == features.count)
    #expect(parts.values.contains { ($0.last ?? 0) != 0 })
    let other = try place.run("evaluate report 2")
    #expect(other.output.contains("forest"), "\(other.output)")
    let second = String(decoding: FileBytes.read(place.path("runs/version-2.html")), as: UTF8.self)
    #expect(second.contains("Out of bag"))
  }

  /// Without its bars a version still tells what it kept, and what is missing.
  @Test func whatIsMissingIsSaid() throws {
    let place = Workplace()
    try place.run("data make --until 2020-02-14")
    try place.run("train fit --folds 2")
    let kept = try place.run("evaluate report 1 --kept --json").object()
    #expect(kept["surface"] is NSNull && (kept["tenths"] as? [Any])?.count == 10)
    let bare = try place.run("evaluate report 1 --set paths.archive=nowhere --out bare.html")
    #expect(bare.talk.contains("could not be asked again"), "\(bare.talk)")
    #expect(!FileBytes.read(place.path("bare.html")).isEmpty)
    #expect(place.answer("evaluate report oracle").exitCode == 4)
    #expect(place.answer("evaluate report runs/none.journal").exitCode == 3)
    #expect(place.answer("evaluate report none.journal --kept").exitCode == 2)
  }
}
