import Fixtures
import Foundation
import Testing

/// Boosted trees and networks that go on from a version's, from the command line.
@Suite struct ContinuedFitTests {
  private static let fit =
    "train fit --model trees --folds 2 --set trees.patience=null --until 2020-02-14"

  private func forecasts(_ place: borrowing Workplace, _ version: Int) throws -> [Double] {
    let told = try place.run("evaluate explain \(version) --json").object()
    let shares = try #require(told["shares"] as? [String: Any])
    return try #require(shares["forecasts"] as? [Double])
  }

  @Test func fiftyAndFiftyAreAHundred() throws {
    let place = Workplace()
    try place.run("data make --until 2020-02-28")
    try place.run("\(Self.fit) --set trees.rounds=50")
    try place.run("\(Self.fit) --set trees.rounds=50 --continue 1")
    try place.run("\(Self.fit) --set trees.rounds=100")
    let (half, continued, whole) = try (
      forecasts(place, 1), forecasts(place, 2), forecasts(place, 3)
    )
    #expect(continued.count == whole.count && half != whole)
    for (one, other) in zip(continued, whole) { #expect(abs(one - other) < 1e-9) }
    let first = try place.run("evaluate show 1 --json").object()
    let second = try place.run("evaluate show 2 --json").object()
    #expect(second["parent"] as? String == first["id"] as? String && first["parent"] is NSNull)
    #expect(try place.run("evaluate show 2").output.contains("parent"))

    // What does not fit is refused before anything is learned, all of it at once.
    let other = place.answer(
      "\(Self.fit) --continue 1 --recipe minute --set label.horizon=7 --scaling robust")
    #expect(other.exitCode == 5, "\(other)")
    for word in ["recipe:", "label:", "scaler:", "cannot be built upon"] {
      #expect(other.talk.contains(word), "\(word): \(other.talk)")
    }
    #expect(place.answer("train fit --until 2020-02-14 --continue 1").exitCode == 5, "ridge")
    #expect(place.answer("\(Self.fit) --continue 9").exitCode == 4)
    try place.run("train fit --folds 2 --until 2020-02-14")
    let ridge = place.answer("train fit --folds 2 --until 2020-02-14 --continue 4")
    #expect(ridge.exitCode == 5 && ridge.talk.contains("go on, no ridge"), "\(ridge.talk)")
    // More days are learned from on the parent's scale.
    let later = Self.fit.replacing("2020-02-14", with: "2020-02-28")
    try place.run("\(later) --set trees.rounds=5 --continue 2")
    #expect(try place.run("evaluate list --json").output.contains("\"number\""))
  }

  @Test func networksGoOnWithTheirWeights() throws {
    let place = Workplace()
    try place.run("data make --until 2020-01-31")
    let fit =
      "train fit --model lstm --folds 2 --set lstm.window=5 --set lstm.units=[4] --set lstm.epochs=1"
    try place.run(fit)
    try place.run("\(fit) --continue 1")
    let first = try place.run("evaluate show 1 --json").object()
    let second = try place.run("evaluate show 2 --json").object()
    #expect(second["parent"] as? String == first["id"] as? String && first["parent"] is NSNull)
    #expect(second["id"] as? String != first["id"] as? String)
    let other = place.answer("\(fit) --set lstm.window=6 --continue 1")
    #expect(other.exitCode == 5 && other.talk.contains("layers:"), "\(other.talk)")
  }
}
