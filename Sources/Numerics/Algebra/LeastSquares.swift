internal import COpenBLAS

/// The shortest x that makes ‖A·x − b‖ least, also where columns depend on each other.
public struct LeastSquares: Sendable {
  public let coefficients: [Double]
  /// How many independent columns were found.
  public let rank: Int
  public let singularValues: [Double]

  /// Singular values below `tolerance` times the largest count as zero.
  public init(
    _ a: Matrix, _ b: [Double], tolerance: Double = 1e-12
  ) throws(NumericsError) {
    precondition(b.count == a.rows, "sizes must agree")
    guard a.isFinite, b.allSatisfy(\.isFinite) else { throw .notFinite }
    guard a.rows > 0, a.columns > 0 else {
      (coefficients, rank, singularValues) = ([Double](repeating: 0, count: a.columns), 0, [])
      return
    }
    BlasPolicy.hold()
    var factors = a.values
    var solution = b + [Double](repeating: 0, count: max(0, a.columns - a.rows))
    var singular = [Double](repeating: 0, count: min(a.rows, a.columns))
    var found: Int32 = 0
    let info = unsafe LAPACKE_dgelsd(
      LAPACK_COL_MAJOR, Int32(a.rows), Int32(a.columns), 1, &factors,
      Int32(a.rows), &solution, Int32(solution.count), &singular, tolerance, &found)
    guard info == 0 else { throw .notConverged(failed: Int(info)) }
    coefficients = Array(solution.prefix(a.columns))
    rank = Int(found)
    singularValues = singular
  }
}
