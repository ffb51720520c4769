import Foundation
import Testing

/// From nothing to a replayed paper run, by the programs themselves.
@Suite struct WholeThreadTests {
  @Test func oneHashFromTheBacktestToTheReplay() throws {
    let place = Workplace()
    try place.prepare()
    let backtest = try RunEnd(report: place.run("evaluate backtest --forecasts model --json"))
    let paper = try RunEnd(report: place.run("run demo --json"))
    let replayed = try RunEnd(replay: place.run("evaluate replay runs/demo.journal --json"))
    let reported = try RunEnd(report: place.run("evaluate report runs/demo.journal --json"))
    #expect(paper == backtest)
    #expect(replayed == backtest)
    #expect(reported == backtest)
    let text = try place.run("evaluate replay runs/demo.journal").output
    #expect(text.contains("records \(backtest.hash)\n") && text.contains(backtest.equity))

    // A finished run is taken up, found finished, and left as it is.
    let before = place.contents()["runs/demo.journal"]
    #expect(try RunEnd(report: place.run("run demo --json")) == backtest)
    #expect(place.contents()["runs/demo.journal"] == before)
    // A fresh one writes the same bytes again, whatever its batches were.
    #expect(try RunEnd(report: place.run("run demo --fresh --json")) == backtest)
    #expect(place.contents()["runs/demo.journal.html"] != nil)
  }

  @Test func theSameDataAndSettingsAreTheSameVersion() throws {
    let place = Workplace()
    try place.prepare()
    let first = try place.run("evaluate show 1 --json").object()
    let again = try place.run("train fit --until 2020-02-28 --json").object()
    #expect(again["id"] as? String == first["id"] as? String)
    #expect(again["number"] as? Int == 1)
    // Where the store lies is no part of what a version is.
    let other = try place.run("train fit --until 2020-02-28 --models elsewhere --json").object()
    #expect(other["id"] as? String == first["id"] as? String)
    // Another setting is another version, and each of these must have an effect on the model.
    for change in ["training.winsor=5%", "model.kind=last", "model.kind=zero", "label.horizon=4"] {
      let changed = try place.run("train fit --until 2020-02-28 --set \(change) --json").object()
      #expect(changed["id"] as? String != first["id"] as? String, "\(change)")
    }
    #expect(first["known_until"] as? String == "2020-02-28 07:00:00")
  }

  @Test func everyAnswerIsAlsoJson() throws {
    let place = Workplace()
    try place.prepare()
    for line in [
      "data list", "data make --until 2020-03-31", "train walk --folds 2", "evaluate list",
      "evaluate show champion", "evaluate promote 1 --reason again", "evaluate backtest",
      "evaluate backtest --set strategy.kind=average_cross --report runs/cross.html",
      "run config show",
    ] {
      let answer = try place.run("\(line) --json")
      let parts = answer.output.split(separator: "\n", omittingEmptySubsequences: true)
      let isOne =
        (try? JSONSerialization.jsonObject(
          with: Data(answer.output.utf8), options: .fragmentsAllowed))
        != nil
      let isLines = parts.allSatisfy {
        (try? JSONSerialization.jsonObject(with: Data($0.utf8), options: .fragmentsAllowed)) != nil
      }
      #expect(isOne || isLines, "\(line): \(answer.output)")
      #expect(!answer.output.isEmpty, "\(line)")
    }
  }
}
