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
  private var stations: [Station]
  var tapes: Tapes

  /// A step's state and where it works.
  private struct Station: Sendable {
    /// Nil for what is written by others.
    var state: (any Operator)?
    let places: Places
  }

  /// What a step reads and writes, counted from the start of the memory.
  private struct Places: Sendable {
    let first: Int
    let second: Int
    let third: Int
    let answers: Int
    let scratch: Int
  }

  /// An input that some step reads, and where its tape starts.
  private struct Source: Sendable {
    let input: Input
    let start: Int
  }

  /// Bars that a history runs through at once: enough to loop tightly, few enough to stay in the
  /// cache.
  public static let historyRoom = 512
  public static let liveRoom = 128

  /// `room` trades memory for fewer moves of the past and never changes a value.
  public init(
    _ recipe: Recipe, grid: Grid, room: Int = FeatureState.liveRoom, marks: SeriesMarks = .none
  ) {
    self.recipe = recipe
    self.marks = marks
    frames = recipe.plan.frames.map { FrameState($0, grid: grid, marks: marks) }
    pricesPerOne = Double(grid.unitsPerOne)
    let tapes = Tapes(plan: recipe.plan, room: room)
    var sources: [Source] = []
    stations = recipe.plan.steps.indices.map { index in
      let step = recipe.plan.steps[index]
      let inputs = step.inputs.map { tapes.starts[$0] }
      let start = tapes.starts[index]
      if let input = step.operation.input {
        sources.append(Source(input: input, start: start))
      }
      let places = Places(
        first: inputs.first ?? start, second: inputs.count > 1 ? inputs[1] : start,
        third: inputs.count > 2 ? inputs[2] : start, answers: start,
        scratch: tapes.scratches[index])
      return Station(state: step.operation.begin?(), places: places)
    }
    self.sources = sources
    framed = zip(recipe.plan.steps, tapes.starts).compactMap { step, start in
      step.operation.framed.map { (frame: $0.frame, column: $0.column, start: start) }
    }
    outputs = recipe.plan.outputs.map { tapes.starts[$0] }
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
    let (sources, framed) = (sources, framed)
    bars += rows
    Self.run(&stations, over: rows, of: &tapes) { now in
      for source in sources { feed(source.input, now + source.start) }
      for (frame, column, start) in framed {
        for row in 0..<rows {
          now[start + row] = longer.isEmpty ? .nan : longer[frame][column][row]
        }
      }
    }
  }

  private static func run(
    _ stations: inout [Station], over rows: Int, of tapes: inout Tapes,
    _ feed: (_ now: UnsafeMutablePointer<Double>) -> Void
  ) {
    stations.withUnsafeMutableBufferPointer { stations in
      tapes.advance(rows) { memory, used in
        let now = memory + used
        feed(now)
        for index in 0..<stations.count {
          let places = stations[index].places
          stations[index].state?.run(
            Stretch(
              first: now + places.first, second: now + places.second, third: now + places.third,
              answers: now + places.answers, scratch: memory + places.scratch, rows: rows))
        }
      }
    }
  }
}
