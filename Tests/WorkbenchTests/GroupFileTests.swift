import Console
import Features
import Market
import Testing

@testable import Workbench

@Suite struct GroupFileTests {
  private let bank = Symbol(code: "600000", exchange: .sse)
  private let maker = Symbol(code: "000001", exchange: .szse)

  @Test func aGroupCountsFromItsDay() throws {
    let file = try GroupFile(
      path: "groups.csv",
      text: """
        symbol,group,from\r
        600000.SSE,banks,2015-01-05\r
        000001.SZSE,banks,2015-01-05\r
        000001.SZSE,makers,2019-06-03\r

        """)
    let day = { (year: Int, month: Int) in TradingDay(year: year, month: month, day: 3) }
    let (first, second) = (file.grouping(of: bank), file.grouping(of: maker))
    #expect(first.group(on: day(2018, 1)) == second.group(on: day(2018, 1)))
    #expect(second.group(on: day(2019, 5)) == second.group(on: day(2018, 1)))
    #expect(second.group(on: day(2019, 6)) != first.group(on: day(2019, 6)))
    #expect(first.group(on: day(2014, 12)) == -1)
    #expect(file.grouping(of: Symbol(code: "600001", exchange: .sse)) == .none)
  }

  @Test func whatIsNoTableIsNamedWithItsLine() {
    func fault(_ text: String) -> String {
      do throws(Failure) {
        _ = try GroupFile(path: "g.csv", text: text)
        return ""
      } catch { return error.problems.joined() }
    }
    #expect(fault("name,group\n").contains("g.csv:1: found \"name,group\""))
    #expect(fault("symbol,group\n600000.SSE,banks\nquux,banks\n").contains("g.csv:3"))
    #expect(fault("symbol,group,from\n600000.SSE,banks,soon\n").contains("2020-01-02"))
  }
}
