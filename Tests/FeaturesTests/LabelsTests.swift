import Features
import Market
import Testing

@Suite struct LabelsTests {
  private let bars: [Bar] = (0..<6).map { row in
    let open = Int64(100 + 10 * row)
    return Series.bar(row, open: open, high: open + 9, low: open - 9, close: open + 3, volume: 1)
  }

  @Test func theDefaultGoesFromTheNextOpen() {
    let labels = Labels(LabelDefinition(horizonBars: 2), bars: bars)
    // open(t+1) → open(t+3)
    #expect(labels.values[0] == 130.0 / 110 - 1)
    #expect(labels.values[2] == 150.0 / 130 - 1)
    #expect(labels.values[3...].allSatisfy { $0.isNaN })
    #expect(labels.spans[1] == LabelSpan(entryRow: 2, exitRow: 4))
    #expect(labels.knownAt[1] == bars[4].closedAt)
    #expect((0..<6).map(labels.isLabelled) == [true, true, true, false, false, false])
  }

  @Test func closeToCloseExistsByName() {
    let labels = Labels(LabelDefinition(.closeToClose, horizonBars: 2), bars: bars)
    #expect(labels.values[0] == 123.0 / 103 - 1)
    #expect(labels.spans[3] == LabelSpan(entryRow: 3, exitRow: 5))
    #expect(labels.knownAt[3] == bars[5].closedAt)
    #expect(labels.values[4].isNaN)
    #expect(LabelDefinition.Prices(rawValue: "close-to-close") == .closeToClose)
  }

  @Test func horizonsCountTradableBars() {
    let tradable = [true, false, true, true, false, true]
    let open = Labels(LabelDefinition(horizonBars: 1), bars: bars, isTradable: tradable)
    #expect(open.spans[0] == LabelSpan(entryRow: 2, exitRow: 3))
    #expect(open.spans[1] == LabelSpan(entryRow: 2, exitRow: 3))
    #expect(open.spans[2] == LabelSpan(entryRow: 3, exitRow: 5))
    #expect(open.spans[3] == nil)
    let close = Labels(
      LabelDefinition(.closeToClose, horizonBars: 1), bars: bars, isTradable: tradable)
    #expect(close.spans[0] == LabelSpan(entryRow: 0, exitRow: 2))
    #expect(close.spans[1] == nil)
  }

  @Test func noLabelReachesOverABreak() {
    let broken = bars[3].closedAt
    let open = Labels(LabelDefinition(horizonBars: 2), bars: bars, breaks: [broken])
    // Entered at bars 1 and 2, left behind the break; entered at bar 3, all is in one contract.
    #expect((0..<6).map(open.isLabelled) == [false, false, true, false, false, false])
    #expect(open.values[2] == 150.0 / 130 - 1)
    let close = Labels(
      LabelDefinition(.closeToClose, horizonBars: 1), bars: bars, breaks: [broken])
    #expect((0..<6).map(close.isLabelled) == [true, true, false, true, true, false])
    let twice = Labels(
      LabelDefinition(horizonBars: 1), bars: bars, breaks: [bars[2].closedAt, bars[4].closedAt])
    #expect((0..<6).map(twice.isLabelled) == [false, true, false, true, false, false])
  }

  @Test func aBarrierMetBeforeABreakIsNoLabelEither() {
    let definition = LabelDefinition(
      horizonBars: 3, form: .barrier(widths: 0.01, LabelDefinition.Volatility(bars: 2)))
    let deviations = [Float](repeating: 0.1, count: bars.count)
    let whole = Labels(definition, bars: bars, deviations: deviations)
    #expect(whole.spans[0].map { $0.exitRow } == 1)
    let cut = Labels(
      definition, bars: bars, deviations: deviations, breaks: [bars[3].closedAt])
    #expect((0..<3).map(whole.isLabelled) == [true, true, false])
    #expect((0..<3).map(cut.isLabelled) == [false, false, false])
  }

  @Test func spansBeginAfterTheRowAndNeverAnswerEarly() {
    let market = Series.market(400, seed: 41)
    for horizon in [1, 5, 60] {
      let labels = Labels(LabelDefinition(horizonBars: horizon), bars: market)
      for row in market.indices {
        guard let span = labels.spans[row], let known = labels.knownAt[row] else {
          #expect(row >= market.count - horizon - 1)
          continue
        }
        #expect(span.entryRow == row + 1 && Int(span.exitRow) == row + 1 + horizon)
        #expect(known == market[Int(span.exitRow)].closedAt)
      }
    }
  }

  @Test func aPriceOfNothingGivesNoReturn() {
    let free = [0, 0, 50].enumerated().map { row, price in
      Series.bar(row, open: price, high: price, low: price, close: price, volume: 1)
    }
    #expect(Labels(LabelDefinition(.closeToClose, horizonBars: 1), bars: free).values[1].isNaN)
  }

  @Test func shortSeriesHaveNoLabels() {
    #expect(Labels(LabelDefinition(horizonBars: 9), bars: bars).spans.allSatisfy { $0 == nil })
    #expect(Labels(LabelDefinition(horizonBars: 1), bars: []).count == 0)
  }
}
