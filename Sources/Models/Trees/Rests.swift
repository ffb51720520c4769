internal import Numerics

/// What the forecasts so far leave over of every training row, and which leaf of the last tree it is in.
struct Rests: ~Copyable {
  let count: Int
  /// Label less forecast.
  let values: Aligned<Double>
  /// One more than the number of a row's leaf; 0 for rows that the tree has not seen.
  let marks: Aligned<Int32>

  /// Pieces of work, the same for any number of workers.
  private static let chunk = 16_384

  init(_ labels: [Double], less forecasts: [Double]) {
    count = labels.count
    values = Aligned(count, 0)
    marks = Aligned(count, 0)
    for row in 0..<count { values[row] = labels[row] - forecasts[row] }
  }

  /// Notes which rows fell into which leaf.
  func mark(
    _ leaves: [Leaf], in rows: UnsafePointer<Int32>, isPartial: Bool, _ workers: borrowing Workers
  ) {
    let marks = marks.start
    if isPartial { marks.update(repeating: 0, count: count) }
    workers.run(chunks: leaves.count) { number in
      let leaf = leaves[number]
      for place in leaf.start..<leaf.start + leaf.count {
        marks[Int(rows[place])] = Int32(truncatingIfNeeded: number + 1)
      }
    }
  }

  /// By mark: the sum of what rows bring along.
  func sums(
    _ leaves: Int, of amounts: UnsafeBufferPointer<Double>, _ workers: borrowing Workers
  ) -> [Double] {
    // Each piece has sums of its own; they are added in the order of the pieces.
    let width = leaves + 1
    let chunks = Chunks(total: count, size: max(Self.chunk, 8 * width))
    let parts = Aligned<Double>(chunks.count * width, 0)
    let (marks, all) = (marks.start, parts.start)
    workers.run(chunks: chunks.count) { chunk in
      let sums = all + chunk * width
      for row in chunks.range(chunk) { sums[Int(marks[row])] += amounts[row] }
    }
    var sums = [Double](repeating: 0, count: width)
    for place in 0..<chunks.count * width { sums[place % width] += parts[place] }
    return sums
  }

  /// Takes away what each row's leaf forecasts, by mark.
  func take(_ forecasts: [Float], _ workers: borrowing Workers) {
    let chunks = Chunks(total: count, size: Self.chunk)
    let (values, marks) = (values.start, marks.start)
    forecasts.withUnsafeBufferPointer { forecasts in
      workers.run(chunks: chunks.count) { chunk in
        for row in chunks.range(chunk) { values[row] -= Double(forecasts[Int(marks[row])]) }
      }
    }
  }

  /// How much the forecast has to rise or fall by the loss, times the rows' weights.
  func pulls(
    _ loss: Loss, _ weights: [Double]?, into pulls: borrowing Aligned<Double>
  ) {
    for row in 0..<count {
      let pull = loss.pull(values[row])
      pulls[row] = weights.map { $0[row] * pull } ?? pull
    }
  }

  func meanLoss(_ loss: Loss, _ weights: [Double]?, _ workers: borrowing Workers) -> Double {
    let chunks = Chunks(total: count, size: Self.chunk)
    let parts = Aligned<(sum: Double, weight: Double)>(chunks.count, (0, 0))
    let (values, all) = (values.start, parts.start)
    workers.run(chunks: chunks.count) { chunk in
      var (sum, weight) = (0.0, 0.0)
      for row in chunks.range(chunk) {
        let one = weights.map { $0[row] } ?? 1
        sum += one * loss.cost(values[row])
        weight += one
      }
      all[chunk] = (sum, weight)
    }
    let whole = (0..<chunks.count).reduce(into: (sum: 0.0, weight: 0.0)) {
      $0.sum += parts[$1].sum
      $0.weight += parts[$1].weight
    }
    return whole.sum / whole.weight
  }
}
