/// The stationary bootstrap (Politis and Romano): blocks of random length, wrapped around.
public enum Bootstrap {
  /// Indices into a series of `count`: each is the next one of its block, or with probability
  /// 1 / `meanBlock` a fresh start anywhere.
  public static func stationary(
    count: Int, meanBlock: Double, using generator: inout Xoshiro256
  ) -> [Int] {
    var indices = [Int](repeating: 0, count: count)
    stationary(into: &indices, meanBlock: meanBlock, using: &generator)
    return indices
  }

  /// The same into an array that is used again for each draw.
  public static func stationary(
    into indices: inout [Int], meanBlock: Double, using generator: inout Xoshiro256
  ) {
    precondition(meanBlock >= 1, "a mean block holds at least one element")
    let count = indices.count
    guard count > 0 else { return }
    let restart = 1 / meanBlock
    var index = generator.int(below: count)
    for place in 0..<count {
      if place > 0 {
        let isFresh = generator.uniform() < restart
        index = isFresh ? generator.int(below: count) : index + 1 == count ? 0 : index + 1
      }
      indices[place] = index
    }
  }

  /// The percentile interval that holds `confidence` of the draws, half of the rest on each side.
  public static func interval(_ draws: [Double], confidence: Double) -> ClosedRange<Double> {
    let sorted = draws.sorted()
    let tail = (1 - confidence) / 2
    let low = Statistics.quantile(sorted: sorted, tail)
    return low...max(low, Statistics.quantile(sorted: sorted, 1 - tail))
  }
}
