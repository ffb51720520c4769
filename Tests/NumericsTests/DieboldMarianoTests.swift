import Numerics
import Testing

@Suite struct DieboldMarianoTests {
  @Test func comparisonsOfForecastsEqualTheReference() throws {
    let golden = try HonestyGolden.load()
    let (y, p) = (golden.outcomes, golden.forecasts)
    let errors = zip(y, p).map { $0 - $1 }
    for row in golden.dieboldMariano {
      let found = try #require(DieboldMariano(y, errors, horizon: Int(row[0])))
      #expect(agree(found.plain, row[1], 1e-11) && agree(found.corrected, row[2], 1e-11))
      #expect(agree(found.p, row[3], 1e-9), "\(found.p)")
    }
    let zero = [Double](repeating: 0, count: y.count)
    #expect(
      agree(Statistics.clarkWestT(y, small: zero, large: p, lags: 8), golden.clarkWest, 1e-11))
    #expect(agree(Statistics.pesaranTimmermann(y, p), golden.pesaranTimmermann, 1e-11))
  }

  @Test func equalForecastsHaveNoAnswer() {
    let errors = [0.1, -0.2, 0.3, 0.1]
    #expect(DieboldMariano(errors, errors, horizon: 1) == nil)
    #expect(DieboldMariano(errors, [0, 0, 0, 0], horizon: 4) == nil)
    #expect(Statistics.pesaranTimmermann([1, 2, 3], [1, -1, 1]).isNaN)
  }
}
