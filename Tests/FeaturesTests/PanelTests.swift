import Features
import Market
import Numerics
import Testing

@Suite struct PanelTests {
  private let features = [("a", "change(3)"), ("b", "zscore(close, 10)"), ("c", "change(1)")]
  private let measures: [SliceMeasure?] = [.rank, .neutral, nil]

  /// Bars of five instruments; the fourth joins late, the second misses bars, the first leaves early.
  private func market() -> [[Bar]] {
    (0..<5).map { index in
      Series.market(240, seed: UInt64(50 + index)).enumerated().compactMap { row, bar in
        if index == 3, row < 60 { return nil }
        if index == 1, row % 9 == 2 { return nil }
        if index == 0, row > 200 { return nil }
        return bar.under(InstrumentIndex(index))
      }
    }
  }

  private func run(_ panel: Panel, _ bars: [Bar]) -> [Instant: Slice] {
    var (panel, found) = (panel, [Instant: Slice]())
    for (place, bar) in bars.enumerated() {
      panel.take(bar)
      if place + 1 == bars.count || bars[place + 1].closedAt != bar.closedAt {
        found[bar.closedAt] = panel.close()
      }
    }
    return found
  }

  @Test func aSliceIsTheColumnsOfItsMembersMeasured() throws {
    let recipe = try Recipe(name: "p", features: features)
    let market = market()
    let bars = market.joined().sorted {
      ($0.closedAt, $0.instrument) < ($1.closedAt, $1.instrument)
    }
    let groups: [Int32] = [0, 0, 1, 1, 1]
    let panel = Panel(
      recipe, measures: measures, grids: Array(repeating: Series.grid, count: 5), groups: groups)
    let slices = run(panel, bars)
    let columns = market.map { FeatureMatrix(recipe, bars: $0, grid: Series.grid) }
    var compared = 0
    for row in 0..<240 {
      let now = Instant(seconds: 60 * Int64(row))
      let slice = try #require(slices[now])
      let members = (0..<5).compactMap { index -> (Int, Int)? in
        guard let place = market[index].firstIndex(where: { $0.closedAt == now }),
          place >= recipe.warmUp.settlingBars
        else { return nil }
        return (index, place)
      }
      #expect(slice.instruments.map(\.value) == members.map(\.0))
      for column in 0..<3 {
        var wanted = members.map { Double(columns[$0.0][$0.1, column]) }
        measures[column]?.apply(to: &wanted, groups: members.map { groups[$0.0] })
        for (place, value) in wanted.enumerated() {
          compared += 1
          let found = slice.values[place, column]
          #expect(found == Float(value) || (found.isNaN && value.isNaN), "row \(row)")
        }
      }
    }
    #expect(compared > 2_500)
  }

  @Test func theOrderWithinAnInstantChangesNothing() throws {
    let recipe = try Recipe(name: "p", features: features)
    let panel = Panel(
      recipe, measures: measures, grids: Array(repeating: Series.grid, count: 5))
    let bars = Array(market().joined())
    let rising = run(
      panel, bars.sorted { ($0.closedAt, $0.instrument) < ($1.closedAt, $1.instrument) })
    let falling = run(
      panel, bars.sorted { ($0.closedAt, $1.instrument) < ($1.closedAt, $0.instrument) })
    for (instant, slice) in rising {
      let other = try #require(falling[instant])
      #expect(slice.instruments == other.instruments)
      #expect(slice.values.values.map(\.bitPattern) == other.values.values.map(\.bitPattern))
    }
  }

  @Test func labelsAreRankedAmongThoseOfTheInstant() throws {
    let market = market()
    let timeline = Chronology(of: market.map { $0.map(\.closedAt) })
    let plain = Labels(
      merging: market.map { Labels(LabelDefinition(horizonBars: 2), bars: $0) }, on: timeline)
    let ranked = plain.measured(by: .rank, on: timeline, horizonBars: 2)
    #expect(ranked.isRanked && ranked.returns.count == timeline.rows)
    for moment in [30, 100, 150] {
      let members = timeline.rows(at: moment)
      for row in members {
        let own = plain.values[row]
        let below = members.count { plain.values[$0] < own }
        let same = members.count { plain.values[$0] == own }
        let wanted = (Double(below) + Double(same - 1) / 2) / Double(members.count - 1)
        #expect(abs(ranked.values[row] - (wanted - 0.5)) < 1e-12)
        #expect(ranked.returns[row] == own)
        #expect(ranked.knownAt[row] == members.compactMap { plain.knownAt[$0] }.max())
        let exit = members.compactMap { plain.spans[$0]?.exitRow }.max()
        #expect(ranked.spans[row]?.exitRow == exit)
      }
    }
  }

  /// A share that does not trade for weeks must not keep the others' ranks unknown for weeks.
  @Test func whoIsHeldUpTakesNoPart() throws {
    let market = (0..<3).map { index in
      Series.market(60, seed: UInt64(index)).enumerated().compactMap { row, bar in
        index == 1 && 22..<40 ~= row ? nil : bar.under(InstrumentIndex(index))
      }
    }
    let timeline = Chronology(of: market.map { $0.map(\.closedAt) })
    let plain = Labels(
      merging: market.map { Labels(LabelDefinition(horizonBars: 2), bars: $0) }, on: timeline)
    let ranked = plain.measured(by: .rank, on: timeline, horizonBars: 2)
    let rows = Array(timeline.rows(at: 20))
    #expect(rows.map { plain.spans[$0]?.exitRow } == [23, 41, 23])
    #expect(ranked.values[rows[1]].isNaN && ranked.isLabelled(rows[1]))
    #expect(Set([ranked.values[rows[0]], ranked.values[rows[2]]]) == [-0.5, 0.5])
    #expect(ranked.spans[rows[0]]?.exitRow == 23)
  }
}
