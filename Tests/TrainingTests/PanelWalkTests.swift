import Features
import Market
import Models
import Numerics
import Testing

@testable import Training

@Suite struct PanelWalkTests {
  private func plan() throws -> FoldPlan {
    try FoldPlan(window: .expanding, firstDays: 60, testDays: 50, embargoBars: 3)
  }

  /// The rule by definition, over all instruments: nothing is learned that rests on a moment of the test
  /// or of the embargo before it, and every other row before it is.
  @Test func foldsAreCutByTimeThroughAllInstruments() throws {
    let sample = plantedPanel(12, 200, r2: 0, seed: 3)
    let timeline = sample.timeline
    for fold in try plan().folds(of: sample) {
      let start = fold.test[0].lowerBound
      let learned = Set(sample.learned(fold))
      for row in 0..<timeline.rows {
        let exit = sample.labels.spans[row].map { Int($0.exitRow) } ?? timeline.count
        #expect(learned.contains(row) == (exit < start - 3), "fold \(fold.number), row \(row)")
      }
      let tested = sample.tested(fold)
      #expect(tested.allSatisfy { fold.test[0].contains(Int(timeline.moments[$0])) })
      #expect(Set(tested.map { timeline.instruments[$0] }).count == 12)
    }
  }

  /// A share that rested has labels that reach past the others': they are left out one by one.
  @Test func heldUpLabelsAreLeftOutAlone() throws {
    let sample = plantedPanel(12, 200, r2: 0, seed: 4)
    let fold = try #require(try plan().folds(of: sample).first)
    let inside = fold.train.flatMap { sample.timeline.rows($0) }
    let left = inside.filter { sample.reaches($0, fold.test[0].lowerBound - 3) }
    let learned = Set(sample.learned(fold))
    #expect(left.allSatisfy { sample.timeline.instruments[$0] % 4 == 3 })
    #expect(left.allSatisfy { !learned.contains($0) })
  }

  @Test func theHeldOutTailIsOfWholeMoments() throws {
    let sample = plantedPanel(8, 100, r2: 0, seed: 5)
    let (early, late) = sample.parted(sample.learnableRows, heldOut: 0.2)
    let moment = { (row: Int) in sample.timeline.moments[row] }
    let first = try #require(late.first.map(moment))
    #expect(Set(late.map(moment)).count == Set(sample.learnableRows.map(moment)).count / 5)
    #expect(early.allSatisfy { sample.labels.spans[$0].map { $0.exitRow < first } ?? false })
  }

  @Test func theBaselinesAreEachInstrumentsOwn() throws {
    let sample = plantedPanel(6, 120, r2: 0, seed: 6)
    let known = KnownLabels(sample)
    let (labels, instants) = (sample.labels, sample.features.instants)
    for row in stride(from: 0, to: sample.timeline.rows, by: 29) {
      let told = (0..<row).filter { other in
        sample.timeline.moments[other] < sample.timeline.moments[row]
          && labels.knownAt[other].map { $0 <= instants[row] } ?? false
      }
      let own = told.last { sample.timeline.instruments[$0] == sample.timeline.instruments[row] }
      #expect(known.last[row] == (own.map { labels.returns[$0] } ?? 0))
      let mean = told.isEmpty ? 0 : Statistics.mean(told.map { labels.returns[$0] })
      #expect(abs(known.means[row] - mean) < 1e-15)
    }
  }

  @Test func evidenceKeepsWhoseItIs() throws {
    let sample = plantedPanel(6, 150, r2: 0.05, seed: 7)
    let walk = try walk(
      sample, plan: plan(), parameters: .ridge(RidgeParameters(overlapBars: 1)),
      horizonBars: 1)
    #expect(walk.evidence.isPanel && Set(walk.evidence.instruments) == Set(0..<6))
    #expect(try Evidence(decoding: walk.evidence.encoded()) == walk.evidence)
  }
}
