/// Windows over the rows of a matrix, each so many tradable bars up to its last row: views of one list of
/// rows, so that windows that overlap copy nothing.
///
/// Bars that cannot be traded are neither counted nor shown. A window may cross a lunch, a night or a
/// holiday, which is what features of gap and session are for, but never a roll whose prices were not
/// adjusted: across it every price is another contract's.
public struct Windows: Sendable {
  public let length: Int
  /// The rows that count, in order.
  private let chain: [Int32]
  /// Where in the chain each window ends.
  private let ends: [Int32]

  /// Of the rows of `matrix` that are whole. `isTradable` marks the bars whose prices could be had, nil
  /// means all; `rolls` are the first rows after an unadjusted roll.
  public init(
    over matrix: FeatureMatrix, length: Int, isTradable: [Bool]? = nil, rolls: [Int] = []
  ) {
    self.init(
      rows: matrix.rows, length: length, rolls: rolls,
      where: { matrix.isWhole[$0] && isTradable?[$0] ?? true })
  }

  init(rows: Int, length: Int, rolls: [Int], where counts: (Int) -> Bool) {
    precondition(length > 0, "a window holds a bar at least")
    var (chain, ends) = ([Int32](), [Int32]())
    var (start, next) = (0, 0)
    let rolls = rolls.sorted()
    for row in 0..<rows {
      while next < rolls.count, rolls[next] <= row {
        start = chain.count
        next += 1
      }
      guard counts(row) else { continue }
      chain.append(Int32(row))
      if chain.count - start >= length { ends.append(Int32(chain.count)) }
    }
    self.length = length
    self.chain = chain
    self.ends = ends
  }

  public var count: Int { ends.count }

  /// The rows of a window, the oldest first.
  public subscript(window: Int) -> ArraySlice<Int32> {
    let end = Int(ends[window])
    return chain[end - length..<end]
  }

  /// The row a window's forecast is made at.
  public func lastRow(of window: Int) -> Int { Int(chain[Int(ends[window]) - 1]) }

  /// Lays a window out bar after bar, each with its columns side by side: the one copy, made when a
  /// batch is put together.
  public func copy(
    _ window: Int, of matrix: FeatureMatrix, into target: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(target.count == length * matrix.columns, "a number for each bar and column")
    for (bar, row) in self[window].enumerated() {
      for column in 0..<matrix.columns {
        target[bar * matrix.columns + column] = matrix[Int(row), column]
      }
    }
  }
}
