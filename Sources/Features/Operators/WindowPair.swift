/// How two series move together over the last `count` bars: sums of distances from two pivots, as
/// in `WindowSpread`.
struct WindowPair {
  let count: Int
  private let scale: Double
  private let trust: Double
  private var pivots = (left: 0.0, right: 0.0)
  private var firsts = (left: Double.nan, right: Double.nan)
  private var seconds = (left: Double.nan, right: Double.nan)
  private var product = Double.nan
  private var peaks = (left: 0.0, right: 0.0)
  private var fuse: Int

  init(count: Int) {
    self.count = count
    scale = 1 / Double(count)
    trust = min(0.000_1, scale / 16)
    fuse = count
  }

  @inline(__always)
  mutating func move(_ left: Reading, _ right: Reading) {
    fuse &-= 1
    guard fuse != 0, isSound(left[0]), isSound(right[0]) else {
      self = renewed(left, right)
      return
    }
    let gained = (left: left[0] - pivots.left, right: right[0] - pivots.right)
    let given = (left: left[-count] - pivots.left, right: right[-count] - pivots.right)
    firsts.left += gained.left - given.left
    firsts.right += gained.right - given.right
    seconds.left += (gained.left - given.left) * (gained.left + given.left)
    seconds.right += (gained.right - given.right) * (gained.right + given.right)
    product += gained.left * gained.right - given.left * given.right
    peaks.left = seconds.left > peaks.left ? seconds.left : peaks.left
    peaks.right = seconds.right > peaks.right ? seconds.right : peaks.right
    guard spreads.left < peaks.left * trust || spreads.right < peaks.right * trust else { return }
    self = renewed(left, right)
  }

  @inline(never)
  private func renewed(_ left: Reading, _ right: Reading) -> WindowPair {
    var fresh = WindowPair(count: count)
    guard isSound(left[0]), isSound(right[0]) else { return fresh }
    fresh.pivots = (left[0], right[0])
    (fresh.firsts, fresh.seconds, fresh.product) = ((0, 0), (0, 0), 0)
    fresh.fuse = renewalBars(count)
    for back in 1..<max(count, 1) {
      let distance = (left: left[-back] - left[0], right: right[-back] - right[0])
      fresh.firsts.left += distance.left
      fresh.firsts.right += distance.right
      fresh.seconds.left += distance.left * distance.left
      fresh.seconds.right += distance.right * distance.right
      fresh.product += distance.left * distance.right
    }
    fresh.peaks = fresh.seconds
    return fresh
  }

  private var spreads: (left: Double, right: Double) {
    (
      seconds.left - firsts.left * firsts.left * scale,
      seconds.right - firsts.right * firsts.right * scale
    )
  }

  /// Σ of the products of both distances from their means.
  private var common: Double { product - firsts.left * firsts.right * scale }

  var covariance: Double { common * scale }

  /// 0 where either stands still.
  var correlation: Double {
    let spreads = spreads
    guard spreads.left > 0, spreads.right > 0 else {
      return spreads.left.isNaN || spreads.right.isNaN ? .nan : 0
    }
    let value = common / spreads.left.squareRoot() / spreads.right.squareRoot()
    return value > 1 ? 1 : value < -1 ? -1 : value
  }
}

struct Correlation: BinaryOperator {
  var window: WindowPair

  @inline(__always)
  mutating func update(_ left: Reading, _ right: Reading) -> Double {
    window.move(left, right)
    return window.correlation
  }
}

/// The population covariance, as `std` is the population's.
struct Covariance: BinaryOperator {
  var window: WindowPair

  @inline(__always)
  mutating func update(_ left: Reading, _ right: Reading) -> Double {
    window.move(left, right)
    return window.covariance
  }
}

extension Operation {
  static func correlation(_ count: Int) -> Operation {
    .window("correlation", count) { Correlation(window: WindowPair(count: count)) }
  }

  static func covariance(_ count: Int) -> Operation {
    .window("covariance", count) { Covariance(window: WindowPair(count: count)) }
  }
}
