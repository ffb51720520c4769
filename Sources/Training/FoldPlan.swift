internal import Bytes
internal import Features
public import Market

/// How a history is cut into folds, by trading days in their order; a shuffled split cannot be said.
public struct FoldPlan: Hashable, Sendable {
  public enum Window: Hashable, Sendable {
    /// Everything before the test.
    case expanding
    /// So many trading days before the test.
    case rolling(days: Int)
    /// Everything around the test: the days fall into so many groups, and every choice of `tested` of them is
    /// forecast by the others. One tested is k-fold, more are combinatorial (López de Prado 2018).
    case around(groups: Int, tested: Int)
  }

  public let window: Window
  /// Trading days before the first test.
  public let firstDays: Int
  /// Trading days of each test.
  public let testDays: Int
  /// Bars left out before the test beyond those whose labels reach into it.
  public let embargoBars: Int

  public init(
    window: Window, firstDays: Int, testDays: Int, embargoBars: Int = 0
  ) throws(TrainingError) {
    func check(_ name: String, _ value: Int, _ least: Int) throws(TrainingError) {
      guard value >= least, value <= 1_000_000 else {
        throw .badParameter(name: name, found: "\(value)", expected: "\(least) to 1000000")
      }
    }
    try check("first days", firstDays, 1)
    try check("test days", testDays, 1)
    try check("embargo bars", embargoBars, 0)
    if case .rolling(let days) = window { try check("rolling days", days, 1) }
    self.window = window
    self.firstDays = firstDays
    self.testDays = testDays
    self.embargoBars = embargoBars
  }

  /// Purged folds around their tests: for choosing among models, not for the figure that is quoted. The embargo lies
  /// behind each test; before it, whatever reaches in is left out anyway.
  public init(groups: Int, tested: Int, embargoBars: Int = 0) throws(TrainingError) {
    func check(_ name: String, _ value: Int, _ range: ClosedRange<Int>) throws(TrainingError) {
      guard range.contains(value) else {
        throw .badParameter(
          name: name, found: "\(value)", expected: "\(range.lowerBound) to \(range.upperBound)")
      }
    }
    try check("groups", groups, 2...20)
    try check("tested groups", tested, 1...min(groups - 1, 5))
    try check("embargo bars", embargoBars, 0...1_000_000)
    window = .around(groups: groups, tested: tested)
    (firstDays, testDays) = (0, 0)
    self.embargoBars = embargoBars
  }

  /// The folds of a history, cut by time through all instruments; the last one may be shorter than the
  /// others.
  public func folds(of sample: Sample) throws(TrainingError) -> [Fold] {
    if case .around(let groups, let tested) = window {
      return try folds(of: sample, groups: groups, tested: tested)
    }
    let starts = sample.dayStarts
    let count = starts.count - 1
    guard count > firstDays else { throw .tooFewDays(found: count, needed: firstDays + 1) }
    var folds: [Fold] = []
    for first in stride(from: firstDays, to: count, by: testDays) {
      let test = starts[first]..<starts[min(first + testDays, count)]
      var from = 0
      if case .rolling(let days) = window { from = starts[max(0, first - days)] }
      let end = trainEnd(from, test.lowerBound, sample)
      guard end > from else {
        let row = sample.timeline.rows(at: test.lowerBound).lowerBound
        throw .noTrainingRows(
          fold: folds.count + 1, testFrom: sample.features.tradingDays[row])
      }
      folds.append(
        Fold(
          number: folds.count + 1, train: [from..<end], test: [test], embargoBars: embargoBars,
          of: sample))
    }
    return folds
  }

  /// The moment after the last to learn from: the exit of every label before it lies before
  /// `testStart − embargo`, that is i + 1 + h < s − embargo for the label from open to open. In a panel
  /// it is the labels of most that must; those held up longer are left out one by one.
  private func trainEnd(_ from: Int, _ testStart: Int, _ sample: Sample) -> Int {
    (from..<testStart).first { moment in
      let rows = sample.timeline.rows(at: moment)
      return 2 * rows.count { sample.reaches($0, testStart - embargoBars) } > rows.count
    } ?? testStart
  }
}

/// One step of a walk: what is learned from, what is forecast, and the exact instants of both.
public struct Fold: Hashable, Sendable {
  /// From one.
  public let number: Int
  /// Stretches of moments, in order; of a single series a moment is a row.
  public let train: [Range<Int>]
  public let test: [Range<Int>]
  /// Moments before each test into which no label learned from may reach.
  public let embargoBars: Int
  public let trainFrom: Instant
  public let trainTo: Instant
  public let testFrom: Instant
  public let testTo: Instant
  /// The first and last instant of each stretch learned from, and of each one forecast.
  public let trainSpans: [ClosedRange<Instant>]
  public let testSpans: [ClosedRange<Instant>]
  private let rowCounts: [Int]

  /// Rows of the moments learned from and of those forecast, of all instruments.
  public var trainRows: Int { rowCounts[0] }
  public var testRows: Int { rowCounts[1] }
  /// Rows between training and test: purged for their labels, or embargoed.
  public var purgedRows: Int { rowCounts[2] }

  init(
    number: Int, train: [Range<Int>], test: [Range<Int>], embargoBars: Int, of sample: Sample
  ) {
    precondition(!train.isEmpty && !test.isEmpty, "something to learn from and to forecast")
    func rows(_ moments: [Range<Int>]) -> Int {
      moments.reduce(0) { $0 + sample.timeline.rows($1).count }
    }
    func instant(_ moment: Int) -> Instant {
      sample.features.instants[sample.timeline.rows(at: moment).lowerBound]
    }
    let (first, last) = (train[0].lowerBound, test[test.count - 1].upperBound)
    let (start, end) = (
      min(first, test[0].lowerBound), max(last, train[train.count - 1].upperBound)
    )
    self.number = number
    self.train = train
    self.test = test
    self.embargoBars = embargoBars
    trainFrom = instant(first)
    trainTo = instant(train[train.count - 1].upperBound - 1)
    testFrom = instant(test[0].lowerBound)
    testTo = instant(last - 1)
    trainSpans = train.map { instant($0.lowerBound)...instant($0.upperBound - 1) }
    testSpans = test.map { instant($0.lowerBound)...instant($0.upperBound - 1) }
    rowCounts = [rows(train), rows(test), rows([start..<end]) - rows(train) - rows(test)]
  }
}

extension Fold: CustomStringConvertible {
  /// Every stretch with its exact instants.
  public var description: String {
    func text(_ spans: [ClosedRange<Instant>]) -> String {
      spans.map {
        TimeText.text(nanos: $0.lowerBound.nanoseconds) + " to "
          + TimeText.text(nanos: $0.upperBound.nanoseconds)
      }.joined(separator: ", ")
    }
    return "fold \(number): learns \(trainRows) rows \(text(trainSpans)), "
      + "leaves out \(purgedRows), forecasts \(testRows) rows \(text(testSpans)) UTC"
  }
}
