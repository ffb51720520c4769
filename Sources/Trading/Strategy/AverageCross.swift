import Market

/// Long while a fast moving average of closes is above a slow one, short while below: the yardstick of engines.
public struct AverageCross: Sendable {
  private let fast: Int
  private let slow: Int
  private let lots: Int64
  private(set) var targets: [Int64]
  /// The last `slow` closes of each instrument, in grid units, as a ring.
  private var closes: [Int64]
  private var seen: [Int]
  private var fastSums: [Int64]
  private var slowSums: [Int64]

  static let none = AverageCross(fast: 1, slow: 2, lots: 1, instruments: 0)

  public init(fast: Int, slow: Int, lots: Int64, instruments: Int) {
    precondition(0 < fast && fast < slow && lots > 0, "the fast average is the shorter one")
    self.fast = fast
    self.slow = slow
    self.lots = lots
    targets = Array(repeating: 0, count: instruments)
    closes = Array(repeating: 0, count: instruments * slow)
    seen = Array(repeating: 0, count: instruments)
    fastSums = targets
    slowSums = targets
  }

  /// The side is kept until the new contract has bars enough for its own averages.
  mutating func carry(from old: InstrumentIndex, to new: InstrumentIndex) {
    targets[new.value] = targets[old.value]
    targets[old.value] = 0
  }

  /// Begins the averages of an instrument anew; its side is kept until they are full.
  mutating func forget(_ instrument: InstrumentIndex) {
    seen[instrument.value] = 0
    fastSums[instrument.value] = 0
    slowSums[instrument.value] = 0
  }

  mutating func see(_ bar: Bar) {
    let index = bar.instrument.value
    let count = seen[index]
    let base = index * slow
    if count >= fast { fastSums[index] -= closes[base + (count - fast) % slow] }
    if count >= slow { slowSums[index] -= closes[base + count % slow] }
    closes[base + count % slow] = bar.close.units
    fastSums[index] += bar.close.units
    slowSums[index] += bar.close.units
    seen[index] = count + 1
    guard count + 1 >= slow else { return }
    // Averages compared without dividing: exact.
    let lead = fastSums[index] * Int64(slow) - slowSums[index] * Int64(fast)
    targets[index] = lead.signum() * lots
  }
}
