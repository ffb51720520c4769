import Testing

@testable import Training

@Suite struct LeakAlarmTests {
  @Test func honestFiguresRaiseNothing() {
    let honest = Scores(evidence(5_000, strength: 0.5, seed: 1))
    #expect(LeakAlarm.raised(by: honest) == [], "\(honest)")
    #expect(LeakAlarm.raised(by: Scores(evidence(5_000, strength: 0.5, seed: 1).zero)) == [])
  }

  @Test func whatIsTooGoodIsNamedWithItsBand() {
    let leaky = Scores(evidence(5_000, strength: 3, seed: 2))
    let names = LeakAlarm.raised(by: leaky).map(\.name)
    #expect(names.contains("r2-zero") && names.contains("rank-ic") && names.contains("hit-rate"))
    for alarm in LeakAlarm.raised(by: leaky) {
      #expect(alarm.measure.found > alarm.measure.limit, "\(alarm)")
    }
    var bold = evidence(5_000, strength: 1, seed: 3)
    bold.outcomes = bold.forecasts.map { $0 * 1.5 }
    #expect(LeakAlarm.raised(by: Scores(bold)).contains { $0.name == "deviation-ratio" })
  }

  @Test func aPanelIsJudgedByItsOrder() {
    let honest = Scores(evidence(2_000, strength: 3, seed: 2))
    #expect(LeakAlarm.raised(by: honest, panelRankIC: 0.1) == [])
    #expect(LeakAlarm.raised(by: honest, panelRankIC: 0.13) == [.ordered(rankIC: 0.13)])
  }
}
