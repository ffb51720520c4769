import Features
import Fixtures
import Market
import Testing
import Trials
import Workbench

/// The recipe that is shipped, on bars as `data make` makes them, sees no bar that comes later.
@Suite struct PrefixTests {
  private func bits(_ matrix: FeatureMatrix, _ rows: Int) -> [[UInt32]] {
    (0..<matrix.columns).map { column in
      (0..<rows).map { matrix[$0, column].bitPattern }
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func theShippedRecipeSeesNothingThatComesLater(seed: UInt64) throws {
    let home = Home(folder: Workplace.home)
    let work = try WorkSettings.shipped(home)
    let days = TradingDay(year: 2020, month: 1, day: 2)...TradingDay(year: 2020, month: 1, day: 17)
    let series = try SkillTrial.series(.planted(rSquared: 0.05), seed: seed, days: days, work: work)
    let recipe = try RecipeFile.read(work.recipeName, in: home)
    let whole = FeatureMatrix(recipe, bars: series.bars, grid: series.grid)
    let last = try #require(whole.wholeRows.last)
    #expect(last == series.bars.count - 1, "seed \(seed): the features are there at the end")
    var dice = Dice(seed: seed)
    for _ in 0..<12 {
      let cut = Int(dice.roll(1...Int64(series.bars.count - 1)))
      let expected = bits(whole, cut)
      let prefix = FeatureMatrix(recipe, bars: Array(series.bars[..<cut]), grid: series.grid)
      #expect(bits(prefix, cut) == expected, "seed \(seed) cut \(cut)")
      // Another future, bar by bar in reverse, leaves the past as it is.
      let other = Array(series.bars[..<cut]) + series.bars[cut...].reversed()
      let twisted = FeatureMatrix(recipe, bars: other, grid: series.grid)
      #expect(bits(twisted, cut) == expected, "seed \(seed) cut \(cut), another future")
    }
  }
}
