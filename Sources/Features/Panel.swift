public import Market
public import Numerics

/// A recipe running over many instruments at once, whose features are measured against each other when an
/// instant is closed: bars come one by one, in history as live, and nothing older than the states is kept.
///
/// Members come and go: who had no bar at an instant is not in its slice, and a feature that still
/// remembers where its instrument's history began is absent, which is NaN, and compared with none. So a
/// column hangs on no other column.
public struct Panel: Sendable {
  public let recipe: Recipe
  /// By instrument, for what is measured within a group.
  private let groups: [Grouping]
  private var states: [FeatureState]
  /// By column, the bars an instrument must have had.
  private let settlings: [Int]
  /// A row per instrument that had a bar since the last close, in the order of their bars.
  private var rows: [Float] = []
  private var members: [(instrument: Int, group: Int32)] = []

  /// Bars that a state has room for between two moves of its past: thousands of states want little.
  private static let room = 16

  /// `grids` holds the grid of each instrument, by index; so do `marks` and `groups`, which may be left out.
  public init(
    _ recipe: Recipe, grids: [Grid], marks: [SeriesMarks] = [], groups: [Grouping] = []
  ) {
    precondition(marks.isEmpty || marks.count == grids.count, "marks per instrument")
    precondition(groups.isEmpty || groups.count == grids.count, "a group per instrument")
    self.recipe = recipe
    self.groups = groups
    settlings = recipe.warmUps.map(\.settlingBars)
    states = grids.indices.map {
      FeatureState(
        recipe, grid: grids[$0], room: Panel.room, marks: marks.isEmpty ? .none : marks[$0])
    }
  }

  /// Takes one instrument's bar of the instant that is open; its index is that of the bar.
  public mutating func take(_ bar: Bar) { take(bar, of: bar.instrument.value) }

  /// Takes the bar of the instrument of a place.
  public mutating func take(_ bar: Bar, of place: Int) {
    let start = rows.count
    rows.append(contentsOf: repeatElement(0, count: recipe.count))
    rows.withUnsafeMutableBufferPointer { rows in
      _ = states[place].update(bar, into: UnsafeMutableBufferPointer(rebasing: rows[start...]))
    }
    let bars = states[place].bars
    for column in settlings.indices where bars <= settlings[column] { rows[start + column] = .nan }
    let group = groups.isEmpty ? Grouping.noGroup : groups[place].group(on: bar.tradingDay)
    members.append((place, group))
  }

  /// Closes the instant: all who had a bar, in the order of their indices, measured against each other.
  public mutating func close() -> Slice {
    defer {
      rows.removeAll(keepingCapacity: true)
      members.removeAll(keepingCapacity: true)
    }
    let order = members.indices.sorted { members[$0].instrument < members[$1].instrument }
    let groups = order.map { members[$0].group }
    var values: [Float] = []
    values.reserveCapacity(rows.count)
    for column in 0..<recipe.count {
      guard let measure = recipe.measures[column] else {
        values += order.map { rows[$0 * recipe.count + column] }
        continue
      }
      var slice = order.map { Double(rows[$0 * recipe.count + column]) }
      measure.apply(to: &slice, groups: groups)
      values += slice.map { Float.single($0) }
    }
    return Slice(
      instruments: order.map { InstrumentIndex(members[$0].instrument) },
      values: FloatMatrix(rows: order.count, columns: recipe.count, values: values))
  }
}

/// The features of all instruments that had a bar at one instant: a row for each.
public struct Slice: Sendable {
  /// Rising.
  public let instruments: [InstrumentIndex]
  public let values: FloatMatrix
}

extension FeatureMatrix {
  /// The features of a panel's history, row by row of the timeline, by the code that runs live. The bars of
  /// each instrument are in the order of time.
  public init(_ panel: consuming Panel, bars: [[Bar]], on timeline: Chronology) {
    let names = panel.recipe.names
    var next = [Int](repeating: 0, count: bars.count)
    let values = FloatMatrix(rows: timeline.rows, columns: names.count) { numbers in
      for moment in 0..<timeline.count {
        let rows = timeline.rows(at: moment)
        for row in rows {
          let instrument = Int(timeline.instruments[row])
          panel.take(bars[instrument][next[instrument]], of: instrument)
          next[instrument] += 1
        }
        let slice = panel.close().values.values
        for place in slice.indices {
          let (column, row) = place.quotientAndRemainder(dividingBy: rows.count)
          numbers[column * timeline.rows + rows.lowerBound + row] = slice[place]
        }
      }
    }
    self.init(
      names: names, values: values, instants: timeline.merged(bars.map { $0.map(\.closedAt) }),
      tradingDays: timeline.merged(bars.map { $0.map(\.tradingDay) }))
  }
}
