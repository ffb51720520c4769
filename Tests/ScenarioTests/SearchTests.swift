import Fixtures
import Foundation
import Testing

/// `train search` from the command line.
@Suite struct SearchTests {
  private static let over = "--over strategy.enter=2bp..20bp:log --over label.horizon=2,5,10"

  private func best(_ answer: Workplace.Answer) throws -> [[String: Any]] {
    try #require(try answer.object()["best"] as? [[String: Any]])
  }

  @Test func theBestIsToldAndNothingIsChanged() throws {
    let place = Workplace()
    try place.run("data make --until 2020-02-28")
    let before = place.contents()["auspex.yaml"]
    let line = "train search \(Self.over) --folds 2 --trials 6 --method random"
    let page = try place.run(line)
    for word in ["horizon", "deflated", "Not adopted", "label:\n  horizon: ", "trials "] {
      #expect(page.output.contains(word), "\(word): \(page.output)")
    }
    #expect(page.talk.contains("the best of 6 is shown"), "\(page.talk)")
    let book = try place.run("evaluate ledger --json").output
    #expect(book.contains("label.horizon=2") || book.contains("label.horizon=5"), "\(book)")
    #expect(place.contents()["auspex.yaml"] == before)
    let found = try best(place.run("\(line) --json"))
    let values = found.compactMap { $0["value"] as? Double }
    #expect(values.count == 6 && values == values.sorted(by: >), "\(values)")
    let settings = try #require(found[0]["settings"] as? [String: String])
    #expect(Set(settings.keys) == ["strategy.enter", "label.horizon"])
    // What is told of a trial is what a walk with its settings gives.
    let walk = try place.run(
      "train walk --folds 2 --json --set label.horizon=\(settings["label.horizon"] ?? "")")
    #expect(try walk.object()["rank-ic"] as? Double == values[0])
  }

  @Test(arguments: ["grid", "genetic", "tpe", "halving"])
  func everyMethodSearches(_ method: String) throws {
    let place = Workplace()
    // A ninth of the days has to hold folds too.
    try place.run("data make --until \(method == "halving" ? "2020-06-30" : "2020-02-14")")
    let over = "--over training.winsor=0..5%:3 --over training.scaling=standard,robust"
    let line = "train search \(over) --folds 2 --trials 14 --method \(method) --json"
    let found = try place.run(line).object()
    #expect(found["failed"] as? Int == 0)
    #expect(found["trials"] as? Int == (method == "grid" ? 6 : method == "halving" ? 21 : 14))
    let folder = try #require(found["folder"] as? String)
    #expect(
      try place.run("train merge \(folder) --json").object()["hash"] as? String
        == found["hash"] as? String)
    try place.run("train status \(folder)")
  }

  @Test func tradingIsAGoalToo() throws {
    let place = Workplace()
    try place.run("data make --until 2020-02-14")
    let found = try best(
      place.run(
        "train search --over strategy.enter=1bp,50% --goal net --method grid --folds 2 --json"))
    // Nothing is traded at half the price, and nothing earned or lost.
    let idle = try #require(
      found.first { ($0["settings"] as? [String: String])?["strategy.enter"] == "50%" })
    #expect(idle["value"] as? Double == 0)
    let busy = try #require(found.first { ($0["value"] as? Double) != 0 })
    #expect(busy["sharpe"] as? Double != nil)
  }

  @Test func whatCannotBeSearchedIsRefused() throws {
    let place = Workplace()
    try place.run("data make --until 2020-01-31")
    for (words, word) in [
      ("", "nothing to vary"), ("--over tree.leaves=3..9", "did you mean \"trees.leaves\""),
      ("--over trees.leaves=9..3", "the lower one first"),
      ("--over trees.leaves=a..b", "trees.leaves"), ("--over data.interval=1m,5m", "same market"),
      ("--over trees.leaves", "KEY=VALUES"), ("--over trees.rate=0..10%:log", "trees.rate"),
      ("--over trees.leaves=3..9 --over trees.leaves=3..9", "trees.leaves"),
      ("--over trees.leaves=3..60 --method grid --trials 3", "a grid of 5"),
      ("--over model.kind=ridge,oracle", "oracle"),
    ] {
      let answer = place.answer("train search \(words)")
      #expect(answer.exitCode == 2, "\(words): \(answer.exitCode) \(answer.talk)")
      #expect(answer.talk.contains(word), "\(words): \(answer.talk)")
    }
    // A combination that cannot be is a failed trial and no failed search.
    let odd = try place.run(
      "train search --over strategy.exit=1bp,90% --method grid --folds 2 --json")
    #expect(try odd.object()["failed"] as? Int == 1)
  }

  @Test func kindsAreStackedByEarlierFolds() throws {
    let place = Workplace()
    try place.run("data make --until 2020-02-28")
    let found = try place.run("train walk --stack ridge,zero --folds 3 --json").object()
    let weights = try #require(found["weights"] as? [[String: Any]])
      .compactMap { $0["weights"] as? [Double] }
    #expect(weights.count == 3 && weights[0] == [0.5, 0.5])
    #expect(weights.dropFirst().allSatisfy { $0[0] > 0.2 && $0[1] == 0 }, "\(weights)")
    let stack = try #require(found["stack"] as? [String: Any])
    #expect(try #require(stack["rank-ic"] as? Double) > 0.05)
    let page = try place.run("train walk --stack ridge,zero --folds 3").output
    #expect(page.contains("stack") && page.contains("in the first all alike"), "\(page)")
  }

  /// Each kind as it would be alone, told beside the others, noted in the ledger, and on the page.
  @Test func allKindsAreWalkedSideBySide() throws {
    let place = Workplace()
    try place.run("data make --until 2020-02-28")
    let small = "--folds 2 --set trees.rounds=20 --set forest.trees=10"
    let found = try place.run("train walk --model all \(small) --json").object()
    let models = try #require(found["models"] as? [String: [String: Any]])
    #expect(models.keys.sorted() == ["forest", "ridge", "trees"])
    for (name, told) in models {
      let zero = try #require(told["against-zero"] as? [String: Double])
      let (low, high) = (try #require(zero["r2-low"]), try #require(zero["r2-high"]))
      #expect(low < high && low...high ~= zero["r2"] ?? .nan, "\(name): \(zero)")
      #expect(try #require(told["seconds"] as? Double) > 0)
      #expect((told["against-ridge"] == nil) == (name == "ridge"))
      let alone = try place.run("train walk --model \(name) \(small) --json").object()
      #expect(alone["evidence"] as? String == told["evidence"] as? String, "\(name)")
    }
    // Three kinds, their stack, and each kind once more alone, which asks the same again.
    let trials = try place.run("evaluate ledger --json").output.ranges(of: "\"purpose\"")
    #expect(trials.count == 7)
    let text = try place.run("train walk --model all \(small) --set model.all=[forest,ridge]")
      .output
    let lines = text.split(separator: "\n").map { $0.prefix(6) }
    for name in ["forest", "ridge ", "stack ", "zero  "] { #expect(lines.contains { $0 == name }) }
    let page = String(decoding: FileBytes.read(place.path("runs/walk.html")), as: UTF8.self)
    for word in ["forest, ridge over", "Side by side", "bp&lt;ridge", "fold by fold", "stack"] {
      #expect(page.contains(word), "\(word)")
    }
    #expect(page.utf8.count < 500_000)
    #expect(!FileBytes.read(place.path("runs/walk-forest.html")).isEmpty)
    let fitted = try place.run("train fit --model all \(small) --name three --json").object()
    let versions = try #require(fitted["versions"] as? [[String: Any]])
    #expect(
      versions.compactMap { $0["name"] as? String } == [
        "three-ridge", "three-trees", "three-forest",
      ])
    for line in [
      "train plan walk --model all", "train search --over trees.leaves=3..9 --model all",
    ] {
      #expect(place.answer(line).exitCode == 2, "\(line)")
    }
  }
}
