internal import COpenBLAS

/// The factor L of a symmetric positive definite matrix A = L·Lᵀ.
public struct Cholesky: Sendable {
  /// L in the lower half; the upper half is whatever A held.
  private let factor: Matrix

  public init(_ matrix: Matrix) throws(NumericsError) {
    precondition(matrix.rows == matrix.columns, "only a square matrix has such a factor")
    guard matrix.isFinite else { throw .notFinite }
    BlasPolicy.hold()
    var factor = matrix
    let size = Int32(matrix.rows)
    let info =
      unsafe size == 0 ? 0 : LAPACKE_dpotrf(LAPACK_COL_MAJOR, lower, size, &factor.values, size)
    guard info == 0 else { throw .notPositiveDefinite(order: Int(info)) }
    self.factor = factor
  }

  /// The x with A·x = b.
  public func solve(_ b: [Double]) -> [Double] {
    solve(Matrix(columns: [b])).values
  }

  /// The X with A·X = B.
  public func solve(_ b: Matrix) -> Matrix {
    precondition(b.rows == factor.rows, "sizes must agree")
    guard b.rows > 0, b.columns > 0 else { return b }
    var x = b
    let size = Int32(factor.rows)
    let info = unsafe LAPACKE_dpotrs_work(
      LAPACK_COL_MAJOR, lower, size, Int32(b.columns), factor.values, size, &x.values, size)
    precondition(info == 0, "LAPACK refused its arguments")
    return x
  }

  /// log det A
  public var logDeterminant: Double {
    2 * Statistics.sum((0..<factor.rows).map { log(factor[$0, $0]) })
  }
}

/// How LAPACK is told that the lower half holds the matrix.
let lower = CChar(UInt8(ascii: "L"))

extension Matrix {
  var isFinite: Bool { values.allSatisfy(\.isFinite) }
}
