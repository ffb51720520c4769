public import Console
import Engine
public import Market
import Models
public import Research
import Trading
import Training
public import Workbench

extension Simulation {
  /// A ridge fitted on the first days of a made-up market, at work on the days from `traded` on.
  public static func fitted(
    seed: UInt64, days: ClosedRange<TradingDay>, traded: TradingDay, work: WorkSettings
  ) throws(Failure) -> Simulation {
    let series = try SkillTrial.series(
      .planted(rSquared: 0.05), seed: seed, days: days, work: work)
    let past = LoadedSeries(
      symbol: series.symbol, grid: series.grid, fingerprint: series.fingerprint,
      source: series.source,
      bars: series.bars.filter { $0.tradingDay < traded })
    let findings = try SkillTrial.findings(past, work)
    let forecaster = Forecaster(findings.trained, as: ModelID(seed), grids: [series.grid])
    return try work.simulation([series], forecasts: .model(forecaster), from: traded)
  }
}
