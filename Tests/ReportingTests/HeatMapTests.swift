import Testing

@testable import Reporting

@Suite struct HeatMapTests {
  @Test func theTriangleHasACellForEachPairThatMovesTogether() {
    let map = HeatMap(
      "Pairs", names: ["a<b", "c", "d"],
      values: [[1, -0.62, 0.01], [-0.62, 1, .nan], [0.01, .nan, 1]])
    let drawn = map.svg(.wide)
    // Three on the diagonal and one below it; the weak and the absent pair stay empty.
    #expect(drawn.components(of: "<rect ") == 4)
    #expect(drawn.components(of: "class=\"loss h6\"") == 1)
    #expect(drawn.components(of: "class=\"gain h10\"") == 3)
    #expect(drawn.contains("1 a&lt;b") && !drawn.contains("a<b"))
    #expect(drawn.contains("strongest a&lt;b with c, −0.62"))
  }

  @Test func manyNamesAreThinned() {
    let names = (0..<150).map { "feature\($0)" }
    let map = HeatMap("Many", names: names, values: names.map { _ in names.map { _ in 0 } })
    let drawn = map.svg(.narrow)
    #expect(drawn.components(of: "<text ") < 40 && drawn.contains("1 feature0"))
    #expect(drawn.contains("No pair that moves together"))
  }
}

extension String {
  fileprivate func components(of part: String) -> Int {
    var (count, rest) = (0, Substring(self))
    while let found = rest.firstRange(of: part) {
      count += 1
      rest = rest[found.upperBound...]
    }
    return count
  }
}
