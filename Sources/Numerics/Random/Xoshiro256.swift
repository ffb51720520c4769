/// The system's generator (xoshiro256**): every random number comes from a seeded one of these,
/// and the way from bits to numbers is written here, so that it is the same everywhere, always.
public struct Xoshiro256: RandomNumberGenerator, Equatable, Sendable {
  private var a: UInt64
  private var b: UInt64
  private var c: UInt64
  private var d: UInt64

  public init(seed: UInt64) {
    var seeds = SplitMix64(seed: seed)
    (a, b, c, d) = (seeds.next(), seeds.next(), seeds.next(), seeds.next())
  }

  public mutating func next() -> UInt64 {
    let product = b &* 5
    let result = (product << 7 | product >> 57) &* 9
    let shifted = b << 17
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = d << 45 | d >> 19
    return result
  }

  /// An independent generator for part `stream` of the work, whatever this one draws later.
  ///
  /// It depends on the present state and the number alone, so parts may be done in any order.
  public func split(stream: UInt64) -> Xoshiro256 {
    var hash = SplitMix64.mixed(stream &+ 0x632B_E59B_D9B4_E019)
    for word in [a, b, c, d] { hash = SplitMix64.mixed(hash ^ word) &+ 0x9E37_79B9_7F4A_7C15 }
    return Xoshiro256(seed: hash)
  }
}

extension Xoshiro256 {
  /// A double in 0 ..< 1, a multiple of 2^-53.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  public mutating func uniform(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// A whole number in 0 ..< bound, without bias (Lemire's multiplication with rejection).
  public mutating func int(below bound: Int) -> Int {
    precondition(bound > 0, "a bound must be positive")
    let bound = UInt64(bound)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let least = (0 &- bound) % bound
      while product.low < least { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  public mutating func int(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + int(below: range.upperBound - range.lowerBound + 1)
  }

  public mutating func bool(probability: Double = 0.5) -> Bool {
    uniform() < probability
  }

  /// Shuffles in place, from the end (Fisher and Yates).
  public mutating func shuffle(_ items: inout [Int]) {
    for index in stride(from: items.count - 1, to: 0, by: -1) {
      items.swapAt(index, int(below: index + 1))
    }
  }

  /// The numbers 0 ..< count in random order.
  public mutating func permutation(_ count: Int) -> [Int] {
    var items = Array(0..<count)
    shuffle(&items)
    return items
  }

  /// `count` different numbers of 0 ..< total, in random order.
  public mutating func sample(_ count: Int, of total: Int) -> [Int] {
    precondition(0 <= count && count <= total, "a sample is no larger than the whole")
    var items = Array(0..<total)
    for index in 0..<count { items.swapAt(index, index + int(below: total - index)) }
    return Array(items.prefix(count))
  }
}

extension Xoshiro256 {
  /// A standard normal number (Marsaglia's polar method; its twin is dropped to keep the state small).
  public mutating func normal() -> Double {
    while true {
      let x = 2 * uniform() - 1
      let y = 2 * uniform() - 1
      let square = x * x + y * y
      guard square < 1, square > 0 else { continue }
      return x * (-2 * log(square) / square).squareRoot()
    }
  }

  public mutating func exponential() -> Double {
    -log1p(-uniform())
  }

  /// A gamma number of the given shape and scale one (Marsaglia and Tsang's squeeze).
  public mutating func gamma(shape: Double) -> Double {
    precondition(shape > 0, "the shape of a gamma distribution is positive")
    if shape < 1 {
      let power = pow(1 - uniform(), 1 / shape)
      return gamma(shape: shape + 1) * power
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      let u = 1 - uniform()
      if log(u) < 0.5 * x * x + d - d * v + d * log(v) { return d * v }
    }
  }

  /// A Student-t number: a normal one over the root of a chi-square one per degree.
  public mutating func studentT(degrees: Double) -> Double {
    let z = normal()
    return z / (2 * gamma(shape: degrees / 2) / degrees).squareRoot()
  }
}
