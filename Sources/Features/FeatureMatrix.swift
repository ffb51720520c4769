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

  /// Several workers share the columns; their number changes no value.
  public init(
    _ recipe: Recipe, bars: [Bar], grid: Grid, marks: SeriesMarks = .none, workers: Int = 1
  ) {
    precondition(workers > 0, "somebody has to work")
    precondition(!recipe.comparesInstruments, "one series has nothing to be compared with")
    let width = (recipe.count + workers - 1) / workers
    let pieces = Chunks(total: recipe.count, size: width)
    var strips = (0..<pieces.count).map { piece in
      let part = recipe.part(pieces.range(piece))
      return ColumnStrip(
        FeatureState(part, grid: grid, room: FeatureState.historyRoom(part), marks: marks),
        rows: bars.count)
    }
    self.init(recipe.names, filledBy: &strips, bars: bars)
  }

  /// The rows of bars that follow those the state has seen; the state then stands after the last.
  public init(continuing state: inout FeatureState, bars: [Bar]) {
    var strips = [ColumnStrip(state, rows: bars.count)]
    self.init(state.recipe.names, filledBy: &strips, bars: bars)
    state = strips[0].state
  }

  private init(_ names: [String], filledBy strips: inout [ColumnStrip], bars: [Bar]) {
    self.names = names
    values = FloatMatrix(rows: bars.count, columns: names.count) { numbers in
      let widths = strips.map { $0.state.recipe.count * bars.count }
      let starts = widths.indices.map { widths[..<$0].reduce(0, +) }
      strips.withUnsafeMutableBufferPointer { strips in
        parallel(chunks: strips.count, workers: strips.count) { index in
          let range = starts[index]..<starts[index] + widths[index]
          strips[index].fill(UnsafeMutableBufferPointer(rebasing: numbers[range]), bars)
        }
      }
    }
    instants = bars.map(\.closedAt)
    tradingDays = bars.map(\.tradingDay)
    absences = strips.flatMap(\.absences)
    isWhole = strips.dropFirst().reduce(strips[0].isWhole) { whole, strip in
      zip(whole, strip.isWhole).map { $0 && $1 }
    }
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
