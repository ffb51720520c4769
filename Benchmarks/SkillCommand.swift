import Console
import Market
import Trials
import Workbench

extension Command {
  static let skill = Command(
    "skill", "Trade made-up markets, with and without something to find",
    about: """
      Each seed is a market of its own: walked forward, and the out-of-sample forecasts traded by the \
      shipped settings through the real desk and exchange, with all costs. On the planted markets the \
      mean profit must lie above nothing, on the null ones it must not. Intervals hold 95 %, over seeds.
      """,
    flags: [
      Flag("seeds", value: "N", "Markets of each kind.", shownDefault: "100"),
      Flag(
        "kind", value: "KIND", "What is in them.", accepts: .oneOf(["planted", "null", "both"]),
        shownDefault: "both"),
      Flag("r2", value: "SHARE", "What is planted.", shownDefault: "0.05"),
      Flag("from", value: "DATE", "First trading day.", shownDefault: "2020-01-02"),
      Flag("until", value: "DATE", "Last trading day.", shownDefault: "2020-04-30"),
      Flag("workers", value: "N", "Threads; they change no result.", shownDefault: "1"),
    ],
    examples: [
      Example("skill --seeds 10 --workers 2", "A quick look"),
      Example("skill --kind planted --set strategy.enter=8bp", "Another threshold"),
    ]
  ) { invocation in
    let seeds = try invocation.integer("seeds", in: 2...100_000) ?? 100
    let workers = try invocation.integer("workers", in: 1...256) ?? 1
    let share = try invocation.number("r2", in: 0.0001...0.5) ?? 0.05
    let from = try invocation.day("from") ?? TradingDay(year: 2020, month: 1, day: 2)
    let until = try invocation.day("until") ?? TradingDay(year: 2020, month: 4, day: 30)
    guard from <= until else { throw invocation.usageFailure("--from is after --until") }
    let work = try WorkSettings.shipped(Home.find(), changing: invocation.overrides)
    let chosen = invocation.text("kind") ?? "both"
    for kind in [MarketKind.planted(rSquared: share), .null]
    where chosen == "both" || chosen == kind.name {
      let (study, timing) = try Timing.of {
        try SkillStudy(kind, seeds: seeds, days: from...until, work: work, workers: workers)
      }
      invocation.terminal.print(result("skill", timing, members(study)))
    }
    return .ok
  }

  private static func members(_ study: SkillStudy) -> [(String, JSON)] {
    let seeds = Double(study.trials.count)
    return [
      ("kind", .text(study.kind.name)), ("seeds", .integer(study.trials.count)),
      ("days_traded", .integer(study.trials[0].tradingDays)),
      ("trades_per_day", .number(study.tripsPerDay.mean)),
      ("net_per_day", json(study.netPerDay)), ("gross_per_day", json(study.grossPerDay)),
      ("gain_share", .number(Double(study.gains) / seeds)),
      ("r2_oos", json(study.rSquared)),
      ("clark_west_rejections", .integer(study.clarkWestRejections)),
      ("clark_west_chance", .number(study.clarkWestChance)),
    ]
  }

  private static func json(_ estimate: SkillStudy.Estimate) -> JSON {
    [
      "mean": .number(estimate.mean), "low": .number(estimate.interval.lowerBound),
      "high": .number(estimate.interval.upperBound),
    ]
  }
}
