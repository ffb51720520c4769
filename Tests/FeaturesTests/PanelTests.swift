import Features
import Market
import Numerics
import Testing

@Suite struct PanelTests {
  private let features = [
    ("a", "cs_rank(change(3))"), ("b", "cs_neutral(zscore(close, 10))"), ("c", "change(1)"),
    ("d", "cs_gauss(close / mean(close, 20))"), ("e", "cs_zscore(change(5))"),
    ("f", "cs_demean(change(5))"),
  ]

  /// Two groups, one of which the third instrument joins late.
  private let groups = [0, 0, 1, 1, 1].enumerated().map { index, group in
    Grouping(
      steps: [
        Grouping.Step(from: TradingDay(days: 0), group: index == 2 ? 0 : Int32(group)),
        Grouping.Step(from: TradingDay(days: 18_001), group: Int32(group)),
      ])
  }

  /// Bars of five instruments; the fourth joins late, the second misses bars, the first leaves early.
  private func market() -> [[Bar]] {
    (0..<5).map { index in
      Series.market(300, seed: UInt64(50 + index)).enumerated().compactMap { row, bar in
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

  private func panel(_ recipe: Recipe) -> Panel {
    Panel(recipe, grids: Array(repeating: Series.grid, count: 5), groups: groups)
  }

  private func rising(_ market: [[Bar]]) -> [Bar] {
    market.joined().sorted { ($0.closedAt, $0.instrument) < ($1.closedAt, $1.instrument) }
  }

  @Test func aSliceIsTheColumnsOfItsMembersMeasured() throws {
    let recipe = try Recipe(name: "p", features: features)
    let market = market()
    let slices = run(panel(recipe), rising(market))
    let columns = market.map {
      FeatureMatrix(recipe.unmeasured, bars: $0, grid: Series.grid)
    }
    var compared = 0
    for row in 0..<300 {
      let now = Instant(seconds: 60 * Int64(row))
      let slice = try #require(slices[now])
      let members = (0..<5).compactMap { index in
        market[index].firstIndex { $0.closedAt == now }.map { (index, $0) }
      }
      #expect(slice.instruments.map(\.value) == members.map(\.0))
      for column in 0..<recipe.count {
        var wanted = members.map { member -> Double in
          let isSettled = member.1 >= recipe.warmUps[column].settlingBars
          return isSettled ? Double(columns[member.0][member.1, column]) : .nan
        }
        let own = members.map { groups[$0.0].group(on: market[$0.0][$0.1].tradingDay) }
        recipe.measures[column]?.apply(to: &wanted, groups: own)
        for (place, value) in wanted.enumerated() {
          compared += 1
          let found = slice.values[place, column]
          holds(found == Float(value) || (found.isNaN && value.isNaN), "\(column) at \(now)")
        }
      }
    }
    #expect(compared > 7_000)
  }

  @Test func theOrderWithinAnInstantChangesNothing() throws {
    let recipe = try Recipe(name: "p", features: features)
    let market = market()
    let slices = run(panel(recipe), rising(market))
    let falling = run(
      panel(recipe),
      market.joined().sorted { ($0.closedAt, $1.instrument) < ($1.closedAt, $0.instrument) })
    for (instant, slice) in slices {
      let other = try #require(falling[instant])
      #expect(slice.instruments == other.instruments)
      #expect(slice.values.values.map(\.bitPattern) == other.values.values.map(\.bitPattern))
    }
  }

  /// Who is called first, second and third decides nothing: every row keeps its bits.
  @Test func theOrderOfInstrumentsChangesNothing() throws {
    let recipe = try Recipe(name: "p", features: features)
    let market = market()
    let turned = (0..<5).map { index in market[4 - index].map { $0.under(InstrumentIndex(index)) } }
    let plain = run(panel(recipe), rising(market))
    let other = run(
      Panel(
        recipe, grids: Array(repeating: Series.grid, count: 5), groups: groups.reversed()),
      rising(turned))
    for (instant, slice) in plain {
      let twin = try #require(other[instant])
      for (row, instrument) in slice.instruments.enumerated() {
        let place = try #require(
          twin.instruments.firstIndex(of: InstrumentIndex(4 - instrument.value)))
        for column in 0..<recipe.count {
          holds(
            slice.values[row, column].bitPattern == twin.values[place, column].bitPattern,
            "\(column) of \(instrument) at \(instant)")
        }
      }
    }
  }

  private func matrix(_ recipe: Recipe, _ market: [[Bar]]) -> FeatureMatrix {
    FeatureMatrix(
      panel(recipe), bars: market, on: Chronology(of: market.map { $0.map(\.closedAt) }))
  }

  /// What comes later, cut off or turned into garbage, moves no bit of what was said before.
  @Test func nothingIsKnownOfTheFuture() throws {
    let recipe = try Recipe(name: "p", features: features)
    let market = market()
    let whole = matrix(recipe, market)
    for cut in [40, 97, 180] as [Int64] {
      let last = Instant(seconds: 60 * cut)
      let short = matrix(recipe, market.map { $0.filter { $0.closedAt <= last } })
      let wild = matrix(
        recipe,
        market.enumerated().map { index, bars in
          bars.map { bar in
            guard bar.closedAt > last else { return bar }
            let price = Price(units: Int64(1_000 + 777 * index))
            return Bar(
              instrument: bar.instrument, tradingDay: bar.tradingDay, closedAt: bar.closedAt,
              open: price, high: price, low: price, close: price, volume: 1)
          }
        })
      for row in 0..<short.rows {
        for column in 0..<recipe.count {
          let bits = whole[row, column].bitPattern
          holds(short[row, column].bitPattern == bits, "cut \(cut), row \(row)")
          holds(wild[row, column].bitPattern == bits, "garbage after \(cut), row \(row)")
        }
      }
    }
  }

  /// A model that keeps a few of the features must see in them what it learned from.
  @Test func aColumnHangsOnNoOther() throws {
    let recipe = try Recipe(name: "p", features: features)
    let market = market()
    let (whole, part) = (matrix(recipe, market), matrix(recipe.choosing([0, 4]), market))
    for row in 0..<whole.rows {
      holds(whole[row, 0].bitPattern == part[row, 0].bitPattern, "row \(row)")
      holds(whole[row, 4].bitPattern == part[row, 1].bitPattern, "row \(row)")
    }
  }

  @Test func comparingIsPartOfTheFingerprint() throws {
    let recipe = try Recipe(name: "p", features: [("a", " cs_rank( change(3) )")])
    #expect(recipe.formulas == ["cs_rank(change(close, 3))"] && recipe.measures == [.rank])
    #expect(recipe.canonicalText != recipe.unmeasured.canonicalText)
    #expect(recipe.comparesInstruments && !recipe.unmeasured.comparesInstruments)
    #expect(try recipe.unmeasured.measured(by: .rank).canonicalText == recipe.canonicalText)
    #expect(recipe.warmUp == recipe.unmeasured.warmUp)
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
