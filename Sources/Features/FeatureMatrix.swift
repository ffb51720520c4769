public import Market
public import Numerics

/// The features of one instrument's history: a row per bar, a column per feature, made by the live code.
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
    var numbers = [Float](repeating: 0, count: rows * state.recipe.count)
    var isWhole = [Bool](repeating: true, count: rows)
    var absences = [Int](repeating: 0, count: state.recipe.count)
    bars.withUnsafeBufferPointer { bars in
      numbers.withUnsafeMutableBufferPointer { numbers in
        var row = 0
        while row < rows {
          row += state.take(firstOf: UnsafeBufferPointer(rebasing: bars[row...])) { column, found in
            let place = UnsafeMutableBufferPointer(
              rebasing: numbers[(column * rows + row)..<(column * rows + row + found.count)])
            absences[column] += place.round(found)
            if absences[column] > 0 { isWhole.mark(place, from: row) }
          }
        }
      }
    }
    names = state.recipe.names
    values = FloatMatrix(rows: rows, columns: state.recipe.count, values: numbers)
    instants = bars.map(\.closedAt)
    tradingDays = bars.map(\.tradingDay)
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
  /// Single precision, with one NaN for all that is no finite number: the sign and payload of a computed
  /// NaN depend on how the compiler ordered the operands, and bytes must not.
  @inline(__always)
  static func single(_ value: Double) -> Float {
    let narrow = Float(value)
    return narrow.isFinite ? narrow : .nan
  }
}

extension UnsafeMutableBufferPointer<Float> {
  /// Takes the values in single precision and counts those that are no finite number.
  fileprivate func round(_ found: UnsafeBufferPointer<Double>) -> Int {
    var absent = 0
    for index in found.indices {
      let value = Float.single(found[index])
      self[index] = value
      absent += value.isNaN ? 1 : 0
    }
    return absent
  }
}

extension [Bool] {
  /// Marks the rows whose value is no finite number.
  fileprivate mutating func mark(_ values: UnsafeMutableBufferPointer<Float>, from row: Int) {
    for index in values.indices where values[index].isNaN { self[row + index] = false }
  }
}
