import Numerics
import Testing

@testable import Models

@Suite("Models that answer together")
struct CommitteeTests {
  private func ridge(_ weights: [Double], intercept: Double = 0) throws -> Model {
    .ridge(
      try #require(
        Ridge(intercept: intercept, weights: weights, penalty: 1, degreesOfFreedom: 1)))
  }

  private func small(_ seed: UInt64 = 1) throws -> ModelParameters {
    .boosted(
      try BoostParameters(
        growth: bareGrowth(leaves: 6, leastLeafRows: 10), rounds: 12, rate: 0.2, rowShare: 0.6,
        seed: seed))
  }

  @Test("The mean is weighted")
  func mean() throws {
    let committee = try #require(
      Committee([try ridge([1]), try ridge([0], intercept: 4)], weights: [1, 3]))
    #expect(Model.committee(committee).predict([2]) == 0.25 * 2 + 0.75 * 4)
    #expect(Model.committee(committee).predict(column([2, -2])) == [3.5, 2.5])
  }

  @Test("By ranks a bold model counts no more than a timid one")
  func ranks() throws {
    // The same order of rows, a thousand times apart in size.
    let (timid, bold) = (try ridge([1]), try ridge([1_000]))
    let rows = column((0..<201).map { Float($0) / 100 - 1 })
    let parameters = try CommitteeParameters(
      [.zero, .zero], joining: .ranks)
    let model = try parameters.joined([timid, bold], fittedOn: rows)
    // Ranks agree, so the answer is the mean of both models' values at that rank.
    for value in [-1, -0.5, 0, 0.37, 1] as [Float] {
      let expected = 0.5 * Double(value) + 0.5 * 1_000 * Double(value)
      #expect(abs(model.predict([value]) - expected) < 1e-3, "\(value)")
    }
    // Beyond what the training rows gave there is no more to be said.
    #expect(abs(model.predict([9]) - 500.5) < 1e-9)
    #expect(model.predict(rows)[150] == model.predict([rows[150, 0]]))
  }

  @Test("A repeated value has the middle of its ranks")
  func ties() throws {
    let scale = try #require(RankScale(knots: [0, 1, 1, 1, 4]))
    #expect(scale.rank(of: 1) == 0.5)
    #expect(scale.rank(of: -3) == 0 && scale.rank(of: 9) == 1)
    #expect(scale.rank(of: 0.5) == 0.125 && scale.rank(of: 2.5) == 0.875)
    #expect(scale.value(at: 0.875) == 2.5 && scale.value(at: 1) == 4)
    #expect(RankScale(knots: [1, 0]) == nil && RankScale(knots: [1]) == nil)
    let one = RankScale(of: [3])
    #expect(one.knots == [3, 3] && one.rank(of: 3) == 0.5)
  }

  @Test("Trees of several seeds become one ensemble that forecasts their mean")
  func seeds() throws {
    let training = try lesson(700, 5, seed: 2, absent: 0.1)
    let forest = ModelParameters.forest(try ForestParameters(trees: 6))
    for parameters in [try small(), forest] {
      let several = try CommitteeParameters(3, seedsOf: parameters)
      let joined = try ModelParameters.committee(several).fit(training).model
      #expect(joined.name == parameters.members[0].name(of: joined))
      let alone = try (0..<3).map {
        try parameters.reseeded(by: UInt64($0)).fit(training).model.predict(training.rows)
      }
      #expect(alone[0] != alone[1] && alone[1] != alone[2])
      for (row, forecast) in joined.predict(training.rows).enumerated() {
        let mean = (alone[0][row] + alone[1][row] + alone[2][row]) / 3
        #expect(abs(forecast - mean) < 1e-9, "row \(row)")
      }
    }
  }

  @Test("A committee survives being written, and what was changed is refused")
  func bytes() throws {
    let rows = normals(300, 4, seed: 3)
    let training = try LabelledRows(rows, (0..<300).map { Double(rows[$0, 0]) })
    let ridge = ModelParameters.ridge(try RidgeParameters(overlapBars: 1))
    for joining in Committee.Joining.allCases {
      let parameters = try CommitteeParameters(
        [ridge, try small(), .forest(try ForestParameters(trees: 3))], weights: [1, 2, 3],
        joining: joining)
      let model = try ModelParameters.committee(parameters).fit(training).model
      let whole = try trained(model)
      let again = try TrainedModel(decoding: whole.encoded())
      #expect(again.model == model)
      #expect(again.model.predict(rows) == model.predict(rows))
    }
  }

  @Test("Numbers out of range are refused")
  func refusals() throws {
    #expect(throws: ModelsError.self) { try CommitteeParameters([]) }
    #expect(throws: ModelsError.self) { try CommitteeParameters([.zero], weights: [0]) }
    #expect(throws: ModelsError.self) { try CommitteeParameters([.zero], weights: [1, 2]) }
    let inner = Model.committee(try #require(Committee([.zero], weights: [1])))
    #expect(Committee([inner], weights: [1]) == nil)
    #expect(Committee([.zero], weights: [.infinity]) == nil)
    #expect(Committee([.zero, .zero], shares: [0.5, 0.4], scales: nil) == nil)
  }
}

extension ModelParameters {
  fileprivate func name(of model: Model) -> String {
    switch self {
    case .forest: "forest"
    case .boosted: "trees"
    default: model.name
    }
  }
}
