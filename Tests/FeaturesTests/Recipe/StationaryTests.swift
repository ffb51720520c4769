import Features
import Glibc
import Market
import Testing

@Suite struct StationaryTests {
  /// The `name: expression` lines of the shipped file's `features:`.
  private func shipped() throws -> [String] {
    let path = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let file = try #require(fopen("/\(path)/config/recipes/stationary.yaml", "r"))
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = fread(&bytes, 1, bytes.count, file)
    let lines = String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n")
    let head = try #require(lines.firstIndex(of: "features:"))
    return lines[(head + 1)...].map { String($0.drop { $0 == " " }) }
  }

  @Test func theFileAndTheCodeSayTheSame() throws {
    let written = Recipe.stationaryFeatures.map { "\($0.name): \($0.expression)" }
    #expect(try shipped() == written)
    #expect(try Recipe.stationary().count == 12)
  }

  @Test func noFeatureKnowsThePriceLevel() throws {
    let bars = Series.market(1_500, seed: 21)
    let scaled = bars.map { bar in
      Bar(
        instrument: bar.instrument, tradingDay: bar.tradingDay, closedAt: bar.closedAt,
        open: Price(units: bar.open.units * 3), high: Price(units: bar.high.units * 3),
        low: Price(units: bar.low.units * 3), close: Price(units: bar.close.units * 3),
        volume: bar.volume)
    }
    let recipe = try Recipe.stationary()
    let plain = FeatureMatrix(recipe, bars: bars, grid: Series.grid)
    let triple = FeatureMatrix(recipe, bars: scaled, grid: Series.grid)
    #expect(plain.isWhole == triple.isWhole)
    for row in plain.wholeRows {
      for column in 0..<plain.columns {
        let (one, three) = (plain[row, column], triple[row, column])
        guard abs(one - three) > 1e-5 * max(1, abs(one)) else { continue }
        Issue.record("\(plain.names[column]) row \(row): \(one) and \(three)")
      }
    }
  }

  @Test func everyRowAfterWarmUpIsWhole() throws {
    let recipe = try Recipe.stationary()
    let matrix = FeatureMatrix(
      recipe, bars: Series.market(2_000, seed: 22), grid: Series.grid)
    #expect(matrix.wholeRows == Array(recipe.warmUp.silentBars..<2_000))
  }
}
