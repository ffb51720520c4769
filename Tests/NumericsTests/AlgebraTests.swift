import Numerics
import Testing

@Suite struct AlgebraTests {
  struct Goldens: Decodable {
    struct Fit: Decodable {
      let penalty: Double
      let coefficients: [Double]
      let residualSquares, degrees, crossValidation: Double
    }
    struct Table: Decodable {
      let a, b, gram, eigenvalues, leastSquares: [Double]
      let logDeterminant: Double
      let ridge: [Fit]
    }
    let matrix: Table
  }

  private let golden: Goldens.Table
  private let a: Matrix

  init() throws {
    golden = try Golden.load("statistics", as: Goldens.self).matrix
    a = Matrix(rows: 40, columns: 6, values: golden.a)
  }

  private func close(_ x: [Double], _ y: [Double], _ tolerance: Double = 1e-11) -> Bool {
    x.count == y.count && zip(x, y).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
  }

  @Test func decompositionsAgreeWithNumpy() throws {
    #expect(close(a.gram().values, golden.gram))
    #expect(close(try SymmetricEigen(a.gram()).values, golden.eigenvalues))
    #expect(close(try LeastSquares(a, golden.b).coefficients, golden.leastSquares))
    #expect(try LeastSquares(a, golden.b).rank == 6)
    let cholesky = try Cholesky(a.gram())
    #expect(abs(cholesky.logDeterminant - golden.logDeterminant) < 1e-11)
    let moments = a.times(golden.b, transposingSelf: true)
    #expect(close(cholesky.solve(moments), golden.leastSquares))
  }

  @Test func ridgePathAgreesWithSolvingEachPenalty() throws {
    let path = try RidgePath(a, golden.b)
    for fit in golden.ridge {
      #expect(close(path.coefficients(penalty: fit.penalty), fit.coefficients))
      #expect(agree(path.residualSquares(penalty: fit.penalty), fit.residualSquares, 1e-10))
      #expect(agree(path.degreesOfFreedom(penalty: fit.penalty), fit.degrees, 1e-12))
      let score = path.crossValidation(penalty: fit.penalty, centred: 0)
      #expect(agree(score, fit.crossValidation, 1e-10))
    }
    #expect(path.bestPenalty(among: [0.01, 1, 100], centred: 0) == 0.01)
  }

  @Test func productsAgreeWithTheirDefinition() {
    var generator = Xoshiro256(seed: 3)
    func random(_ rows: Int, _ columns: Int) -> Matrix {
      let values = (0..<rows * columns).map { _ in generator.normal() }
      return Matrix(rows: rows, columns: columns, values: values)
    }
    let (p, q) = (random(5, 7), random(7, 4))
    let product = p.times(q)
    for row in 0..<5 {
      for column in 0..<4 {
        let sum = (0..<7).reduce(0.0) { $0 + p[row, $1] * q[$1, column] }
        #expect(abs(product[row, column] - sum) < 1e-12)
      }
    }
    let turned = p.transposed().times(
      q.transposed(), transposingSelf: true, transposingOther: true)
    #expect(close(turned.values, product.values))
    #expect(close(p.times(q.column(2)), product.column(2)))
    #expect(close(p.times(p.column(1), transposingSelf: true), p.gram().column(1)))
    #expect(close(FloatMatrix(p).times(FloatMatrix(q)).doubled.values, product.values, 1e-5))
    #expect(Matrix(rows: 0, columns: 3).gram() == Matrix(rows: 3, columns: 3))
  }

  @Test func degenerateInputIsRefusedByName() throws {
    let twins = Matrix(columns: [[1, 2, 3], [2, 4, 6]])
    #expect(throws: NumericsError.notPositiveDefinite(order: 2)) { try Cholesky(twins.gram()) }
    let broken = Matrix(rows: 1, columns: 1, values: [.nan])
    #expect(throws: NumericsError.notFinite) { try SymmetricEigen(broken) }
    #expect(throws: NumericsError.notFinite) { try LeastSquares(broken, [1]) }
    let fit = try LeastSquares(twins, [1, 2, 3])
    #expect(fit.rank == 1 && close(fit.coefficients, [0.2, 0.4]))
    #expect(close(try RidgePath(twins, [1, 2, 3]).coefficients(penalty: 0), [0.2, 0.4]))
  }

  @Test func repeatedRunsGiveTheSameBits() throws {
    var generator = Xoshiro256(seed: 11)
    let values = (0..<400 * 60).map { _ in generator.normal() }
    let matrix = Matrix(rows: 400, columns: 60, values: values)
    let first = (matrix.gram(), try SymmetricEigen(matrix.gram()))
    for _ in 0..<5 {
      // Arrays of other sizes between the runs move the next ones to other addresses.
      _ = [Double](repeating: 0, count: 1 + generator.int(below: 5000))
      let copy = Matrix(rows: 400, columns: 60, values: values.map { $0 })
      #expect(copy.gram() == first.0)
      #expect(try SymmetricEigen(copy.gram()).vectors == first.1.vectors)
    }
  }

  @Test func wrongSizesAreAProgrammersErrorAndStopTheProgram() async {
    await #expect(processExitsWith: .failure) { _ = Matrix(rows: 2, columns: 2, values: [1]) }
    await #expect(processExitsWith: .failure) { _ = Matrix(identity: 2).times([1, 2, 3]) }
  }

  @Test func policyNamesTheLibraryAndHoldsOneThread() {
    let policy = BlasPolicy.current
    #expect(policy.threads == 1 && policy.name.contains("OpenBLAS") && !policy.coreType.isEmpty)
  }
}
