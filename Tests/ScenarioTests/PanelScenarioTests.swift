import Engine
import Fixtures
import Market
import Testing
import Trading
import Workbench

/// Learning from many shares at once, from the command line.
@Suite struct PanelScenarioTests {
  private static let names = (0..<8).map { "60000\($0).SSE" }
  private static let flags = names.map { "--symbol \($0)" }.joined(separator: " ")
  private static let days = "--interval 1d --from 2016-01-04 --until 2019-12-31"
  private static let daily = "--set data.interval=1d --recipe panel"

  private func figure(_ figures: [String: Any], _ name: String) throws -> Double {
    try #require(figures[name] as? Double, "\(name)")
  }

  @Test func aPlantedPanelIsLearnedAndSealed() throws {
    let place = Workplace()
    let (flags, daily) = (Self.flags, Self.daily)
    try place.run("data make --kind panel-planted --r2 0.05 \(Self.days) \(flags)")
    let told = try place.run("train walk \(daily) \(flags) --json").object()
    #expect((told["symbols"] as? [String])?.count == 8)
    // R² 5 % is a correlation of 0.22 for who knows the formula.
    #expect((0.08...0.26).contains(try figure(told, "daily-rank-ic")))
    #expect(try figure(told, "daily-rank-ic-t") > 3)
    let baselines = try #require(told["baselines"] as? [String: Any])
    #expect(Set(baselines.keys).isSuperset(of: ["zero", "last value", "−volatility"]))
    let table = try place.run("train walk \(daily) \(flags) --model trees")
    #expect(table.output.contains("ridge") && table.output.contains("daily rank IC"))
    #expect(table.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(table.output)")
    // In which order they are named changes nothing.
    let turned = Self.names.reversed().joined(separator: ",")
    let other = try place.run("train walk \(daily) --json --set data.symbols=\(turned)").object()
    #expect(other["daily-rank-ic"] as? Double == told["daily-rank-ic"] as? Double)
    #expect(other["data"] as? String == told["data"] as? String)
    try place.run("train fit \(daily) \(flags) --until 2019-06-28")
    try place.run("evaluate promote 1 --reason first")
    let run = "evaluate backtest --set data.interval=1d --set strategy.enter=1bp \(flags) --json"
    let one = try place.run(run).object()
    let denials = try #require(one["denials"] as? [String: Any])
    #expect(try #require(denials["whole lots"] as? Int) > 0, "one share is no lot: \(denials)")
    let whole = "\(run) --set strategy.lots=1000 --set risk.order_lots=1000"
    for forecasts in ["evidence", "model"] {
      let report = try place.run("\(whole) --forecasts \(forecasts)").object()
      let figures = try #require(report["figures"] as? [String: Any])
      #expect(try #require(figures["timeInMarket"] as? Double) > 0.1, "\(forecasts): \(figures)")
    }
    let few = place.answer("\(run) --forecasts model --set data.symbols=600000.SSE,600001.SSE")
    #expect(few.exitCode == 4 && few.output.contains("compares 8 instruments"), "\(few.talk)")
  }

  /// From made-up shares to a paper run with the settings that are shipped for them.
  @Test func sharesAreTradedByTheDay() throws {
    let place = Workplace()
    let shipped = FileBytes.read("\(Workplace.home)/config/train/share-daily.yaml")
    FileBytes.write(shipped, to: place.path("daily.yaml"))
    let config = "--config daily.yaml"
    try place.run("data make --kind panel-planted \(Self.days) \(config)")
    try place.run("train fit \(config) --until 2019-06-28")
    try place.run("evaluate promote 1 --reason first")
    let backtest = try place.run("evaluate backtest \(config) --forecasts model --json")
    let figures = try #require(try backtest.object()["figures"] as? [String: Any])
    #expect(try #require(figures["timeInMarket"] as? Double) > 0.5, "\(figures)")
    let orders = try #require(try backtest.object()["orders"] as? [String: Any])
    #expect(try #require(orders["fills"] as? Int) > 40, "\(orders)")
    let paper = try place.run("run demo \(config) --json")
    #expect(try RunEnd(report: paper) == RunEnd(report: backtest))
    let replay = try place.run("evaluate replay runs/demo.journal --json")
    #expect(try RunEnd(replay: replay) == RunEnd(report: backtest))
    for record in try RecordedJournal(place.path("runs/demo.journal")).records {
      guard case .command(.submit, let at) = record else { continue }
      #expect(Zone.shanghai.local(at).seconds == 9 * 3_600 + 15 * 60)
    }
  }

  /// Wild shares fall more often than they rise though nothing can be expected of them: what a model makes of
  /// that is no better than the forecast −volatility, which stands beside it.
  @Test func aPanelWithoutAnythingToFind() throws {
    let place = Workplace()
    try place.run("data make --kind panel-null \(Self.days) \(Self.flags)")
    let told = try place.run("train walk \(Self.daily) \(Self.flags) --json").object()
    let own = told["daily-rank-ic"] as? Double ?? 0
    let calm = try #require(
      (told["baselines"] as? [String: Any])?["−volatility"] as? [String: Any])
    // Eight shares over four years tell a correlation of 0.02 from none no better than a coin does.
    #expect(abs(try figure(calm, "daily-rank-ic")) < 0.15)
    #expect(own < 0.06, "\(own)")
  }

  /// The search and the audit that are shipped for shares look at all of them.
  @Test func aPanelIsSearchedAndAudited() throws {
    let place = Workplace()
    let (flags, daily) = (Self.flags, Self.daily)
    try place.run("data make --kind panel-planted --r2 0.02 \(Self.days) \(flags)")
    let over = "--over label.horizon=1,5 --method grid --trials 2 --folds 3"
    let search = "train search \(daily) \(flags) \(over)"
    let told = try place.run("\(search) --json").object()
    let best = try #require((told["best"] as? [[String: Any]])?.first)
    let figures = try #require(best["figures"] as? [String: Any])
    #expect(told["failed"] as? Int == 0)
    #expect(best["value"] as? Double == figures["daily-rank-ic"] as? Double, "\(figures)")
    #expect(
      try place.run("\(search) --jobs 2 --folder other --json").object()["hash"] as? String
        == told["hash"] as? String)
    let net = try place.run("\(search) --goal net --set strategy.lots=1000 --json").object()
    #expect(net["failed"] as? Int == 0)
    // What the search finds with the settings of a walk is what the walk finds.
    let walk = "train walk \(daily) \(flags) --folds 3 --json --set label.horizon"
    let walked = try [1, 5].map {
      try place.run("\(walk)=\($0)").object()["daily-rank-ic"] as? Double
    }
    #expect(walked.contains(best["value"] as? Double), "\(walked)")
    try place.run("train fit \(daily) \(flags) --folds 3")
    let answer = place.answer("evaluate audit 1 --permutations 1 --json")
    let list = try #require(try answer.object()["findings"] as? [[String: Any]])
    #expect(list.count == 13)
    #expect(list.first { $0["check"] as? String == "compared" }?["alarm"] as? Bool == false)
    let alarms = list.filter { $0["alarm"] as? Bool == true }.compactMap { $0["check"] as? String }
    #expect(Set(alarms).isSubset(of: ["bands"]), "\(list)")
  }

  @Test func whatComparesNeedsSomebodyToCompareWith() throws {
    let place = Workplace()
    try place.run("data make --interval 1d --symbol 600000.SSE")
    let one = "train walk --set data.interval=1d --symbol 600000.SSE"
    for (line, says) in [
      ("\(one) --recipe panel", "recipe panel compares instruments"),
      ("\(one) --label rank", "label.kind rank compares instruments"),
    ] {
      let answer = place.answer(line)
      #expect(answer.exitCode == 2 && answer.talk.contains(says), "\(answer.talk)")
    }
  }
}
