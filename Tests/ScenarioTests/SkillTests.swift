import Console
import Market
import Testing
import Trials
import Workbench

/// The whole thread gains where there is something to find, and nowhere else; `bench skill` says it with more seeds.
@Suite struct SkillTests {
  private static let seeds = 8
  private static let days =
    TradingDay(year: 2020, month: 1, day: 2)...TradingDay(year: 2020, month: 3, day: 31)

  private func study(_ kind: MarketKind, _ changes: String...) throws -> SkillStudy {
    let overrides = changes.map { change in
      let parts = change.split(separator: "=").map(String.init)
      return Override(key: parts[0], text: parts[1], origin: .shipped)
    }
    let work = try WorkSettings.shipped(Home(folder: Workplace.home), changing: overrides)
    return try SkillStudy(kind, seeds: Self.seeds, days: Self.days, work: work, workers: 2)
  }

  @Test func aPlantedMarketGainsAfterCosts() throws {
    let study = try study(.planted(rSquared: 0.05))
    #expect(study.netPerDay.interval.lowerBound > 0, "\(study.netPerDay)")
    // What can be explained is what was planted; what was learned lies below it.
    #expect(study.rSquared.interval.lowerBound > 0.02, "\(study.rSquared)")
    #expect(study.rSquared.interval.lowerBound < 0.05, "\(study.rSquared)")
    #expect(study.clarkWestRejections == Self.seeds)
  }

  @Test func aNullMarketDoesNot() throws {
    let study = try study(.null)
    #expect(study.netPerDay.interval.lowerBound <= 0, "\(study.netPerDay)")
    #expect(study.rSquared.mean < 0.003, "\(study.rSquared)")
    #expect(study.clarkWestChance > 0.01, "\(study.clarkWestRejections) rejections")
  }

  /// A gate so low that it trades on noise pays the costs and finds nothing before them.
  @Test func tradingOnNoiseCostsMoney() throws {
    let study = try study(.null, "strategy.enter=0.2bp")
    #expect(study.tripsPerDay.mean > 0.2, "\(study.tripsPerDay)")
    #expect(study.grossPerDay.interval.lowerBound <= 0, "\(study.grossPerDay)")
    #expect(study.netPerDay.mean < 0, "\(study.netPerDay)")
  }
}
