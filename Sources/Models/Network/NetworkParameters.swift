internal import Numerics

/// How a network is fitted; that it exists means that its numbers were checked.
///
/// The defaults are the network as its owner drew it, with a budget that one series learns in under two
/// minutes on one core.
public struct NetworkParameters: Hashable, Sendable {
  public var window = 60
  public var recurrent = [50, 50]
  public var dense = [NetworkShape.Dense(units: 25)]
  /// The share of each recurrent layer's outputs that is dropped while learning.
  public var dropout = 0.2
  public var loss = Loss.squared
  public var rate = 1e-3
  public var schedule = LearningRate.constant
  /// What of a weight fades with every step, times the rate; biases never fade.
  public var decay = 0.0
  /// The longest gradient; a longer one is shortened to it. `nil` for none.
  public var clip: Double? = 1
  public var batch = 32
  public var epochs = 50
  /// Epochs without a better forecast of the held-out windows after which it stops; `nil` for never.
  public var patience: Int? = 8
  /// Of windows only every so many-th is learned from, counted back from the latest.
  public var stride = 1
  /// The most windows, the latest first; `nil` for all.
  public var mostWindows: Int? = 8_000
  /// Epochs over which weights are averaged, the latest most: what is held out judges the means, and they are
  /// the answer. 0 for the weights themselves.
  public var averaging = 0.0
  /// Whether forecasts are shortened to what the held-out windows bear out.
  public var shrinks = false
  /// Steps over which labels overlap: so much less do held-out windows tell.
  public var overlapBars = 1
  public var seeds = NetworkSeeds()
  /// Networks fitted from different seeds, whose forecasts are averaged.
  public var members = 1

  public static let mostMembers = 64

  public init() {}

  /// Refuses numbers out of range, with the name at fault.
  public func checked() throws(ModelsError) -> NetworkParameters {
    _ = try shape(features: 1)
    try loss.check()
    try schedule.check()
    guard 0..<1 ~= dropout else {
      throw .badParameter(name: "dropout", found: "\(dropout)", expected: "from 0, less than 1")
    }
    try inShare("rate", rate)
    for (name, value) in [("decay", decay), ("clip", clip ?? 1)] {
      guard value >= 0, value.isFinite, name == "decay" || value > 0 else {
        throw .badParameter(name: name, found: "\(value)", expected: "a positive number")
      }
    }
    try inRange("batch", batch, 1...65_536)
    try inRange("epochs", epochs, 1...100_000)
    if let patience { try inRange("patience", patience, 1...100_000) }
    try inRange("stride", stride, 1...100_000)
    if let mostWindows { try inRange("windows", mostWindows, 1...100_000_000) }
    try inRange("members", members, 1...Self.mostMembers)
    try inRange("overlap", overlapBars, 1...100_000)
    guard 0...1_000 ~= averaging else {
      throw .badParameter(name: "averaging", found: "\(averaging)", expected: "0 to 1000 epochs")
    }
    return self
  }

  public func shape(features: Int) throws(ModelsError) -> NetworkShape {
    try NetworkShape(window: window, features: features, recurrent: recurrent, dense: dense)
  }

  /// Which of so many windows are learned from: every `stride`-th, the latest first, in order.
  public func budgeted(_ windows: [Int]) -> [Int] {
    let chosen = Swift.stride(from: windows.count - 1, through: 0, by: -stride)
      .prefix(mostWindows ?? windows.count)
    return chosen.reversed().map { windows[$0] }
  }
}

/// Where chance comes from, apart for what it is used for: a change of one leaves the others as they were.
public struct NetworkSeeds: Hashable, Sendable {
  public var weights: UInt64
  public var order: UInt64
  public var dropout: UInt64

  public init(weights: UInt64 = 1, order: UInt64 = 2, dropout: UInt64 = 3) {
    self.weights = weights
    self.order = order
    self.dropout = dropout
  }

  /// The order in which an epoch, the first being 0, goes through so many windows.
  public func order(of windows: Int, epoch: Int) -> [Int32] {
    var generator = Xoshiro256(seed: order).split(stream: UInt64(epoch))
    return generator.permutation(windows).map { Int32($0) }
  }

  /// The seeds of one of several networks; the first has these themselves.
  func of(member: Int) -> NetworkSeeds {
    guard member > 0 else { return self }
    func seed(_ seed: UInt64) -> UInt64 {
      var generator = Xoshiro256(seed: seed).split(stream: UInt64(member))
      return generator.next()
    }
    return NetworkSeeds(weights: seed(weights), order: seed(order), dropout: seed(dropout))
  }
}
