import Archive
import Bars
import Bytes
import Console
import Features
import Market
import Models
import Research
import Training
import Workbench

/// How much of a known signal a ridge finds out of sample, by the days it may learn from.
///
/// A notebook without the notebook: change it and run `swift run -c release learning-curve`.
@main
enum LearningCurve {
  static func main() throws {
    let book = try MarketBook.read(Home.find())
    let hours = try book.hours(Symbol(code: "rb8888", exchange: .shfe))
    guard let signal = PlantedSignal(rSquared: 0.05, horizonBars: 5) else { return }
    var table = Table(
      .number("days"), .number("rows"), .number("R² zero"), .number("rank IC"), .number("t"))
    for days in [30, 60, 120, 240] {
      let market = SyntheticMarket(schedule: hours.schedule, signal: signal, seed: 1)
      let first = TradingDay(year: 2019, month: 1, day: 2)
      let bars = market.bars(of: InstrumentIndex(0), days: first...first.advanced(by: days * 7 / 5))
      let found = try experiment(bars, grid: SyntheticTerms().grid)
      table.add(
        "\(days)", "\(found.count)", text(found.r2Zero.map { $0 * 100 }, "%"), text(found.rankIC),
        text(found.rankICT))
    }
    print("Planted: 5 % of the variance of open(t+1) → open(t+6), bar by bar of one minute.\n")
    print(table.text())
  }

  private static func experiment(_ bars: [Bar], grid: Grid) throws -> Scores {
    let label = LabelDefinition(horizonBars: 5)
    let symbol = Symbol(code: "rb8888", exchange: .shfe)
    let experiment = Experiment(
      symbols: [symbol], interval: .minute, recipe: try Recipe.stationary(), label: label,
      folds: Folding(count: 4, firstShare: 0.4, isRolling: false, embargoBars: 5),
      parameters: .ridge(try .init(overlapBars: label.horizonBars)))
    return try experiment.run(experiment.sample([Member(symbol, bars: bars, grid: grid)])).scores
  }

  private static func text(_ value: Double?, _ unit: String = "") -> String {
    value.map { DoubleText.fixed($0, decimals: 2) + (unit.isEmpty ? "" : " \(unit)") } ?? "–"
  }
}
