public import Market

/// A recipe running over one instrument's bars: the same steps whether a bar comes alone or in a
/// history.
///
/// A copy is a saved state: it continues exactly as the original would.
public struct FeatureState: Sendable {
  public let recipe: Recipe
  /// Bars taken so far.
  public private(set) var bars = 0
  private let pricesPerOne: Double
  private let marks: SeriesMarks
  private let sources: [Source]
  private var frames: [FrameState]
  /// Where the columns of the frames have their first bar.
  private let framed: [(frame: Int, column: Int, start: Int)]
  /// Where each feature's tape has its first bar.
  private let outputs: [Int]
  private let stations: [Station]
  var tapes: Tapes

  /// An input that some step reads, and where its tape starts.
  private struct Source: Sendable {
    let input: Input
    let start: Int
  }

  /// Bars that a history runs through at once: enough to loop tightly, few enough that all tapes
  /// stay in the cache.
  public static func historyRoom(_ recipe: Recipe) -> Int {
    max(512, min(4_096, 65_536 / recipe.plan.steps.count))
  }

  public static let liveRoom = 128

  /// `room` trades memory for fewer moves of the past and never changes a value.
  public init(
    _ recipe: Recipe, grid: Grid, room: Int = FeatureState.liveRoom, marks: SeriesMarks = .none
  ) {
    self.recipe = recipe
    self.marks = marks
    frames = recipe.plan.frames.map { FrameState($0, grid: grid, marks: marks) }
    pricesPerOne = Double(grid.unitsPerOne)
    var tapes = Tapes(plan: recipe.plan, room: room)
    sources = zip(recipe.plan.steps, tapes.starts).compactMap { step, start in
      step.operation.input.map { Source(input: $0, start: start) }
    }
    framed = zip(recipe.plan.steps, tapes.starts).compactMap { step, start in
      step.operation.framed.map { (frame: $0.frame, column: $0.column, start: start) }
    }
    outputs = recipe.plan.outputs.map { tapes.starts[$0] }
    stations = recipe.plan.stations(in: &tapes)
    self.tapes = tapes
  }

  /// Takes one bar and writes its features into `row`; false while any is absent, which is NaN.
  public mutating func update(
    _ bar: Bar, into row: UnsafeMutableBufferPointer<Float>
  ) -> Bool {
    precondition(row.count == outputs.count, "a row holds one number per feature")
    _ = tapes.freeRows()
    withUnsafePointer(to: bar) { take(UnsafeBufferPointer(start: $0, count: 1)) }
    var isWhole = true
    tapes.values.withUnsafeBufferPointer { values in
      for column in 0..<outputs.count {
        let value = Float.single(values[outputs[column] + tapes.used - 1])
        row[column] = value
        isWhole = isWhole && !value.isNaN
      }
    }
    return isWhole
  }

  /// Takes one bar and writes its features into `row`; false while any is absent, which is NaN.
  public mutating func update(_ bar: Bar, into row: inout [Float]) -> Bool {
    row.withUnsafeMutableBufferPointer { update(bar, into: $0) }
  }

  /// Takes one bar and tells its features in double precision.
  mutating func take(_ bar: Bar, into values: inout [Double]) {
    _ = tapes.freeRows()
    withUnsafePointer(to: bar) { take(UnsafeBufferPointer(start: $0, count: 1)) }
    for column in values.indices { values[column] = tapes.values[outputs[column] + tapes.used - 1] }
  }

  /// Takes the first of `bars` that fit, shows each column's new values, and says how many bars it
  /// took.
  mutating func take(
    firstOf bars: UnsafeBufferPointer<Bar>,
    _ show: (_ column: Int, _ values: UnsafeBufferPointer<Double>) -> Void
  ) -> Int {
    let rows = min(tapes.freeRows(), bars.count)
    take(UnsafeBufferPointer(rebasing: bars[..<rows]))
    showLast(rows, show)
    return rows
  }

  /// Shows the newest values of every column, as many as were taken at once.
  func showLast(
    _ rows: Int, _ show: (_ column: Int, _ values: UnsafeBufferPointer<Double>) -> Void
  ) {
    tapes.values.withUnsafeBufferPointer { values in
      for column in 0..<outputs.count {
        let first = outputs[column] + tapes.used - rows
        show(column, UnsafeBufferPointer(rebasing: values[first..<first + rows]))
      }
    }
  }

  private mutating func take(_ bars: UnsafeBufferPointer<Bar>) {
    let (pricesPerOne, marks) = (pricesPerOne, marks)
    let longer = frames.indices.map { frames[$0].columns(over: bars) }
    take(rows: bars.count, longer: longer) { input, tape in
      input.read(bars, pricesPerOne: pricesPerOne, marks: marks, into: tape)
    }
  }

  /// The one way a bar goes: inputs and the `longer` bars' columns to their tapes, then step by step
  /// over all the rows given. Where nobody tells of longer bars their columns are absent.
  mutating func take(
    rows: Int, longer: [[[Double]]] = [],
    feed: (_ input: Input, _ tape: UnsafeMutablePointer<Double>) -> Void
  ) {
    let (sources, framed, stations) = (sources, framed, stations)
    bars += rows
    tapes.advance(rows) { memory, used in
      let now = memory + used
      for source in sources { feed(source.input, now + source.start) }
      for (frame, column, start) in framed {
        for row in 0..<rows {
          now[start + row] = longer.isEmpty ? .nan : longer[frame][column][row]
        }
      }
      stations.withUnsafeBufferPointer { stations in
        for station in stations {
          station.kind.run(
            memory + station.state,
            Stretch(
              first: now + station.first, second: now + station.second,
              third: now + station.third, answers: now + station.answers,
              scratch: memory + station.scratch, here: now, rows: rows))
        }
      }
    }
  }
}
