import Console
import Testing

@testable import Workbench

@Suite struct OutsideTableTests {
  private func read(_ text: String, _ bars: Int) throws -> OutsideTable {
    try OutsideTable(text, bars: bars, place: "mine.csv")
  }

  private func refuse(_ text: String, _ bars: Int, _ words: String) {
    let failure = #expect(throws: Failure.self) { try read(text, bars) }
    #expect(failure?.problems == [words] && failure?.exitCode == .data, "\(failure as Any)")
  }

  @Test func copiesOfTheBarsAreLeftOut() throws {
    let table = try read(
      ",datetime,close,\"mine\",yours\n0,2020-01-02,5,0.5,True\r\n1,2020-01-03,6,,nan\n", 2)
    #expect(table.names == ["mine", "yours"])
    #expect(table.columns[0][0] == 0.5 && table.columns[1][0] == 1)
    #expect(table.columns[0][1].isNaN && table.columns[1][1].isNaN)
  }

  @Test func aBlankLineIsAnAbsentValueOfAnOnlyColumn() throws {
    let table = try read("mine\n\n2\n\n", 3)
    #expect(table.columns[0].map(\.isNaN) == [true, false, true])
    #expect(try read("mine\n\n2\n3", 3).columns[0][2] == 3)
  }

  @Test func whatIsNoTableIsRefused() {
    refuse("", 2, "mine.csv: nothing was written")
    refuse("close,open\n1,2\n", 1, "mine.csv:1: no column besides the bars' own")
    refuse("a\n1\n", 2, "mine.csv: 1 lines below the header for 2 bars")
    refuse("a,a\n1,2\n", 1, "mine.csv:1: two columns have the same name")
    refuse("a,b\n1,2\n3\n", 2, "mine.csv:3: 1 cells, expected 2")
    refuse("a,b\n1,2\n3,x\n", 2, "mine.csv:3: b: found \"x\", expected a number or nothing")
  }
}
