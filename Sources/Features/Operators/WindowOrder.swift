/// The last `count` values in rising order, kept in the scratch memory: found by halving, moved in
/// one piece between the place of the value that leaves and that of the one that comes.
struct WindowOrder {
  let count: Int
  /// Sound values in an unbroken run up to this bar, at most `count`.
  private var run = 0

  init(count: Int) { self.count = count }

  /// True when the window is whole.
  @inline(__always)
  mutating func move(_ now: Reading, _ sorted: UnsafeMutablePointer<Double>) -> Bool {
    let entering = now[0]
    guard isSound(entering) else {
      run = 0
      return false
    }
    if run < count {
      let place = Self.above(entering, sorted, run)
      (sorted + place + 1).update(from: sorted + place, count: run - place)
      sorted[place] = entering
      run += 1
      return run == count
    }
    replace(now[-count], by: entering, sorted)
    return true
  }

  @inline(__always)
  private func replace(
    _ leaving: Double, by entering: Double, _ sorted: UnsafeMutablePointer<Double>
  ) {
    let gap = Self.below(leaving, sorted, count)
    let place = Self.above(entering, sorted, count)
    if place > gap {
      (sorted + gap).update(from: sorted + gap + 1, count: place - gap - 1)
      sorted[place - 1] = entering
    } else {
      (sorted + place + 1).update(from: sorted + place, count: gap - place)
      sorted[place] = entering
    }
  }

  /// How many of the first values are less.
  @inline(__always)
  static func below(_ value: Double, _ sorted: UnsafePointer<Double>, _ count: Int) -> Int {
    var (low, rest) = (0, count)
    while rest > 0 {
      let half = rest / 2
      let isLess = sorted[low + half] < value
      low = isLess ? low + half + 1 : low
      rest = isLess ? rest - half - 1 : half
    }
    return low
  }

  /// How many of the first values are not greater.
  @inline(__always)
  static func above(_ value: Double, _ sorted: UnsafePointer<Double>, _ count: Int) -> Int {
    var (low, rest) = (0, count)
    while rest > 0 {
      let half = rest / 2
      let isLess = sorted[low + half] <= value
      low = isLess ? low + half + 1 : low
      rest = isLess ? rest - half - 1 : half
    }
    return low
  }
}

/// The value below which a share of the window lies, straight between neighbours.
struct Quantile: UnaryOperator {
  let share: Double
  var window: WindowOrder

  @inline(__always)
  mutating func update(_ now: Reading, _ scratch: UnsafeMutablePointer<Double>) -> Double {
    guard window.move(now, scratch) else { return .nan }
    let position = share * Double(window.count - 1)
    let place = Int(position)
    let low = scratch[place]
    let rest = position - Double(place)
    return rest == 0 ? low : low + rest * (scratch[place + 1] - low)
  }
}

/// The newest value's rank as a share of the window, 1 for the largest; equals share their ranks.
struct Rank: UnaryOperator {
  var window: WindowOrder

  @inline(__always)
  mutating func update(_ now: Reading, _ scratch: UnsafeMutablePointer<Double>) -> Double {
    guard window.move(now, scratch) else { return .nan }
    let below = WindowOrder.below(now[0], scratch, window.count)
    let upTo = WindowOrder.above(now[0], scratch, window.count)
    return Double(below + upTo + 1) / Double(2 * window.count)
  }
}

extension Operation {
  static func quantile(_ count: Int, _ share: Double) -> Operation {
    ordered("quantile", [Double(count), share]) {
      Quantile(share: share, window: WindowOrder(count: count))
    }
  }

  static func rank(_ count: Int) -> Operation {
    ordered("rank", [Double(count)]) { Rank(window: WindowOrder(count: count)) }
  }

  private static func ordered(
    _ name: String, _ numbers: [Double], begin: @escaping @Sendable () -> any Operator
  ) -> Operation {
    let count = Int(numbers[0])
    return Operation(
      name, numbers, reach: count, scratch: count, silence: count - 1, begin: begin)
  }
}
