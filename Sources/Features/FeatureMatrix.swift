public import Market
public import Numerics

/// The features of one instrument's history: a row per bar, a column per feature, made by the live
/// code.
public struct FeatureMatrix: Sendable {
  public let names: [String]
  /// Single precision, column after column.
  public internal(set) var values: FloatMatrix
  /// When each row became known.
  public let instants: [Instant]
  /// The trading day each row is booked on.
  public let tradingDays: [TradingDay]
  /// Whether all of a row's features are finite numbers; other rows are not for learning.
  public let isWhole: [Bool]
  /// Per column, how many of its values are not finite numbers, the warm-up among them.
  public let absences: [Int]

  public var rows: Int { values.rows }
  public var columns: Int { values.columns }

  @inlinable
  public subscript(row: Int, column: Int) -> Float { values[row, column] }

  public init(_ recipe: Recipe, bars: [Bar], grid: Grid) {
    var state = FeatureState(recipe, grid: grid, room: FeatureState.historyRoom)
    self.init(continuing: &state, bars: bars)
  }

  /// The rows of bars that follow those the state has seen; the state then stands after the last.
  public init(continuing state: inout FeatureState, bars: [Bar]) {
    let rows = bars.count
    var isWhole = [Bool](repeating: true, count: rows)
    var absences = [Int](repeating: 0, count: state.recipe.count)
    var (instants, tradingDays): ([Instant], [TradingDay]) = ([], [])
    instants.reserveCapacity(rows)
    tradingDays.reserveCapacity(rows)
    values = FloatMatrix(rows: rows, columns: state.recipe.count) { numbers in
      bars.withUnsafeBufferPointer { bars in
        var row = 0
        while row < rows {
          let rest = UnsafeBufferPointer(rebasing: bars[row...])
          let taken = state.take(firstOf: rest) { column, found in
            let place = UnsafeMutableBufferPointer(
              rebasing: numbers[(column * rows + row)..<(column * rows + row + found.count)])
            guard place.round(found) else { return }
            absences[column] += place.settleAbsences { isWhole[row + $0] = false }
          }
          for bar in rest[..<taken] {
            instants.append(bar.closedAt)
            tradingDays.append(bar.tradingDay)
          }
          row += taken
        }
      }
    }
    names = state.recipe.names
    self.instants = instants
    self.tradingDays = tradingDays
    self.isWhole = isWhole
    self.absences = absences
  }

  /// The rows that may be learned from, in order.
  public var wholeRows: [Int] { (0..<rows).filter { isWhole[$0] } }

  /// Copies one row, in column order.
  public func copyRow(_ row: Int, into target: inout [Float]) {
    precondition(0..<rows ~= row && target.count == columns, "a row of this matrix")
    for column in 0..<columns { target[column] = values.values[column * rows + row] }
  }
}

extension Float {
  /// Single precision, with one NaN for all that is no finite number: the sign and payload of a
  /// computed NaN depend on how the compiler ordered the operands, and bytes must not.
  @inline(__always)
  static func single(_ value: Double) -> Float {
    let narrow = Float(value)
    return abs(narrow) < .infinity ? narrow : .nan
  }
}

extension UnsafeMutableBufferPointer<Float> {
  /// Takes the values in single precision; true if any is no finite number.
  fileprivate func round(_ found: UnsafeBufferPointer<Double>) -> Bool {
    guard let values = found.baseAddress, let target = baseAddress else { return false }
    // Anything finite times 0 is 0, all else is NaN and stays so: no branch, four at a time.
    var trace = SIMD4<Float>(repeating: 0)
    var index = 0
    while index &+ 4 <= found.count {
      let four = SIMD4<Float>(
        Float(values[index]), Float(values[index &+ 1]), Float(values[index &+ 2]),
        Float(values[index &+ 3]))
      UnsafeMutableRawPointer(target + index).storeBytes(of: four, as: SIMD4<Float>.self)
      trace += four * 0
      index &+= 4
    }
    while index < found.count {
      target[index] = Float(values[index])
      trace[0] += target[index] * 0
      index &+= 1
    }
    return trace.sum() != 0
  }

  /// Makes every value that is no finite number the one NaN, names its place and counts it.
  fileprivate func settleAbsences(_ mark: (Int) -> Void) -> Int {
    var absent = 0
    for index in 0..<count where !self[index].isFinite {
      self[index] = .nan
      mark(index)
      absent += 1
    }
    return absent
  }
}
