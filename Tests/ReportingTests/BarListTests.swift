import Testing

@testable import Reporting

@Suite struct BarListTests {
  @Test func aBarStandsBesideEachName() {
    let list = BarList(
      "Worth", names: ["a<b", "second", "gone"], values: [0.5, -0.25, .nan], measure: .percent)
    let drawn = list.svg(.wide)
    #expect(drawn.ranges(of: "<rect ").count == 2)
    #expect(drawn.ranges(of: "class=\"loss\"").count == 1)
    #expect(drawn.contains("a&lt;b") && !drawn.contains("a<b"))
    #expect(drawn.contains("50.00") && drawn.contains("−25.00"))
  }

  @Test func nothingToShowIsDrawnAllTheSame() {
    #expect(BarList("None", names: [], values: []).svg(.narrow).contains("</svg>"))
    #expect(BarList("Nil", names: ["a"], values: [0]).svg(.narrow).contains("</svg>"))
    let long = BarList("Long", names: [String(repeating: "x", count: 90)], values: [1])
    #expect(long.svg(.narrow).contains("x…"))
  }
}
