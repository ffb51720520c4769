/// Mean and spread of the last `count` values, as sums of distances from a pivot that is one of
/// them.
///
/// The pivot keeps the sums as small as the spread, so that a price of 4,000 does not cost the
/// digits of a deviation of 0.001, and it makes a flat window's spread exactly zero. Whenever the
/// spread has become small beside what the sums once held, they are built anew around the newest
/// value.
struct WindowSpread {
  let count: Int
  private let scale: Double
  private let trust: Double
  private var pivot = 0.0
  private var first = Double.nan
  private var second = Double.nan
  private var peak = 0.0
  private var fuse: Int

  init(count: Int) {
    self.count = count
    scale = 1 / Double(count)
    // Right after a renewal second ≤ count × the squares around the mean, so this can always be
    // met.
    trust = min(0.000_1, scale / 16)
    fuse = count
  }

  /// The newest value's distance from the window's mean, and the sum of squared distances from that
  /// mean.
  @inline(__always)
  mutating func spread(_ now: Reading) -> (distance: Double, squares: Double) {
    let entering = now[0]
    fuse &-= 1
    guard fuse != 0, isSound(entering) else { return renew(now) }
    let gained = entering - pivot
    let given = now[-count] - pivot
    first += gained - given
    second += (gained - given) * (gained + given)
    peak = second > peak ? second : peak
    let squares = second - first * first * scale
    guard squares < peak * trust else { return (gained - first * scale, squares) }
    return renew(now)
  }

  @inline(__always)
  private mutating func renew(_ now: Reading) -> (distance: Double, squares: Double) {
    self = renewed(now)
    let squares = second - first * first * scale
    return (-first * scale, squares < 0 ? 0 : squares)
  }

  /// The sums of the window as it stands, around its newest value.
  @inline(never)
  private func renewed(_ now: Reading) -> WindowSpread {
    var fresh = WindowSpread(count: count)
    guard isSound(now[0]) else { return fresh }
    fresh.pivot = now[0]
    (fresh.first, fresh.second, fresh.fuse) = (0, 0, renewalBars(count))
    for back in 1..<max(count, 1) {
      let distance = now[-back] - fresh.pivot
      fresh.first += distance
      fresh.second += distance * distance
    }
    fresh.peak = fresh.second
    return fresh
  }
}

/// The population standard deviation of the last `count` values.
struct Deviation: UnaryOperator {
  private var window: WindowSpread

  init(count: Int) { window = WindowSpread(count: count) }

  @inline(__always)
  mutating func update(_ now: Reading, _: UnsafeMutablePointer<Double>) -> Double {
    (window.spread(now).squares / Double(window.count)).squareRoot()
  }
}

/// The standard deviation of the window as a sample of something larger; one value has none.
struct SampleDeviation: UnaryOperator {
  private var window: WindowSpread

  init(count: Int) { window = WindowSpread(count: count) }

  @inline(__always)
  mutating func update(_ now: Reading, _: UnsafeMutablePointer<Double>) -> Double {
    (window.spread(now).squares / Double(max(window.count - 1, 1))).squareRoot()
  }
}

/// How many standard deviations the newest value lies from its window's mean; 0 in a flat window.
struct Score: UnaryOperator {
  private var window: WindowSpread

  init(count: Int) { window = WindowSpread(count: count) }

  @inline(__always)
  mutating func update(_ now: Reading, _: UnsafeMutablePointer<Double>) -> Double {
    let (distance, squares) = window.spread(now)
    return squares == 0 ? 0 : distance / (squares / Double(window.count)).squareRoot()
  }
}

extension Operation {
  static func deviation(_ count: Int) -> Operation {
    .window("deviation", count) { Deviation(count: count) }
  }

  static func sampleDeviation(_ count: Int) -> Operation {
    .window("sampleDeviation", count) { SampleDeviation(count: count) }
  }

  static func score(_ count: Int) -> Operation {
    .window("score", count) { Score(count: count) }
  }
}
