import Archive
import Bars
import Bytes
public import Console
public import Market
import Models
import Reporting
import Research
public import Training
public import Workbench

/// What is to be found in a made-up market.
public enum MarketKind: Hashable, Sendable {
  /// Nothing: who gains on it has been lucky or has cheated.
  case null
  /// A known share of the variance of the label.
  case planted(rSquared: Double)

  public var name: String {
    switch self {
    case .null: "null"
    case .planted: "planted"
    }
  }
}

/// One made-up market taken all the way: walked forward, and its out-of-sample forecasts traded through the real desk
/// and exchange with all costs.
public struct SkillTrial: Sendable {
  public let seed: UInt64
  public let scores: Scores
  /// What was left after all costs, over the days traded.
  public let net: Money
  public let fees: Money
  /// What fills lost against the close the order was decided on.
  public let slippage: Money
  public let tradingDays: Int
  public let trips: Int

  public var netPerDay: Double { net.value / Double(tradingDays) }

  /// Before fees and slippage.
  public var grossPerDay: Double { (net + fees + slippage).value / Double(tradingDays) }

  public init(
    _ kind: MarketKind, seed: UInt64, days: ClosedRange<TradingDay>, work: WorkSettings
  ) throws(Failure) {
    let series = try Self.series(kind, seed: seed, days: days, work: work)
    let findings = try Self.findings(series, work)
    let forecasts = EvidenceForecasts(
      findings.walk.evidence, model: ModelID(seed), deviation: findings.trained.residualDeviation)
    let simulation = try work.simulation(
      [series], forecasts: .evidence(forecasts),
      from: findings.walk.evidence.firstDay(of: series.bars))
    do throws(RuleGap) {
      let ledger = Ledger(cash: work.cash, records: try simulation.backtest().records)
      net = ledger.equity - ledger.cash
      fees = ledger.fees
      slippage = ledger.slippage
      tradingDays = ledger.days.count
      trips = ledger.trips.count
    } catch { throw Failure(error) }
    self.seed = seed
    scores = findings.scores
  }

  /// A market as `data make` makes it, on the hours of the settings' first symbol.
  public static func series(
    _ kind: MarketKind, seed: UInt64, days: ClosedRange<TradingDay>, work: WorkSettings
  ) throws(Failure) -> LoadedSeries {
    let symbol = work.symbols[0]
    let schedule = try MarketBook.read(work.home).hours(symbol).schedule
    var signal = PlantedSignal.none
    if case .planted(let share) = kind {
      let horizon = work.settings.integer("label.horizon")
      guard let planted = PlantedSignal(rSquared: share, horizonBars: horizon) else {
        throw Failure(.usage, "R² \(share) over \(horizon) bars is more than can be planted")
      }
      signal = planted
    }
    let market = SyntheticMarket(schedule: schedule, signal: signal, seed: seed)
    return LoadedSeries(
      symbol: symbol, grid: SyntheticTerms().grid,
      fingerprint: Sha256.digest("\(kind.name) \(seed)"),
      source: "made by a trial, \(kind.name), seed \(seed)",
      bars: market.bars(of: InstrumentIndex(0), days: days))
  }

  static func findings(
    _ series: LoadedSeries, _ work: WorkSettings
  ) throws(Failure) -> Findings {
    do {
      let experiment = try work.experiment(series.symbol)
      return try experiment.run(experiment.sample(series.bars, grid: series.grid))
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.data, "\(series.symbol): \(error)")
    }
  }
}
