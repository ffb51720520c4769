internal import Numerics

/// The training rows as codes, twice: row after row, so that counting a leaf touches few pieces of memory,
/// and column after column, so that parting one does.
final class BinnedRows {
  let rows: Int
  let columns: Int
  let bins: [FeatureBins]
  /// Bytes from one row to the next: blocks of 16 features, the last one filled up.
  let stride: Int
  private let rowCodes: Aligned<UInt8>
  private let columnCodes: Aligned<UInt8>

  var blocks: Int { stride / Histogram.featuresPerBlock }

  /// `most` codes a feature at most, not counting that of the absent.
  init(
    _ source: LabelledRows, most: Int, categories: Set<Int>,
    workers: borrowing Workers
  ) {
    let matrix = source.rows
    let (rows, columns) = (matrix.rows, matrix.columns)
    let width = Histogram.featuresPerBlock
    let stride = (columns + width - 1) / width * width
    let columnCodes = Aligned<UInt8>(rows * columns, 0)
    let rowCodes = Aligned<UInt8>(rows * stride, 0)
    let (byColumn, byRow) = (columnCodes.start, rowCodes.start)
    bins = Self.bins(
      source, most: most, categories: categories, into: byColumn, workers: workers)
    let chunks = Chunks(total: rows, size: 4_096)
    workers.run(chunks: chunks.count) { chunk in
      Coding.interleave(
        byColumn, rows: rows, features: columns, range: chunks.range(chunk), into: byRow,
        stride: stride)
    }
    (self.rows, self.columns, self.stride) = (rows, columns, stride)
    self.rowCodes = rowCodes
    self.columnCodes = columnCodes
  }

  /// Cuts every column and writes its codes.
  private static func bins(
    _ source: LabelledRows, most: Int, categories: Set<Int>,
    into codes: UnsafeMutablePointer<UInt8>, workers: borrowing Workers
  ) -> [FeatureBins] {
    let rows = source.rows.rows
    let chunks = Chunks(total: source.rows.columns, size: 8)
    var bins = [FeatureBins?](repeating: nil, count: chunks.total)
    source.rows.values.withUnsafeBufferPointer { values in
      bins.withUnsafeMutableBufferPointer { bins in
        workers.run(chunks: chunks.count) { chunk in
          var room = DistinctValues(room: min(rows, FeatureBins.sampleRows))
          for feature in chunks.range(chunk) {
            let range = feature * rows..<(feature + 1) * rows
            let column = UnsafeBufferPointer(rebasing: values[range])
            let found =
              categories.contains(feature)
              ? FeatureBins(categories: column, most: most)
              : FeatureBins(numbers: column, weights: source.weights, most: most, &room)
            found.encode(column, into: codes + range.lowerBound)
            bins[feature] = found
          }
        }
      }
    }
    return bins.compactMap { $0 }
  }

  /// The codes of the features from a block on for row 0; the next rows follow `stride` bytes apart.
  @inline(__always)
  func block(_ block: Int) -> UnsafePointer<UInt8> {
    UnsafePointer(rowCodes.start + block * Histogram.featuresPerBlock)
  }

  /// The codes of a feature, row after row.
  @inline(__always)
  func feature(_ feature: Int) -> UnsafePointer<UInt8> {
    UnsafePointer(columnCodes.start + feature * rows)
  }
}
