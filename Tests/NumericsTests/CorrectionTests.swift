import Numerics
import Testing

@Suite struct CorrectionTests {
  @Test(arguments: Correction.allCases) func correctedValuesEqualTheReference(_ way: Correction)
    throws
  {
    let golden = try HonestyGolden.load()
    let expected = try #require(golden.corrected[way.rawValue])
    let found = way.applied(to: golden.pValues)
    for (mine, theirs) in zip(found, expected) { #expect(agree(mine, theirs, 1e-12)) }
    // The order in which tests were made does not matter.
    #expect(way.applied(to: golden.pValues.reversed()) == Array(found.reversed()))
    #expect(way.applied(to: []) == [])
  }
}
