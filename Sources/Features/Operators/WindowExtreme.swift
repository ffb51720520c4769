/// The largest of the last `count` values times `sign`: a maximum for 1, a minimum for −1.
///
/// Every `count` bars the window's suffix maxima are written to the scratch memory; in between, the
/// extreme is the larger of one of them and the maximum since. Constant work per bar for any
/// window.
struct WindowExtreme: UnaryOperator {
  let count: Int
  let sign: Double
  private var since = Double.nan
  private var fuse: Int

  init(count: Int, sign: Double) {
    self.count = count
    self.sign = sign
    fuse = count
  }

  @inline(__always)
  mutating func update(_ now: Reading, _ scratch: UnsafeMutablePointer<Double>) -> Double {
    let entering = now[0] * sign
    fuse &-= 1
    guard fuse != 0, isSound(entering) else {
      self = renewed(now, scratch)
      return scratch[0] * sign
    }
    // A NaN in `since` loses no comparison and so silences the window until the fuse ends.
    since = entering > since ? entering : since
    let before = scratch[fuse]
    return (before > since ? before : since) * sign
  }

  /// scratch[k] becomes the largest of the newest k values of the present window, scratch[0] that
  /// of all.
  @inline(never)
  private func renewed(
    _ now: Reading, _ scratch: UnsafeMutablePointer<Double>
  ) -> WindowExtreme {
    var fresh = WindowExtreme(count: count, sign: sign)
    guard isSound(now[0]) else {
      scratch[0] = .nan
      return fresh
    }
    fresh.since = -.infinity
    var best = -Double.infinity
    for back in 0..<count {
      scratch[back] = best
      let value = now[-back] * sign
      best = value > best ? value : best
    }
    scratch[0] = best
    return fresh
  }
}

extension Operation {
  static func highest(_ count: Int) -> Operation { extreme("highest", count, sign: 1) }

  static func lowest(_ count: Int) -> Operation { extreme("lowest", count, sign: -1) }

  private static func extreme(_ name: String, _ count: Int, sign: Double) -> Operation {
    Operation(
      name, [Double(count)], reach: count - 1, scratch: count, silence: count - 1
    ) { WindowExtreme(count: count, sign: sign) }
  }
}
