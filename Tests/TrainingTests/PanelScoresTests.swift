import Market
import Models
import Numerics
import Testing

@testable import Training

@Suite struct PanelScoresTests {
  private func walked(_ sample: Sample) throws -> Evidence {
    try walk(
      sample, plan: FoldPlan(window: .expanding, firstDays: 60, testDays: 60, embargoBars: 1),
      parameters: .ridge(RidgeParameters(overlapBars: 1)), horizonBars: 1
    ).evidence
  }

  /// Each figure by its definition, instant by instant.
  @Test func figuresAreThoseOfTheInstants() throws {
    let evidence = try walked(plantedPanel(15, 150, r2: 0.1, seed: 2))
    let found = try #require(Scores(evidence).panel)
    var correlations: [Double] = []
    for instant in Set(evidence.instants).sorted() {
      let rows = evidence.instants.indices.filter { evidence.instants[$0] == instant }
      let p = Statistics.ranks(rows.map { evidence.forecasts[$0] })
      let y = Statistics.ranks(rows.map { evidence.outcomes[$0] })
      correlations.append(Statistics.pearson(p, y))
    }
    #expect(found.instants == correlations.count)
    #expect(found.rankIC == Statistics.mean(correlations))
    #expect(found.rankICIR == found.rankIC / Statistics.deviation(correlations))
    #expect(found.rankICT == Statistics.overlapT(correlations, horizon: 1))
    #expect(Scores(evidence).figures.contains { $0.name == "daily-rank-ic" })
    #expect(PanelScores(evidence.zero) == nil)
  }

  /// A signal of R² 2 % in the part of returns that the market does not share is a correlation of √0.02 at
  /// each instant; of ranks (6/π)·asin(ρ/2).
  @Test func aPlantedOrderIsFound() throws {
    var found: [Double] = []
    for seed in 1...4 as ClosedRange<UInt64> {
      let panel = try #require(Scores(walked(plantedPanel(40, 300, r2: 0.02, seed: seed))).panel)
      #expect(try #require(panel.rankICT) > 4, "seed \(seed)")
      found.append(panel.rankIC)
    }
    #expect((0.10...0.16).contains(Statistics.mean(found)), "\(found)")
  }

  @Test func noOrderIsNotFound() throws {
    let all = try (1...8 as ClosedRange<UInt64>).map { seed in
      Scores(try walked(plantedPanel(40, 300, r2: 0, seed: seed))).panel?.rankIC ?? 0
    }
    // Each mean of about 240 correlations of 40 has a deviation of about 0.011.
    #expect(abs(Statistics.mean(all)) < 0.012, "\(all)")
  }

  @Test func oneSeriesHasNoOrder() throws {
    let evidence = try walk(
      planted(2_000, 3, r2: 0.05, seed: 1),
      plan: FoldPlan(window: .expanding, firstDays: 8, testDays: 6), parameters: .zero,
      horizonBars: 1
    ).evidence
    #expect(!evidence.isPanel && Scores(evidence).panel == nil)
  }
}
