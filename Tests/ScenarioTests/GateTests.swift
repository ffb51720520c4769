import Fixtures
import Foundation
import Testing

/// What the gate says is what consumers hold to.
@Suite struct GateTests {
  /// Every planted fault is named on its day and nothing else is, by the programs themselves.
  @Test func aBrokenMarketIsSeenThrough() throws {
    let place = Workplace()
    let made = try place.run("data make --kind broken --symbol rb2105.SHFE --until 2020-06-30")
    let planted = made.talk.split(separator: "\n").map(String.init).filter { $0.hasPrefix("2020-") }
    #expect(planted.count == 15, "\(made.talk)")
    let check = place.answer("data check rb2105.SHFE --export found.csv")
    #expect(check.exitCode == 0, "\(check.talk)")
    let rows = String(decoding: FileBytes.read(place.path("found.csv")), as: UTF8.self)
      .split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let found = rows.filter { !$0[5].isEmpty }.map { "\($0[1]): \($0[5])" }
    #expect(found == planted)
  }

  /// Training refuses days below the grade that is demanded until a person has decided.
  @Test func trainingRefusesBelowItsGrade() throws {
    let place = Workplace()
    try place.run("data make --kind broken --until 2020-03-31")
    let line = "train fit --until 2020-02-28"
    let refused = place.answer("\(line) --set data.grade=C --json")
    #expect(refused.exitCode == 3, "\(refused.output)")
    let error = try #require(try refused.object()["error"] as? [String: Any])
    let problems = try #require(error["problems"] as? [String])
    #expect(problems.allSatisfy { $0.contains("is graded D, below C") }, "\(problems)")
    for problem in problems {
      let day = try #require(problem.split(separator: " ").first { $0.hasPrefix("2020-") })
      try place.run("data decide rb8888.SHFE \(day) exclude --reason broken")
    }
    let fitted = try place.run("\(line) --set data.grade=C --json").object()
    #expect(fitted["number"] as? Int == 1)
  }

  /// So do walking, judging and trading, before anything is made of the bars.
  @Test func everyConsumerRefusesBelowItsGrade() throws {
    let place = Workplace()
    try place.run("data make --kind broken --until 2020-01-31")
    let trading = "--set strategy.kind=average_cross"
    for line in [
      "train walk", "train features", "evaluate backtest \(trading)", "run demo \(trading)",
    ] {
      let refused = place.answer("\(line) --set data.grade=C")
      #expect(
        refused.exitCode == 3 && refused.talk.contains("is graded D, below C"),
        "\(line): \(refused.talk)")
    }
  }
}
