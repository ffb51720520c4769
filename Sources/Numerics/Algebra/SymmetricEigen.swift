internal import COpenBLAS

/// A symmetric matrix as V·Λ·Vᵀ.
public struct SymmetricEigen: Sendable {
  /// Eigenvalues, smallest first.
  public let values: [Double]
  /// Eigenvectors as columns, in the order of the values.
  public let vectors: Matrix

  /// Only the lower half of the matrix is read.
  public init(_ matrix: Matrix) throws(NumericsError) {
    precondition(matrix.rows == matrix.columns, "only a square matrix has eigenvalues")
    guard matrix.isFinite else { throw .notFinite }
    BlasPolicy.hold()
    var vectors = matrix
    var values = [Double](repeating: 0, count: matrix.rows)
    let size = Int32(matrix.rows)
    let wanted = CChar(UInt8(ascii: "V"))
    let info =
      unsafe size == 0
      ? 0 : LAPACKE_dsyevd(LAPACK_COL_MAJOR, wanted, lower, size, &vectors.values, size, &values)
    guard info == 0 else { throw .notConverged(failed: Int(info)) }
    self.values = values
    self.vectors = vectors
  }
}
