import Market
import Testing

@testable import Training

@Suite struct ThresholdSurfaceTests {
  private func evidence() -> Evidence {
    var two = Evidence(horizonBars: 2)
    two.forecasts = [0.1, 0.2, -0.1, 0.05, 0]
    two.outcomes = [0.02, -0.04, 0.06, 0.02, 0.5]
    two.instruments = [0, 0, 0, 0, 0]
    two.isMissed = [false, false, false, false, false]
    return two
  }

  private let days = [1, 1, 2, 2, 3].map { TradingDay(days: $0) }

  private func cost(_ mayShort: Bool = true) -> RowCost {
    RowCost(
      open: 0.001, close: 0.002, closeToday: 0.004, sale: 0.01, tick: 0.1, mayShort: mayShort)
  }

  private func yearly(_ returns: [Double]) -> Double {
    returns.reduce(0, +) / Double(returns.count) * 252
  }

  /// Signs 1, 1, −1, 1, 0; two rows before 0, 0, 1, 1, −1. Row 0 and 1 open, row 2 closes a long of the day
  /// before and opens a short, row 3 holds on, row 4 closes a short of the day before.
  @Test func tranchesPayTheFeesOfWhatTheyDo() throws {
    let costs = days.map { _ in cost() }
    let surface = try #require(
      ThresholdSurface(
        evidence(), days: days, costs: costs, passing: [0, 0.75], slippages: [nil, 0, 1]))
    let free = [0.01 - 0.02, -0.03 + 0.01, 0]
    let fees = [-0.002, -(0.002 + 0.01 + 0.001 + 0.01), -0.002]
    let ticks = [-0.2, -0.2, -0.1]
    let all = surface.lines[0]
    #expect(abs(all.cells[0].yearly - yearly(free)) < 1e-12)
    let paid = zip(free, fees).map { $0 + $1 / 2 }
    #expect(abs(all.cells[1].yearly - yearly(paid)) < 1e-12, "\(all.cells[1])")
    #expect(abs(all.cells[2].yearly - yearly(zip(paid, ticks).map { $0 + $1 / 2 })) < 1e-12)
    // Changes 1, 1, 2, 0, 1 in halves, over three days.
    #expect(abs(all.turnover - 2.5 / 3) < 1e-12)
    // The three largest: signs 1, 1, −1, 0, 0, so that row 3 closes what row 1 opened.
    let large = surface.lines[1]
    #expect(large.threshold == 0.1)
    #expect(abs(large.cells[0].yearly - yearly([-0.01, -0.03, 0])) < 1e-12)
  }

  @Test func whatMayNotBeSoldShortIsNotAndSameDayClosesPayTheirOwnRate() throws {
    let long = days.map { _ in cost(false) }
    let surface = try #require(
      ThresholdSurface(evidence(), days: days, costs: long, passing: [0], slippages: [nil]))
    #expect(abs(surface.lines[0].cells[0].yearly - yearly([-0.01, 0.01, 0])) < 1e-12)
    let oneDay = days.map { _ in TradingDay(days: 1) }
    let free = RowCost(open: 0, close: 0, closeToday: 0.004, sale: 0, tick: 0, mayShort: true)
    let today = try #require(
      ThresholdSurface(
        evidence(), days: oneDay, costs: days.map { _ in free }, passing: [0],
        slippages: [nil, 0]))
    let cells = today.lines[0].cells
    #expect(abs(cells[0].yearly - cells[1].yearly - 0.004 * 252) < 1e-12, "two closes, in halves")
  }

  @Test func forecastsOfNothingHaveNoSurface() {
    let none = evidence().zero
    #expect(ThresholdSurface(none, days: days, costs: days.map { _ in cost() }) == nil)
  }
}
