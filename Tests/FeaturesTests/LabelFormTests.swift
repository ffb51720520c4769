import Features
import Market
import Testing

@Suite struct LabelFormTests {
  private let volatility = LabelDefinition.Volatility(bars: 2)

  private func bar(_ row: Int, _ prices: (Int64, Int64, Int64, Int64)) -> Bar {
    Series.bar(
      row, open: prices.0, high: prices.1, low: prices.2, close: prices.3, volume: 1)
  }

  /// Entry at 1000 in row 1; with a deviation of 0.01 and four bars, one volatility is 0.02.
  private func first(_ later: [(Int64, Int64, Int64, Int64)], widths: Double = 1) -> Labels {
    let rows = [(999, 1_001, 998, 1_000), (1_000, 1_005, 996, 1_001)] + later
    let bars = rows.enumerated().map { bar($0, $1) }
    return Labels(
      LabelDefinition(horizonBars: 4, form: .barrier(widths: widths, volatility)), bars: bars,
      deviations: Array(repeating: 0.01, count: bars.count))
  }

  private let calm: (Int64, Int64, Int64, Int64) = (1_001, 1_004, 997, 1_002)

  @Test func aBarrierEndsTheLabelWhereItIsMet() throws {
    let up = first([calm, (1_003, 1_025, 1_000, 1_010), calm, calm])
    // 0.01 in single precision, times √4.
    let width = Double(Float(0.01)) * 2
    #expect(up.values[0] == width && up.spans[0] == LabelSpan(entryRow: 1, exitRow: 3))
    #expect(up.knownAt[0] == Instant(seconds: 180))
    let down = first([(1_001, 1_004, 970, 1_002), calm, calm, calm])
    #expect(down.values[0] == -width && down.spans[0]?.exitRow == 2)
  }

  @Test func aGapThroughTheBarrierIsPaidInFull() {
    #expect(
      first([calm, (1_050, 1_060, 1_040, 1_045), calm, calm]).values[0] == 1_050.0 / 1_000 - 1)
    #expect(first([calm, (950, 960, 940, 945), calm, calm]).values[0] == 950.0 / 1_000 - 1)
  }

  @Test func aBarThatMeetsBothSidesLeansToNeither() {
    let both = first([calm, (1_000, 1_030, 970, 1_007), calm, calm])
    #expect(both.values[0] == 1_007.0 / 1_000 - 1 && both.spans[0]?.exitRow == 3)
  }

  @Test func withoutATouchTheHorizonDecides() {
    let quiet = first([calm, calm, calm, (1_003, 1_900, 100, 1_000)])
    #expect(quiet.values[0] == 1_003.0 / 1_000 - 1 && quiet.spans[0]?.exitRow == 5)
  }

  @Test func scaledLabelsAreReturnsInVolatilities() throws {
    let bars = Series.market(300, seed: 5)
    let definition = LabelDefinition(horizonBars: 4, form: .scaled(volatility))
    let deviations = FeatureMatrix(volatility.recipe, bars: bars, grid: Series.grid)
    let column = bars.indices.map { deviations[$0, 0] }
    let plain = Labels(LabelDefinition(horizonBars: 4), bars: bars)
    let scaled = Labels(definition, bars: bars, deviations: column)
    var seen = 0
    for row in bars.indices {
      guard scaled.isLabelled(row) else {
        #expect(!plain.isLabelled(row) || !(column[row] > 0), "row \(row)")
        continue
      }
      seen += 1
      // The two one-bar changes before the row, by hand.
      let changes = [row - 1, row].map { at in
        Double(bars[at].close.units) / Double(bars[at - 1].close.units) - 1
      }
      let deviation = abs(changes[0] - changes[1]) / 2.0.squareRoot()
      #expect(scaled.returns[row] == plain.values[row])
      #expect(scaled.values[row] * scaled.units[row] - plain.values[row] < 1e-15)
      let population = deviation / 2.0.squareRoot()
      let ratio = scaled.units[row] / 2
      #expect(
        abs(ratio - deviation) < 1e-6 * deviation || abs(ratio - population) < 1e-6 * population,
        "row \(row): \(ratio) against \(deviation)")
    }
    #expect(seen > 100)
  }

  @Test func laterBarsChangeNoKnownLabel() {
    var bars = Series.market(200, seed: 9)
    let definition = LabelDefinition(horizonBars: 8, form: .barrier(widths: 1, volatility))
    let deviations = [Float](repeating: 0.002, count: 200)
    let before = Labels(definition, bars: bars, deviations: deviations)
    for row in 150..<200 { bars[row] = bar(row, (5, 9, 1, 4)) }
    let after = Labels(definition, bars: bars, deviations: deviations)
    var known = 0
    for row in bars.indices {
      guard let at = before.knownAt[row], at < Instant(seconds: 60 * 150) else { continue }
      known += 1
      #expect(before.values[row] == after.values[row] && before.spans[row] == after.spans[row])
    }
    #expect(known > 130)
  }

  @Test func rowsBeforeABarThatCannotBeHadAreMissed() {
    let bars = (0..<6).map { bar($0, calm) }
    let labels = Labels(
      LabelDefinition(horizonBars: 1), bars: bars,
      isTradable: [true, false, true, true, true, true])
    #expect(labels.isMissed == [true, false, false, false, false, false])
    #expect(labels.isLabelled(0))
  }
}
