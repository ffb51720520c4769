internal import Bytes
internal import Features
public import Market

/// How a history is cut into folds, by trading days and always forward; a shuffled split cannot be said.
public struct FoldPlan: Hashable, Sendable {
  public enum Window: Hashable, Sendable {
    /// Everything before the test.
    case expanding
    /// So many trading days before the test.
    case rolling(days: Int)
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

  /// The folds of a history; the last one may be shorter than the others.
  public func folds(of sample: Sample) throws(TrainingError) -> [Fold] {
    let days = sample.features.tradingDays
    // The first row of each trading day, then the end.
    let starts = days.indices.filter { $0 == 0 || days[$0] != days[$0 - 1] } + [days.count]
    let count = starts.count - 1
    guard count > firstDays else { throw .tooFewDays(found: count, needed: firstDays + 1) }
    var folds: [Fold] = []
    for first in stride(from: firstDays, to: count, by: testDays) {
      let test = starts[first]..<starts[min(first + testDays, count)]
      var from = 0
      if case .rolling(let days) = window { from = starts[max(0, first - days)] }
      let end = trainEnd(from, test.lowerBound, sample)
      guard end > from else {
        throw .noTrainingRows(fold: folds.count + 1, testFrom: days[test.lowerBound])
      }
      folds.append(Fold(number: folds.count + 1, train: from..<end, test: test, of: sample))
    }
    return folds
  }

  /// The row after the last to learn from: the exit row of every label before it lies before
  /// `testStart − embargo`, that is i + 1 + h < s − embargo for the label from open to open.
  private func trainEnd(_ from: Int, _ testStart: Int, _ sample: Sample) -> Int {
    let spans = sample.labels.spans
    return (from..<testStart).first { row in
      spans[row].map { Int($0.exitRow) >= testStart - embargoBars }
        ?? (row >= testStart - embargoBars)
    } ?? testStart
  }
}

/// One step of a walk: what is learned from, what is forecast, and the exact instants of both.
public struct Fold: Hashable, Sendable {
  /// From one.
  public let number: Int
  public let train: Range<Int>
  public let test: Range<Int>
  public let trainFrom: Instant
  public let trainTo: Instant
  public let testFrom: Instant
  public let testTo: Instant

  /// Rows between training and test: purged for their labels, or embargoed.
  public var purgedRows: Int { test.lowerBound - train.upperBound }

  init(number: Int, train: Range<Int>, test: Range<Int>, of sample: Sample) {
    let instants = sample.features.instants
    self.number = number
    self.train = train
    self.test = test
    trainFrom = instants[train.lowerBound]
    trainTo = instants[train.upperBound - 1]
    testFrom = instants[test.lowerBound]
    testTo = instants[test.upperBound - 1]
  }
}

extension Fold: CustomStringConvertible {
  public var description: String {
    func text(_ instant: Instant) -> String { TimeText.text(nanos: instant.nanoseconds) }
    return "fold \(number): learns \(train.count) rows \(text(trainFrom)) to \(text(trainTo)), "
      + "leaves out \(purgedRows), forecasts \(test.count) rows \(text(testFrom)) to \(text(testTo)) UTC"
  }
}
