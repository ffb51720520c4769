/// The sum of the last `count` values, compensated: what rounding drops from `sum` is kept in
/// `lost`.
///
/// `fuse` counts the bars until the sum is built anew from the window. An absent value makes the
/// sum NaN, which carries itself forward, and sets the fuse to the bar on which the value has left.
struct WindowSum {
  let count: Int
  private var sum = Double.nan
  private var lost = 0.0
  private var fuse: Int

  init(count: Int) {
    self.count = count
    fuse = count
  }

  @inline(__always)
  mutating func total(_ now: Reading) -> Double {
    let entering = now[0]
    fuse &-= 1
    guard fuse != 0, isSound(entering) else { return renew(now) }
    let leaving = now[0 &- count]
    let change = exactSum(entering, -leaving)
    let moved = exactSum(sum, change.sum)
    sum = moved.sum
    lost += change.error + moved.error
    let total = sum + lost
    // A giant that leaves takes the small values' last bits along: build them anew.
    guard abs(leaving) * 0x1p-40 > abs(total) + abs(entering) else { return total }
    return renew(now)
  }

  @inline(__always)
  private mutating func renew(_ now: Reading) -> Double {
    self = renewed(now)
    return sum + lost
  }

  /// The sum of the window as it stands. It returns a value, as a mutating call would drive the
  /// state out of the registers of the whole loop.
  @inline(never)
  private func renewed(_ now: Reading) -> WindowSum {
    var fresh = WindowSum(count: count)
    guard isSound(now[0]) else { return fresh }
    fresh.fuse = renewalBars(count)
    fresh.sum = 0
    for back in 0..<count {
      let moved = exactSum(fresh.sum, now[back + 1 - count])
      fresh.sum = moved.sum
      fresh.lost += moved.error
    }
    return fresh
  }
}

/// The rounded sum of two numbers and exactly what the rounding dropped.
@inline(__always)
func exactSum(_ left: Double, _ right: Double) -> (sum: Double, error: Double) {
  let sum = left + right
  let rightPart = sum - left
  return (sum, (left - (sum - rightPart)) + (right - rightPart))
}

struct Sum: UnaryOperator {
  private var window: WindowSum

  init(count: Int) { window = WindowSum(count: count) }

  @inline(__always)
  mutating func update(_ now: Reading, _: UnsafeMutablePointer<Double>) -> Double {
    window.total(now)
  }
}

struct Mean: UnaryOperator {
  private var window: WindowSum

  init(count: Int) { window = WindowSum(count: count) }

  @inline(__always)
  mutating func update(_ now: Reading, _: UnsafeMutablePointer<Double>) -> Double {
    window.total(now) / Double(window.count)
  }
}

extension Operation {
  static func sum(_ count: Int) -> Operation { .window("sum", count) { Sum(count: count) } }

  static func mean(_ count: Int) -> Operation { .window("mean", count) { Mean(count: count) } }

  /// What all running windows have in common: they read the value that leaves them.
  static func window(
    _ name: String, _ count: Int, begin: @escaping @Sendable () -> any Operator
  ) -> Operation {
    Operation(name, [Double(count)], reach: count, silence: count - 1, begin: begin)
  }
}
