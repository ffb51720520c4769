internal import COpenBLAS

extension Matrix {
  /// A·B, either factor turned first if asked.
  public func times(
    _ other: Matrix, transposingSelf: Bool = false, transposingOther: Bool = false
  ) -> Matrix {
    let (rows, inner) = transposingSelf ? (columns, self.rows) : (self.rows, columns)
    let (second, width) =
      transposingOther ? (other.columns, other.rows) : (other.rows, other.columns)
    precondition(inner == second, "the inner sizes of a product must agree")
    var product = Matrix(rows: rows, columns: width)
    guard rows > 0, width > 0, inner > 0 else { return product }
    BlasPolicy.hold()
    unsafe cblas_dgemm(
      CblasColMajor, turned(transposingSelf), turned(transposingOther), blasint(rows),
      blasint(width), blasint(inner), 1, values, blasint(self.rows), other.values,
      blasint(other.rows), 0, &product.values, blasint(rows))
    return product
  }

  /// A·x, or Aᵀ·x.
  public func times(_ vector: [Double], transposingSelf: Bool = false) -> [Double] {
    precondition(vector.count == (transposingSelf ? rows : columns), "sizes must agree")
    var product = [Double](repeating: 0, count: transposingSelf ? columns : rows)
    guard rows > 0, columns > 0 else { return product }
    BlasPolicy.hold()
    unsafe cblas_dgemv(
      CblasColMajor, turned(transposingSelf), blasint(rows), blasint(columns), 1, values,
      blasint(rows), vector, 1, 0, &product, 1)
    return product
  }

  /// XᵀX, both halves filled.
  public func gram() -> Matrix {
    var gram = Matrix(rows: columns, columns: columns)
    guard rows > 0, columns > 0 else { return gram }
    BlasPolicy.hold()
    unsafe cblas_dsyrk(
      CblasColMajor, CblasLower, CblasTrans, blasint(columns), blasint(rows), 1, values,
      blasint(rows), 0, &gram.values, blasint(columns))
    for column in 0..<columns {
      for row in 0..<column {
        gram.values[column * columns + row] = gram.values[row * columns + column]
      }
    }
    return gram
  }

  /// The compensated mean of each column.
  public func columnMeans() -> [Double] {
    (0..<columns).map { Statistics.mean(column($0)) }
  }

  /// The standard deviation of each column.
  public func columnDeviations(ddof: Int = 0) -> [Double] {
    (0..<columns).map { Statistics.deviation(column($0), ddof: ddof) }
  }
}

extension FloatMatrix {
  /// A·B, either factor turned first if asked.
  public func times(
    _ other: FloatMatrix, transposingSelf: Bool = false, transposingOther: Bool = false
  ) -> FloatMatrix {
    let (rows, inner) = transposingSelf ? (columns, self.rows) : (self.rows, columns)
    let (second, width) =
      transposingOther ? (other.columns, other.rows) : (other.rows, other.columns)
    precondition(inner == second, "the inner sizes of a product must agree")
    var product = FloatMatrix(rows: rows, columns: width)
    guard rows > 0, width > 0, inner > 0 else { return product }
    BlasPolicy.hold()
    unsafe cblas_sgemm(
      CblasColMajor, turned(transposingSelf), turned(transposingOther), blasint(rows),
      blasint(width), blasint(inner), 1, values, blasint(self.rows), other.values,
      blasint(other.rows), 0, &product.values, blasint(rows))
    return product
  }

  /// A·x, or Aᵀ·x.
  public func times(_ vector: [Float], transposingSelf: Bool = false) -> [Float] {
    precondition(vector.count == (transposingSelf ? rows : columns), "sizes must agree")
    var product = [Float](repeating: 0, count: transposingSelf ? columns : rows)
    guard rows > 0, columns > 0 else { return product }
    BlasPolicy.hold()
    unsafe cblas_sgemv(
      CblasColMajor, turned(transposingSelf), blasint(rows), blasint(columns), 1, values,
      blasint(rows), vector, 1, 0, &product, 1)
    return product
  }
}

private func turned(_ isTurned: Bool) -> CBLAS_TRANSPOSE {
  isTurned ? CblasTrans : CblasNoTrans
}
