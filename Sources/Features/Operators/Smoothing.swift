/// An exponential mean: seeded with the mean of the first `count` values, then
/// mean ← (1 − weight) × mean + weight × value, the mean's product fused. A recipe runs several at once, as a `SmoothingGroup`.
struct Smoothing: UnaryOperator {
  let count: Int
  let weight: Double
  let keep: Double
  var mean = 0.0
  private var seen = 0

  /// `weight` is 2 ÷ (count + 1) for an EMA and 1 ÷ count for Wilder's.
  init(count: Int, weight: Double) {
    self.count = count
    self.weight = weight
    keep = 1 - weight
  }

  /// Whether the first mean is there.
  var hasBegun: Bool { seen == count }

  @inline(__always)
  mutating func update(_ now: Reading, _: UnsafeMutablePointer<Double>) -> Double {
    let value = now[0]
    guard isSound(value) else { return .nan }
    guard seen == count else { return seeded(value) }
    mean = (weight * value).addingProduct(keep, mean)
    return mean
  }

  @inline(__always)
  private mutating func seeded(_ value: Double) -> Double {
    seen += 1
    mean += value
    guard seen == count else { return .nan }
    mean /= Double(count)
    return mean
  }
}

extension Operation {
  static func ema(_ count: Int) -> Operation {
    smoothing("ema", count, weight: 2 / Double(count + 1))
  }

  static func wilder(_ count: Int) -> Operation {
    smoothing("wilder", count, weight: 1 / Double(count))
  }

  /// Seeded over `count` values, then any weight.
  static func smoothing(_ count: Int, weight: Double) -> Operation {
    smoothing("smoothing", count, weight: weight)
  }

  private static func smoothing(_ name: String, _ count: Int, weight: Double) -> Operation {
    Operation(name, [Double(count), weight], silence: count - 1, fading: 1 - weight) {
      Smoothing(count: count, weight: weight)
    }
  }
}
