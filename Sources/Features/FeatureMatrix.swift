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

  public init(_ recipe: Recipe, bars: [Bar], grid: Grid, marks: SeriesMarks = .none) {
    var state = FeatureState(recipe, grid: grid, room: FeatureState.historyRoom, marks: marks)
    self.init(continuing: &state, bars: bars)
  }

  /// The rows of bars that follow those the state has seen; the state then stands after the last.
  public init(continuing state: inout FeatureState, bars: [Bar]) {
    let rows = bars.count
    var numbers = [Float](repeating: 0, count: rows * state.recipe.count)
    var isWhole = [Bool](repeating: true, count: rows)
    var absences = [Int](repeating: 0, count: state.recipe.count)
    var (instants, tradingDays): ([Instant], [TradingDay]) = ([], [])
    instants.reserveCapacity(rows)
    tradingDays.reserveCapacity(rows)
    bars.withUnsafeBufferPointer { bars in
      numbers.withUnsafeMutableBufferPointer { numbers in
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
    values = FloatMatrix(rows: rows, columns: state.recipe.count, values: numbers)
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

  /// Copies some columns of one row, in the order named.
  public func copyRow(_ row: Int, _ columns: [Int], into target: inout [Float]) {
    precondition(0..<rows ~= row && target.count == columns.count, "a row of this matrix")
    for (place, column) in columns.enumerated() {
      target[place] = values.values[column * rows + row]
    }
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
    // Without the sign the bits of floats are ordered as integers: a maximum needs no branch.
    var largest: Int32 = 0
    for index in 0..<found.count {
      let value = Float(found[index])
      self[index] = value
      largest = Swift.max(largest, Int32(bitPattern: value.magnitude.bitPattern))
    }
    return largest >= Int32(bitPattern: Float.infinity.bitPattern)
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
