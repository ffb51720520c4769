import Market
import Reporting
import Testing
import Trading

/// Every figure again, slowly and by another way: plain loops over the ledger's rows in binary floating point.
@Suite struct PerformanceTests {
  @Test func agreesWithASlowReference() throws {
    for seed in UInt64(1)...8 {
      let run = SyntheticRun(seed: seed, instruments: 1, days: 25, drift: Double(seed) - 4)
      let ledger = Ledger(cash: SyntheticRun.cash, records: run.records)
      let figures = Performance(ledger, Convention(draws: 50))
      let start = SyntheticRun.cash.value
      let end = run.desk.portfolio.account.equity.value
      expect(figures.totalReturn, end / start - 1, "total, seed \(seed)")
      let nets = ledger.trips.map { $0.gross.value - $0.fees.value }
      let won = nets.filter { $0 > 0 }
      let lost = nets.filter { $0 < 0 }
      let averageWin = won.reduce(0, +) / Double(won.count)
      let averageLoss = -lost.reduce(0, +) / Double(lost.count)
      expect(figures.trades.winRate, Double(won.count) / Double(nets.count), "wins, \(seed)")
      expect(figures.trades.profitLossRatio, averageWin / averageLoss, "ratio, \(seed)")
      expect(
        figures.trades.profitFactor, -won.reduce(0, +) / lost.reduce(0, +), "factor, \(seed)")
      expect(figures.drawdown?.depth, Self.depth(ledger), "fall, seed \(seed)")
      expect(figures.calmar, (figures.annualReturn ?? .nan) / Self.depth(ledger), "calmar")
      let best = ledger.days.map(\.profit.value).sorted().suffix(5).reduce(0, +)
      if end > start { expect(figures.bestFiveShare, best / (end - start), "best, \(seed)") }
      expect(figures.costs.paid, ledger.fees.value / ledger.turnover.value, "paid, \(seed)")
    }
  }

  /// The deepest fall by comparing every pair of moments.
  static func depth(_ ledger: Ledger) -> Double {
    let path = [ledger.cash.value] + ledger.curve.equity.map(\.value)
    var deepest = 0.0
    for (index, peak) in path.enumerated() {
      for later in path[index...] { deepest = max(deepest, (peak - later) / peak) }
    }
    return deepest
  }

  @Test func aRunOfNothingHasNoFigures() {
    let figures = Performance(Ledger(cash: Money(whole: 100)))
    #expect(figures.totalReturn == 0)
    #expect(figures.annualReturn == nil && figures.sharpe == nil && figures.drawdown == nil)
    #expect(figures.calmar == nil && figures.volatility == nil && figures.timeInMarket == nil)
    #expect(figures.trades.winRate == nil && figures.trades.profitFactor == nil)
    #expect(figures.costs.breakEven == nil && figures.worstDay == nil)
  }

  private func expect(_ found: Double?, _ slow: Double, _ what: String) {
    #expect(abs((found ?? .nan) - slow) <= 1e-9 * max(1, abs(slow)), "\(what)")
  }
}
