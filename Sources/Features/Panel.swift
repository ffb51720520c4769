public import Market
public import Numerics

/// A recipe running over many instruments at once, whose features are measured against each other when an
/// instant is closed: bars come one by one, in history as live, and nothing older than the states is kept.
///
/// Members come and go: who had no bar at an instant is not in its slice.
public struct Panel: Sendable {
  public let recipe: Recipe
  /// By column; `nil` leaves a feature as it is.
  public let measures: [SliceMeasure?]
  /// By instrument, for `neutral`; changed when an instrument changes its industry.
  public var groups: [Int32]
  private var states: [FeatureState]
  /// A row per instrument that had a bar since the last close, in the order of their bars.
  private var rows: [Float] = []
  private var members: [Int] = []
  private let settlingBars: Int

  /// `grids` holds the grid of each instrument, by index.
  public init(
    _ recipe: Recipe, measures: [SliceMeasure?], grids: [Grid], groups: [Int32]? = nil
  ) {
    precondition(measures.count == recipe.count, "a measure or none for each feature")
    precondition(groups.map { $0.count == grids.count } ?? true, "a group per instrument")
    self.recipe = recipe
    self.measures = measures
    self.groups = groups ?? [Int32](repeating: 0, count: grids.count)
    states = grids.map { FeatureState(recipe, grid: $0) }
    settlingBars = recipe.warmUp.settlingBars
  }

  /// Takes one instrument's bar of the instant that is open.
  public mutating func take(_ bar: Bar) {
    let index = bar.instrument.value
    let start = rows.count
    rows.append(contentsOf: repeatElement(0, count: recipe.count))
    rows.withUnsafeMutableBufferPointer { rows in
      _ = states[index].update(bar, into: UnsafeMutableBufferPointer(rebasing: rows[start...]))
    }
    guard states[index].bars > settlingBars else {
      rows.removeLast(recipe.count)
      return
    }
    members.append(index)
  }

  /// Closes the instant: all who had a bar, in the order of their indices, measured against each other.
  public mutating func close() -> Slice {
    defer {
      rows.removeAll(keepingCapacity: true)
      members.removeAll(keepingCapacity: true)
    }
    let order = members.indices.sorted { members[$0] < members[$1] }
    let groups = order.map { self.groups[members[$0]] }
    var values: [Float] = []
    values.reserveCapacity(rows.count)
    for column in 0..<recipe.count {
      guard let measure = measures[column] else {
        values += order.map { rows[$0 * recipe.count + column] }
        continue
      }
      var slice = order.map { Double(rows[$0 * recipe.count + column]) }
      measure.apply(to: &slice, groups: groups)
      values += slice.map { Float.single($0) }
    }
    return Slice(
      instruments: order.map { InstrumentIndex(members[$0]) },
      values: FloatMatrix(rows: order.count, columns: recipe.count, values: values))
  }
}

/// The features of all instruments that had a bar at one instant: a row for each.
public struct Slice: Sendable {
  /// Rising.
  public let instruments: [InstrumentIndex]
  public let values: FloatMatrix
}
