import Testing

@testable import Training

@Suite struct BreakdownTests {
  @Test func partsHoldEveryRowOnce() {
    let all = evidence(1_000, strength: 1, seed: 11)
    for kind in Breakdown.allCases {
      let parts = kind.parts(of: all, names: ["rb"]) { _ in 8 * 3_600 }
      #expect(parts.map(\.evidence.count).reduce(0, +) == 1_000, "\(kind)")
    }
    // 2020-09-13 12:26 UTC is 20:26 in Shanghai.
    let hours = Breakdown.hour.parts(of: all, names: []) { _ in 8 * 3_600 }
    #expect(hours.count == 24 && hours[0].name == "00:00" && hours[23].name == "23:00")
    #expect(hours[20].evidence.instants[0] == all.instants[0])
    let months = Breakdown.month.parts(of: all, names: []) { _ in 0 }
    #expect(months.map(\.name) == ["2020-09", "2020-10"])
    #expect(
      Breakdown.fold.parts(of: all, names: []) { _ in 0 }.map(\.name) == ["1", "2", "3", "4"])
    #expect(Breakdown.instrument.parts(of: all, names: ["rb"]) { _ in 0 }.map(\.name) == ["rb"])
  }
}
