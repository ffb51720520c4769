import Bytes
public import Models
public import Reporting

/// How the costs of a model fell while it learned step by step.
public struct LearningCurve: Sendable {
  public let training: [Double]
  /// On rows held out; no number where there were none.
  public let heldOut: [Double]
  private let steps: [Double]
  /// What a step is called, and what a cost is.
  private let unit: String

  /// By trees; `nil` where nothing is learned so.
  public init?(_ rounds: [BoostRound]) {
    guard rounds.count > 1 else { return nil }
    steps = rounds.map { Double($0.trees) }
    training = rounds.map(\.training)
    heldOut = rounds.map { $0.validation ?? .nan }
    unit = "tree"
  }

  /// By epochs.
  public init?(_ epochs: [NetworkEpoch]) {
    guard !epochs.isEmpty else { return nil }
    steps = epochs.indices.map { Double($0 + 1) }
    training = epochs.map(\.training)
    heldOut = epochs.map { $0.validation ?? .nan }
    unit = "epoch"
  }

  /// The step with the least cost of what was held out.
  private var best: Int? {
    heldOut.indices.filter { heldOut[$0].isFinite }.min { heldOut[$0] < heldOut[$1] }
  }

  /// How long it learned, in words.
  public var told: String {
    "\(training.count - (unit == "tree" ? 1 : 0)) \(unit)s"
      + (best.map { ", the least held-out cost after \(Int(steps[$0]))" } ?? "")
  }

  /// Costs as shares of where they began: squares of returns have too many noughts to be read.
  public var chart: LineChart {
    let start = training.first.flatMap { $0 > 0 ? $0 : nil } ?? 1
    let heldStart = heldOut.first.flatMap { $0 > 0 ? $0 : nil } ?? start
    return LineChart(
      "Cost by \(unit), as a share of the first", axis: .numbers(steps),
      series: [
        .init("learned from", training.map { $0 / start }),
        .init("held out", heldOut.map { $0 / heldStart }),
      ])
  }

  /// The same as events for TensorBoard.
  public func events(at wallTime: Double) -> [UInt8] {
    steps.indices.reduce(into: EventRecord.opening(wallTime: wallTime)) { bytes, place in
      var values = [("cost/learned-from", Float(training[place]))]
      if heldOut[place].isFinite { values.append(("cost/held-out", Float(heldOut[place]))) }
      bytes += EventRecord.scalars(values, step: Int(steps[place]), wallTime: wallTime)
    }
  }
}
