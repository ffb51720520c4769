import Market
import Testing

@testable import Training

@Suite struct SignStrategyTests {
  @Test func aTrancheIsHeldOverItsHorizonAndPaysForChanges() {
    var two = Evidence(horizonBars: 2)
    two.forecasts = [0.1, 0.2, -0.1, 0.05, 0]
    two.outcomes = [0.02, -0.04, 0.06, 0.02, 0.5]
    two.instruments = [0, 0, 0, 0, 0]
    let days = [1, 1, 2, 2, 3].map { TradingDay(days: $0) }
    let free = SignStrategy(cost: 0).daily(two, days: days)
    #expect(free.days == [1, 2, 3].map { TradingDay(days: $0) })
    for (found, expected) in zip(free.returns, [-0.01, -0.02, 0]) {
      #expect(abs(found - expected) < 1e-15)
    }
    // Signs 1, 1, −1, 1, 0 against those two rows before: changes 1, 1, 2, 0, 1.
    let paid = SignStrategy(cost: 0.001).daily(two, days: days)
    for (found, expected) in zip(paid.returns, [-0.011, -0.021, -0.0005]) {
      #expect(abs(found - expected) < 1e-15)
    }
    let shy = SignStrategy(cost: 0, threshold: 0.15).daily(two, days: days)
    #expect(shy.returns == [-0.02, 0, 0])
  }
}
