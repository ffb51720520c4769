public import Features
internal import Market
internal import Models
public import Numerics

/// What is learned from: features and labels of one or many instruments, row by row in the order of time.
public struct Sample: Sendable {
  public let features: FeatureMatrix
  /// What they rest on is counted in moments of the timeline.
  public let labels: Labels
  public let timeline: Chronology
  /// The volatility known at each row, which a panel's forecasts must beat; empty for one series.
  public let volatilities: [Float]
  /// The rows that are whole, settled and labelled, in order: nothing else is scored.
  public let usableRows: [Int]
  /// Those of them whose entry price could be had and whose label has a value: nothing else is learned
  /// from.
  public let learnableRows: [Int]

  /// One series. `settlingBars` first rows are left out: their features still remember where the history
  /// began.
  public init(_ features: FeatureMatrix, _ labels: Labels, settlingBars: Int = 0) {
    self.init(
      features, labels, on: Chronology(rows: features.rows), settlingBars: settlingBars)
  }

  /// Series whose rows lie in the order of the timeline; `settlingBars` first rows of each are left out.
  public init(
    _ features: FeatureMatrix, _ labels: Labels, on timeline: Chronology,
    volatilities: [Float] = [], settlingBars: Int = 0
  ) {
    precondition(
      features.rows == labels.count && features.rows == timeline.rows, "a label place per row")
    precondition(
      volatilities.isEmpty || volatilities.count == features.rows, "a volatility per row")
    var isSettled = [Bool](repeating: true, count: features.rows)
    for chain in timeline.chains {
      for row in chain.prefix(settlingBars) { isSettled[Int(row)] = false }
    }
    let usable = (0..<features.rows).filter { row in
      isSettled[row] && features.isWhole[row] && labels.isLabelled(row)
    }
    self.init(features, labels, on: timeline, volatilities: volatilities, among: usable)
  }

  /// Of which rows may be used is known.
  init(
    _ features: FeatureMatrix, _ labels: Labels, on timeline: Chronology, volatilities: [Float],
    among usable: [Int]
  ) {
    self.features = features
    self.labels = labels
    self.timeline = timeline
    self.volatilities = volatilities
    usableRows = usable
    learnableRows = usable.filter { !labels.isMissed[$0] && labels.values[$0].isFinite }
  }

  /// The first moment of each trading day, then the end.
  var dayStarts: [Int] {
    var (starts, day) = ([Int](), TradingDay(days: .min))
    for moment in 0..<timeline.count {
      // Of instruments whose days change at other hours the later day counts for all.
      let own = features.tradingDays[timeline.rows(at: moment).lowerBound]
      guard own > day else { continue }
      starts.append(moment)
      day = own
    }
    return starts + [timeline.count]
  }

  /// How many trading days there are.
  public var tradingDays: Int { dayStarts.count - 1 }

  /// Whether what a row's label rests on reaches to a moment.
  func reaches(_ row: Int, _ moment: Int) -> Bool {
    labels.spans[row].map { Int($0.exitRow) >= moment } ?? (timeline.moments[row] >= moment)
  }

  /// The rows of a fold to forecast and score.
  func tested(_ fold: Fold) -> [Int] {
    fold.test.flatMap { Sample.part(usableRows, timeline.rows($0)) }
  }

  /// The rows of a fold to learn from: whose own labels, however long they were held up, end before the
  /// next test less the embargo, and begin after those of the same instrument in the test before.
  func learned(_ fold: Fold) -> [Int] {
    var rows: [Int] = []
    for moments in fold.train {
      var own = Sample.part(learnableRows, timeline.rows(moments))
      if let next = fold.test.first(where: { $0.lowerBound >= moments.upperBound }) {
        own = own.filter { !reaches($0, next.lowerBound - fold.embargoBars) }
      }
      if let before = fold.test.last(where: { $0.upperBound <= moments.lowerBound }) {
        let exits = self.exits(of: before)
        own = own.filter { entry($0) > exits[Int(timeline.instruments[$0])] }
      }
      rows += own
    }
    return rows
  }

  /// The moment in which a row's label begins.
  private func entry(_ row: Int) -> Int {
    labels.spans[row].map { Int($0.entryRow) } ?? Int(timeline.moments[row])
  }

  /// The last moment that labels of a stretch rest on, by instrument.
  func exits(of moments: Range<Int>) -> [Int] {
    var exits = [Int](repeating: -1, count: timeline.chains.count)
    for row in timeline.rows(moments) {
      let instrument = Int(timeline.instruments[row])
      guard let span = labels.spans[row] else { continue }
      exits[instrument] = max(exits[instrument], Int(span.exitRow))
    }
    return exits
  }

  /// The last moment that the labels of most instruments in a stretch rest on.
  func usualExit(of moments: Range<Int>) -> Int {
    let exits = self.exits(of: moments).filter { $0 >= 0 }.sorted()
    return exits.isEmpty ? moments.upperBound - 1 : exits[exits.count / 2]
  }

  private static func part(_ rows: [Int], _ range: Range<Int>) -> [Int] {
    func place(_ row: Int) -> Int {
      var (low, high) = (0, rows.count)
      while low < high {
        let middle = (low + high) / 2
        if rows[middle] < row { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return Array(rows[place(range.lowerBound)..<place(range.upperBound)])
  }

  /// The rows to learn from and, behind them, those of the share of moments held out that tells when to
  /// stop. Rows whose labels reach into those held out are in neither: they would tell what is to be
  /// foretold.
  func parted(_ rows: [Int], heldOut share: Double?) -> (early: [Int], late: [Int]) {
    guard let share else { return (rows, []) }
    // The places where the moment changes.
    let starts = rows.indices.filter {
      $0 == 0 || timeline.moments[rows[$0]] != timeline.moments[rows[$0 - 1]]
    }
    let held = Int(Double(starts.count) * share)
    guard held > 0 else { return (rows, []) }
    let cut = starts[starts.count - held]
    let first = Int(timeline.moments[rows[cut]])
    let early = rows[..<cut].filter { row in
      labels.spans[row].map { Int($0.exitRow) < first } ?? false
    }
    return early.isEmpty ? (rows, []) : (early, Array(rows[cut...]))
  }
}

extension Sample {
  /// The rows named, scaled, in that order.
  func scaled(_ rows: [Int], by lens: Lens) -> FloatMatrix {
    gathered(rows, lens.columns) { lens.scaler.apply(to: $0) }
  }

  /// The rows named as the recipe gives them: all features, or those of the names.
  public func rows(_ rows: [Int], features names: [String]? = nil) -> FloatMatrix {
    let columns = names?.map { name in
      guard let column = features.names.firstIndex(of: name) else {
        preconditionFailure("no feature \(name) in this sample")
      }
      return column
    }
    return gathered(rows, columns ?? Array(0..<features.columns)) { _ in }
  }

  private func gathered(
    _ rows: [Int], _ columns: [Int], _ change: (UnsafeMutableBufferPointer<Float>) -> Void
  ) -> FloatMatrix {
    var values = [Float](repeating: 0, count: rows.count * columns.count)
    var buffer = [Float](repeating: 0, count: columns.count)
    for (place, row) in rows.enumerated() {
      features.copyRow(row, columns, into: &buffer)
      buffer.withUnsafeMutableBufferPointer { change($0) }
      for column in columns.indices { values[column * rows.count + place] = buffer[column] }
    }
    return FloatMatrix(rows: rows.count, columns: columns.count, values: values)
  }

  /// The rows named, scaled, with their labels and what each counts.
  func lesson(
    _ rows: [Int], _ lens: Lens, _ weighting: Weighting
  ) throws(ModelsError) -> LabelledRows {
    try LabelledRows(
      scaled(rows, by: lens), labelValues(rows),
      weights: weighting.weights(of: rows, labels, on: timeline, days: features.tradingDays),
      names: lens.columns.map { features.names[$0] })
  }

  /// The returns there were; nothing where the entry price could not be had.
  func outcomes(_ rows: [Int]) -> [Double] {
    rows.map { labels.isMissed[$0] ? 0 : labels.returns[$0] }
  }

  func labelValues(_ rows: [Int]) -> [Double] { rows.map { labels.values[$0] } }

  /// What one of the label is worth as a return, by the rows given: 1 unless it is a place among others,
  /// then Σ v·r / Σ v². Places are centred, so this is the return beyond what all have.
  func worth(_ rows: [Int]) -> Double {
    guard labels.isRanked else { return 1 }
    let squares = Statistics.sum(rows.map { labels.values[$0] * labels.values[$0] })
    let products = Statistics.sum(rows.map { labels.values[$0] * labels.returns[$0] })
    return squares > 0 ? max(0, products / squares) : 0
  }
}
