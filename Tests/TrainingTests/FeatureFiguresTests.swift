import Features
import Numerics
import Testing

@testable import Training

@Suite struct FeatureFiguresTests {
  /// A panel's features are measured among the instruments of each instant: a column that only tells instants apart
  /// tells nothing.
  @Test func aPanelIsMeasuredInstantByInstant() throws {
    let sample = plantedPanel(12, 120, r2: 0.2, seed: 3)
    let found = sample.figures(horizonBars: 1)
    #expect(found.count == sample.features.columns)
    for (column, figures) in found.enumerated() {
      var correlations: [Double] = []
      for moment in 0..<sample.timeline.count {
        let all = sample.timeline.rows(at: moment)
        let rows = sample.usableRows.filter { all.contains($0) }
        guard rows.count > 1 else { continue }
        correlations.append(
          Statistics.pearson(
            Statistics.ranks(rows.map { Double(sample.features[$0, column]) }),
            Statistics.ranks(sample.outcomes(rows))))
      }
      let finite = correlations.filter(\.isFinite)
      #expect(figures.rankIC == (finite.isEmpty ? nil : Statistics.mean(finite)), "\(figures.name)")
      #expect(
        figures.rankICT == (finite.isEmpty ? nil : Statistics.overlapT(finite, horizon: 1)))
    }
    #expect(found.contains { abs($0.rankICT ?? 0) > 4 }, "one of them carries what was planted")
  }
}
