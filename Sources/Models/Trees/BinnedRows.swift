internal import Numerics

/// The training rows as codes, in blocks of 16 features so that a row's part of a block is one load.
final class BinnedRows {
  let rows: Int
  let columns: Int
  let bins: [FeatureBins]
  private let codes: Aligned<UInt8>

  var blocks: Int { (columns + Histogram.featuresPerBlock - 1) / Histogram.featuresPerBlock }

  /// `most` codes a feature at most, not counting that of the absent.
  init(
    _ source: LabelledRows, most: Int, categories: Set<Int>,
    workers: borrowing Workers
  ) {
    let matrix = source.rows
    let weights = source.weights
    let (rows, columns) = (matrix.rows, matrix.columns)
    let width = Histogram.featuresPerBlock
    let blocks = (columns + width - 1) / width
    let codes = Aligned<UInt8>(blocks * rows * width, 0)
    let start = codes.start
    var bins = [FeatureBins?](repeating: nil, count: columns)
    matrix.values.withUnsafeBufferPointer { values in
      bins.withUnsafeMutableBufferPointer { bins in
        workers.run(chunks: blocks) { block in
          let features = block * width..<min(columns, (block + 1) * width)
          let made = features.map { feature in
            let column = UnsafeBufferPointer(
              rebasing: values[feature * rows..<(feature + 1) * rows])
            return categories.contains(feature)
              ? FeatureBins(categories: column, most: most)
              : FeatureBins(numbers: column, weights: weights, most: most)
          }
          for (feature, found) in zip(features, made) { bins[feature] = found }
          encode(values, rows, features, made, into: start + block * rows * width)
        }
      }
    }
    self.rows = rows
    self.columns = columns
    self.bins = bins.compactMap { $0 }
    self.codes = codes
  }

  /// The codes of a block, 16 bytes a row.
  @inline(__always)
  func block(_ block: Int) -> UnsafePointer<UInt8> {
    UnsafePointer(codes.start + block * rows * Histogram.featuresPerBlock)
  }

  /// The code of a feature for row 0; the next rows follow 16 bytes apart.
  @inline(__always)
  func feature(_ feature: Int) -> UnsafePointer<UInt8> {
    let width = Histogram.featuresPerBlock
    return block(feature / width) + feature % width
  }
}

/// Codes the features of a block, some rows of all of them at a time so that what is written stays near.
private func encode(
  _ values: UnsafeBufferPointer<Float>, _ rows: Int, _ features: Range<Int>,
  _ bins: [FeatureBins], into target: UnsafeMutablePointer<UInt8>
) {
  let chunks = Chunks(total: rows, size: 8_192)
  for chunk in 0..<chunks.count {
    let range = chunks.range(chunk)
    for (place, feature) in features.enumerated() {
      guard let base = values.baseAddress else { continue }
      let (column, bins) = (base + feature * rows, bins[place])
      let codes = target + place
      if bins.isCategory {
        for row in range { codes[row * Histogram.featuresPerBlock] = bins.code(column[row]) }
      } else {
        Histogram.encode(
          column + range.lowerBound, count: range.count, cuts: bins.cuts,
          into: codes + range.lowerBound * Histogram.featuresPerBlock)
      }
    }
  }
}
