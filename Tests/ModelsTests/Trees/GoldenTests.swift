import Foundation
import Numerics
import Testing

@testable import Models

/// LightGBM's forecasts, made by Tests/Goldens/trees.py.
@Suite struct GoldenTests {
  private struct Golden: Decodable {
    let name: String
    let rows: [[Double?]]
    let labels: [Double]
    let weights: [Double]?
    let leastRows: Int
    let rounds: Int
    let l1: Double
    let l2: Double
    let directions: [Int]
    let forecasts: [Double]
  }

  private func goldens() throws -> [Golden] {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Goldens/trees.json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode([Golden].self, from: Data(contentsOf: path))
  }

  @Test func forecastsAreThoseOfLightGBM() throws {
    for golden in try goldens() {
      let count = golden.rows.count
      var matrix = FloatMatrix(rows: count, columns: 4)
      for (row, values) in golden.rows.enumerated() {
        for (column, value) in values.enumerated() {
          matrix[row, column] = value.map { Float($0) } ?? .nan
        }
      }
      var growth = bareGrowth(leaves: 8, leastLeafRows: golden.leastRows)
      growth.l1 = golden.l1
      growth.l2 = golden.l2
      growth.directions = golden.directions.compactMap {
        GrowthParameters.Direction(rawValue: $0)
      }
      let training = try LabelledRows(matrix, golden.labels, weights: golden.weights)
      let trees = try BoostParameters(growth: growth, rounds: golden.rounds, rate: 0.1)
        .fit(training).ensemble
      let errors = zip(trees.predict(matrix), golden.forecasts).map { abs($0 - $1) }
      #expect((errors.max() ?? 1) < 1e-5, "\(golden.name): \(errors.max() ?? 1)")
    }
  }
}
