internal import COpenBLAS

/// The product on bare memory, for kernels that keep all their weights and states in one allocation.
public enum Blas {
  /// C ← alpha·A·B + beta·C in single precision, column-major, with leading sizes as in BLAS.
  ///
  /// `rows` × `inner` times `inner` × `columns`, after turning. The caller answers for the memory.
  public static func multiply(
    rows: Int, columns: Int, inner: Int,
    _ a: UnsafePointer<Float>, leadingA: Int, transposingA: Bool = false,
    _ b: UnsafePointer<Float>, leadingB: Int, transposingB: Bool = false,
    into c: UnsafeMutablePointer<Float>, leadingC: Int, alpha: Float = 1, beta: Float = 0
  ) {
    precondition(leadingA >= (transposingA ? inner : rows), "A's leading size is too small")
    precondition(leadingB >= (transposingB ? columns : inner), "B's leading size is too small")
    precondition(leadingC >= rows, "C's leading size is too small")
    BlasPolicy.hold()
    unsafe cblas_sgemm(
      CblasColMajor, transposingA ? CblasTrans : CblasNoTrans,
      transposingB ? CblasTrans : CblasNoTrans, blasint(rows), blasint(columns), blasint(inner),
      alpha, a, blasint(leadingA), b, blasint(leadingB), beta, c, blasint(leadingC))
  }
}
