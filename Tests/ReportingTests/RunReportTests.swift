import Foundation
import Market
import Reporting
import Testing
import Trading

@Suite struct RunReportTests {
  static func report(_ run: SyntheticRun) -> RunReport {
    RunReport(
      "Trial", ledger: Ledger(cash: SyntheticRun.cash, records: run.records),
      instruments: run.instruments, convention: Convention(draws: 100),
      lineage: [Pair("Data", "9f86d081")], notes: ["Synthetic data."])
  }

  @Test func isOneSmallFileAndTheSameEveryTime() {
    let run = SyntheticRun(seed: 3, instruments: 2, days: 60)
    let html = Self.report(run).page.html()
    #expect(html.utf8.count < 500_000)
    #expect(html == Self.report(SyntheticRun(seed: 3, instruments: 2, days: 60)).page.html())
    for heading in ["Equity", "Figures", "Trades", "Month by month", "Where this comes from"] {
      #expect(html.contains("<h2>\(heading)</h2>"), "\(heading)")
    }
    #expect(html.contains("trades between the first 25 and the last 25 are left out"))
  }

  @Test func aNumberThatIsNoneIsNeverShown() {
    for (days, seed) in [(0, 1), (1, 2), (2, 3), (30, 4)] {
      let report = Self.report(SyntheticRun(seed: UInt64(seed), instruments: 1, days: days))
      for text in [report.page.html(), report.json.json()] {
        let words = text.lowercased().matches(of: /\b(?:nan|inf|infinity|nil|optional)\b/)
        #expect(words.isEmpty, "\(days) days")
      }
    }
  }

  @Test func theJsonHoldsTheLedgersFigures() throws {
    let run = SyntheticRun(seed: 9)
    let report = Self.report(run)
    let data = Data(report.json.json().utf8)
    let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let figures = try #require(root["figures"] as? [String: Any])
    let trades = try #require(root["trades"] as? [String: Any])
    let equity = run.desk.portfolio.account.equity.description
    #expect(figures["finalEquity"] as? String == equity)
    #expect(trades["count"] as? Int == report.ledger.trips.count)
    let total = try #require(figures["totalReturn"] as? Double)
    #expect(abs(total - (report.performance.totalReturn ?? .nan)) < 1e-15)
  }

  @Test func remarksFollowFromTheFigures() throws {
    let null = Self.report(SyntheticRun(seed: 21, instruments: 1, days: 40)).json.json()
    #expect(null.contains("less than a year"))
    let tight = SyntheticRun(seed: 5, instruments: 1, days: 2, limits: .tight)
    let few = Self.report(tight)
    #expect(few.ledger.trips.count < RunReport.listedTrades)
    #expect(few.json.json().contains("too few for win rate"))
    let idle = Self.report(SyntheticRun(seed: 1, days: 0)).json.json()
    #expect(idle.contains("there is nothing to judge"))
  }

  @Test func theMarketIsAlwaysBesideTheRun() {
    let report = Self.report(SyntheticRun(seed: 2, instruments: 1, days: 5))
    #expect(report.baselines.first?.name == "Equal-weighted market")
    let bars = report.ledger.tally.bars
    #expect(bars == 5 * 48)
    // One instrument held from its first price to its last, day by day, compounds to the whole move.
    let held = ReturnFigures(report.baselines[0].returns).total
    let history = SyntheticRun.firstAndLast(seed: 2, days: 5)
    #expect(abs(held - (history.last / history.first - 1)) < 1e-12)
  }
}
