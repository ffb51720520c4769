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
    let change = exactDifference(entering, leaving)
    let moved = exactSum(sum, change.sum)
    sum = moved.sum
    lost += change.error + moved.error
    let total = sum + lost
    // A giant that leaves takes the small values' last bits along: build them anew.
    guard abs(leaving) * 0x1p-40 > abs(total) + abs(entering) else { return total }
    return renew(now)
  }

  /// The totals of four bars, with the operations of `total` and so its bits; nothing, and nothing
  /// changed, where one of the four asks for a renewal.
  @inline(__always)
  mutating func fourTotals(_ now: Reading) -> SIMD4<Double>? {
    guard fuse > 4 else { return nil }
    let entering = four(now)
    let leaving = four(now - count)
    let change = exactDifference(entering, leaving)
    let first = sum + change.sum[0]
    let second = first + change.sum[1]
    let third = second + change.sum[2]
    let fourth = third + change.sum[3]
    let after = SIMD4(first, second, third, fourth)
    let error = change.error + droppedError(SIMD4(sum, first, second, third), change.sum, after)
    let lostFirst = lost + error[0]
    let lostSecond = lostFirst + error[1]
    let lostThird = lostSecond + error[2]
    let lostFourth = lostThird + error[3]
    let totals = after + SIMD4(lostFirst, lostSecond, lostThird, lostFourth)
    guard !isUnsound(entering), !isAbove(sizes(leaving) * 0x1p-40, sizes(totals) + sizes(entering))
    else { return nil }
    (sum, lost) = (fourth, lostFourth)
    fuse &-= 4
    return totals
  }

  /// What `figure` makes of the totals, four bars at a time where it can.
  @inline(__always)
  mutating func run(_ stretch: Stretch, _ figure: (SIMD4<Double>) -> SIMD4<Double>) {
    var row = 0
    while row < stretch.rows {
      if row &+ 4 <= stretch.rows, let totals = fourTotals(stretch.first + row) {
        UnsafeMutableRawPointer(stretch.answers + row)
          .storeBytes(of: figure(totals), as: SIMD4<Double>.self)
        row &+= 4
      } else {
        stretch.answers[row] = figure(SIMD4(repeating: total(stretch.first + row)))[0]
        row &+= 1
      }
    }
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

/// The rounded difference of two numbers and exactly what the rounding dropped.
@inline(__always)
private func exactDifference(_ left: Double, _ right: Double) -> (sum: Double, error: Double) {
  let sum = left - right
  let rightPart = sum - left
  return (sum, (left - (sum - rightPart)) - (right + rightPart))
}

/// The same of four pairs.
@inline(__always)
private func exactDifference(
  _ left: SIMD4<Double>, _ right: SIMD4<Double>
) -> (sum: SIMD4<Double>, error: SIMD4<Double>) {
  let sum = left - right
  let rightPart = sum - left
  return (sum, (left - (sum - rightPart)) - (right + rightPart))
}

@inline(__always)
private func droppedError(
  _ left: SIMD4<Double>, _ right: SIMD4<Double>, _ sum: SIMD4<Double>
) -> SIMD4<Double> {
  let rightPart = sum - left
  return (left - (sum - rightPart)) + (right - rightPart)
}

struct Sum: Operator {
  private var window: WindowSum

  init(count: Int) { window = WindowSum(count: count) }

  @inline(__always)
  mutating func run(_ stretch: Stretch) { window.run(stretch) { $0 } }
}

struct Mean: Operator {
  private var window: WindowSum

  init(count: Int) { window = WindowSum(count: count) }

  @inline(__always)
  mutating func run(_ stretch: Stretch) {
    let count = Double(window.count)
    window.run(stretch) { $0 / count }
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
