import Numerics

@testable import Models

/// Growth without any restraint, for trees that can be checked by hand.
func bareGrowth(leaves: Int = 31, leastLeafRows: Int = 1) -> GrowthParameters {
  var growth = GrowthParameters()
  growth.leaves = leaves
  growth.leastLeafRows = leastLeafRows
  return growth
}

func column(_ values: [Float]) -> FloatMatrix {
  FloatMatrix(rows: values.count, columns: 1, values: values)
}

/// A made regression: steps, a product, noise; some columns few-valued, some with absent values.
func lesson(
  _ rows: Int, _ columns: Int, seed: UInt64, absent: Double = 0.05, weighted: Bool = false
) throws -> LabelledRows {
  var generator = Xoshiro256(seed: seed)
  var matrix = normals(rows, columns, seed: seed &+ 7)
  for column in 0..<columns where column % 4 == 2 {
    for row in 0..<rows { matrix[row, column] = Float(generator.int(below: 5 + column)) }
  }
  let labels = (0..<rows).map { row in
    let first = Double(matrix[row, 0])
    let other = Double(matrix[row, columns / 2])
    return (first > 0.3 ? 1 : -0.5) + 0.7 * first * other + 0.5 * generator.normal()
  }
  for column in 0..<columns where column % 3 == 1 {
    for row in 0..<rows where generator.uniform() < absent { matrix[row, column] = .nan }
  }
  let weights = weighted ? (0..<rows).map { _ in generator.uniform() + 0.1 } : nil
  return try LabelledRows(matrix, labels, weights: weights)
}

/// One tree at full rate: what a single tree learns.
func oneTree(_ training: LabelledRows, _ growth: GrowthParameters, workers: Int = 1) throws
  -> TreeEnsemble
{
  try BoostParameters(growth: growth, rounds: 1, rate: 1).fit(training, workers: workers).ensemble
}
