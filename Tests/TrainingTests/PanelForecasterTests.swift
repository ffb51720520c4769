import Features
import Market
import Models
import Numerics
import Testing

@testable import Training

/// A panel's model, live: bar by bar it says what it said of the rows of its history.
@Suite struct PanelForecasterTests {
  private let features = [
    ("change", "change(1)"), ("rank", "cs_rank(change(5))"), ("place", "cs_gauss(position(20))"),
    ("excess", "cs_demean(change(20))"), ("within", "cs_neutral(std(change(1), 10))"),
  ]
  private let groups = (0..<6).map { index in
    Grouping(steps: [Grouping.Step(from: TradingDay(days: 0), group: Int32(index % 2))])
  }

  /// Six instruments of which one comes late and one rests now and then.
  private func market() -> [[Bar]] {
    (0..<6).map { index in
      nullMarket(700, seed: UInt64(30 + index)).enumerated().compactMap { row, bar in
        if index == 2, row < 150 { return nil }
        if index == 4, row % 90 < 15 { return nil }
        return bar.under(InstrumentIndex(index))
      }
    }
  }

  @Test(
    arguments: LabelDefinition.Ranking.allCases.map { LabelDefinition.Form.ranked($0) } + [
      .scaled(LabelDefinition.Volatility(bars: 30))
    ])
  func liveIsTheHistory(_ form: LabelDefinition.Form) throws {
    let recipe = try Recipe(name: "p", features: features)
    let market = market()
    let timeline = Chronology(of: market.map { $0.map(\.closedAt) })
    let label = LabelDefinition(horizonBars: 3, form: form)
    let grids = Array(repeating: grid, count: 6)
    var labels = Labels(
      merging: market.map { bars in
        Labels(
          label, bars: bars,
          deviations: label.volatility.map {
            FeatureMatrix($0.recipe, bars: bars, grid: grid).values.values
          })
      }, on: timeline)
    if let ranking = label.ranking {
      labels = labels.measured(by: ranking.measure, on: timeline, horizonBars: 3)
    }
    let sample = Sample(
      FeatureMatrix(Panel(recipe, grids: grids, groups: groups), bars: market, on: timeline),
      labels, on: timeline, settlingBars: recipe.warmUp.settlingBars)
    let walk = try walk(
      sample, plan: FoldPlan(window: .expanding, firstDays: 6, testDays: 4),
      parameters: .ridge(RidgeParameters(penaltiesPerRow: [0.01], overlapBars: 1)),
      horizonBars: 3)
    let (trained, _) = try fit(
      sample, recipe: recipe, label: label, interval: .minute5,
      symbols: (0..<6).map { Symbol(code: "r\($0)", exchange: .shfe) },
      parameters: .ridge(RidgeParameters(penaltiesPerRow: [0.01], overlapBars: 1)),
      preparation: Preparation(selection: SelectionRule(count: 3)), evidence: walk.evidence)
    #expect(label.ranking == nil ? trained.worth == 1 : trained.worth > 0)
    let copy = try TrainedModel(decoding: trained.encoded())
    #expect(copy.worth == trained.worth && copy.label == label && copy.symbols == trained.symbols)
    try agrees(copy, sample, market)
  }

  private func agrees(_ trained: TrainedModel, _ sample: Sample, _ market: [[Bar]]) throws {
    let rows = sample.rows(sample.usableRows, features: trained.recipe.names)
    var expected: [String: Double] = [:]
    for (place, index) in sample.usableRows.enumerated() {
      var row = (0..<rows.columns).map { rows[place, $0] }
      let said = row.withUnsafeMutableBufferPointer { trained.predict(scaling: $0) }
      let (now, who) = (sample.features.instants[index], sample.timeline.instruments[index])
      expected["\(now) \(who)"] = trained.worth * sample.labels.units[index] * said
    }
    // Instruments 1 to 6 of a run in which another one is not the model's.
    var live = PanelForecaster(
      trained, as: ModelID(1), grids: [nil] + Array(repeating: grid, count: 6),
      groups: [.none] + groups)
    let bars = market.joined().sorted {
      ($0.closedAt, $1.instrument) < ($1.closedAt, $0.instrument)
    }
    var compared = 0
    for (place, bar) in bars.enumerated() {
      let moved = bar.under(InstrumentIndex(bar.instrument.value + 1))
      #expect(live.forecast(after: moved) == nil)
      let isLast = place + 1 == bars.count || bars[place + 1].closedAt != bar.closedAt
      guard isLast else { continue }
      for forecast in live.forecasts(closing: bar.closedAt) {
        let input = try #require(live.input(of: forecast.instrument))
        #expect(input.worth * trained.model.predict(input.values) == forecast.expectedReturn)
        let key = "\(bar.closedAt) \(forecast.instrument.value - 1)"
        guard let wanted = expected[key] else { continue }
        compared += 1
        #expect(abs(forecast.expectedReturn - wanted) <= 1e-12 * abs(wanted), "\(key)")
      }
    }
    #expect(compared == expected.count && compared > 3_000)
  }
}
