internal import CKernels

/// A dense matrix of single-precision numbers, column after column: features and weights.
public struct FloatMatrix: Equatable, Sendable {
  public let rows: Int
  public let columns: Int
  /// Element (r, c) stands at `c · rows + r`.
  public var values: [Float]

  public init(rows: Int, columns: Int, values: [Float]) {
    precondition(rows >= 0 && columns >= 0, "a matrix has no negative size")
    precondition(values.count == rows * columns, "a matrix has rows × columns values")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  public init(rows: Int, columns: Int, repeating value: Float = 0) {
    self.init(
      rows: rows, columns: columns, values: [Float](repeating: value, count: rows * columns))
  }

  /// A matrix whose every element `fill` writes; the memory holds nothing before.
  ///
  /// A large one is asked for in large pages: the system then clears and maps it in a fraction of
  /// the time.
  public init(
    rows: Int, columns: Int, filledBy fill: (UnsafeMutableBufferPointer<Float>) -> Void
  ) {
    let count = rows * columns
    self.init(
      rows: rows, columns: columns,
      values: unsafe [Float](unsafeUninitializedCapacity: count) { memory, filled in
        unsafe kernels_expect_whole_use(memory.baseAddress, count * MemoryLayout<Float>.stride)
        unsafe fill(memory)
        filled = count
      })
  }

  /// Rounds each element to single precision.
  public init(_ matrix: Matrix) {
    self.init(rows: matrix.rows, columns: matrix.columns, values: matrix.values.map(Float.init))
  }

  public var doubled: Matrix {
    Matrix(rows: rows, columns: columns, values: values.map(Double.init))
  }

  @inlinable
  public subscript(row: Int, column: Int) -> Float {
    get {
      precondition(0 <= row && row < rows && 0 <= column && column < columns)
      return values[column &* rows &+ row]
    }
    set {
      precondition(0 <= row && row < rows && 0 <= column && column < columns)
      values[column &* rows &+ row] = newValue
    }
  }

  public func column(_ column: Int) -> [Float] {
    precondition(0..<columns ~= column, "no such column")
    return Array(values[column * rows..<(column + 1) * rows])
  }
}
