internal import CKernels

/// A dense matrix of doubles, column after column.
public struct Matrix: Equatable, Sendable {
  public let rows: Int
  public let columns: Int
  /// Element (r, c) stands at `c · rows + r`.
  public var values: [Double]

  public init(rows: Int, columns: Int, values: [Double]) {
    precondition(rows >= 0 && columns >= 0, "a matrix has no negative size")
    precondition(values.count == rows * columns, "a matrix has rows × columns values")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  public init(rows: Int, columns: Int, repeating value: Double = 0) {
    self.init(
      rows: rows, columns: columns, values: [Double](repeating: value, count: rows * columns))
  }

  /// A matrix whose every element `fill` writes; the memory holds nothing before.
  public init(
    rows: Int, columns: Int, filledBy fill: (UnsafeMutableBufferPointer<Double>) -> Void
  ) {
    let count = rows * columns
    self.init(
      rows: rows, columns: columns,
      values: unsafe [Double](unsafeUninitializedCapacity: count) { memory, filled in
        unsafe kernels_expect_whole_use(memory.baseAddress, count * MemoryLayout<Double>.stride)
        unsafe fill(memory)
        filled = count
      })
  }

  /// Columns of equal length side by side.
  public init(columns: [[Double]]) {
    let rows = columns.first?.count ?? 0
    precondition(columns.allSatisfy { $0.count == rows }, "columns must be equally long")
    self.init(rows: rows, columns: columns.count, values: columns.flatMap { $0 })
  }

  public init(identity size: Int) {
    self.init(rows: size, columns: size)
    for index in 0..<size { values[index * size + index] = 1 }
  }

  @inlinable
  public subscript(row: Int, column: Int) -> Double {
    get {
      precondition(0 <= row && row < rows && 0 <= column && column < columns)
      return values[column &* rows &+ row]
    }
    set {
      precondition(0 <= row && row < rows && 0 <= column && column < columns)
      values[column &* rows &+ row] = newValue
    }
  }

  public func column(_ column: Int) -> [Double] {
    precondition(0..<columns ~= column, "no such column")
    return Array(values[column * rows..<(column + 1) * rows])
  }

  public func transposed() -> Matrix {
    var turned = Matrix(rows: columns, columns: rows)
    turned.fill { values[$0 * rows + $1] }
    return turned
  }

  /// The rows named, in that order.
  public func selecting(rows chosen: [Int]) -> Matrix {
    var part = Matrix(rows: chosen.count, columns: columns)
    part.fill { values[$1 * rows + chosen[$0]] }
    return part
  }

  private mutating func fill(_ element: (_ row: Int, _ column: Int) -> Double) {
    for column in 0..<columns {
      for row in 0..<rows { values[column * rows + row] = element(row, column) }
    }
  }
}
