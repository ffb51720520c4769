/// Rows of scaled features with the windows over them that are learned from: the rows are held once, a window
/// is only where it ends.
public struct WindowedRows: Sendable {
  public let window: Int
  public let features: Int
  /// Bar after bar, the features of a bar side by side.
  public let values: [Float]
  /// Behind the last row of each window.
  public let ends: [Int32]
  /// What each window is to foretell.
  public let labels: [Double]
  /// What each window counts; `nil` where all count alike.
  public let weights: [Double]?
  /// Windows left out because a number in them, their label or weight is none.
  public let masked: Int

  /// Windows that reach before the first row, and those that hold what is no finite number, are left out;
  /// the latter are counted.
  public init(
    _ values: [Float], features: Int, window: Int, ends: [Int], labels: [Double],
    weights: [Double]? = nil
  ) {
    precondition(features > 0 && values.count % features == 0, "whole rows")
    precondition(ends.count == labels.count, "a label for each window")
    precondition(weights.map { $0.count == ends.count } ?? true, "a weight for each window")
    let rows = values.count / features
    precondition(ends.allSatisfy { 0...rows ~= $0 }, "windows end within the rows")
    let brokenBefore = Self.brokenBefore(values, features)
    var kept: [Int] = []
    var masked = 0
    for (place, end) in ends.enumerated() where end >= window {
      let isWhole = brokenBefore[end] == brokenBefore[end - window]
      let counts = weights.map { $0[place].isFinite && $0[place] >= 0 } ?? true
      guard isWhole, labels[place].isFinite, counts else {
        masked += 1
        continue
      }
      kept.append(place)
    }
    self.values = values
    self.features = features
    self.window = window
    self.ends = kept.map { Int32(ends[$0]) }
    self.labels = kept.map { labels[$0] }
    self.weights = weights.map { weights in kept.map { weights[$0] } }
    self.masked = masked
  }

  public var count: Int { ends.count }

  /// By row, how many rows before it hold what is no finite number.
  private static func brokenBefore(_ values: [Float], _ features: Int) -> [Int32] {
    var counts: [Int32] = [0]
    counts.reserveCapacity(values.count / features + 1)
    var broken: Int32 = 0
    for start in stride(from: 0, to: values.count, by: features) {
      var sum: Float = 0
      for place in start..<start + features { sum += values[place] * 0 }
      if sum != 0 { broken += 1 }
      counts.append(broken)
    }
    return counts
  }

  /// The same windows asked for other outcomes.
  func labelled(_ labels: [Double]) -> WindowedRows {
    WindowedRows(
      values, features: features, window: window, ends: ends.map(Int.init), labels: labels,
      weights: weights)
  }
}
