/// Where in the last `count` values the largest times `sign` stands: 0 is the oldest; of equals the
/// oldest counts.
///
/// As in `WindowExtreme`, suffix maxima lie in the scratch memory, here each with its age when they
/// were written.
struct WindowPlace: UnaryOperator {
  let count: Int
  let sign: Double
  private var since = Double.nan
  /// The fuse's reading when `since` came.
  private var sinceFuse = 0
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
      return scratch[count]
    }
    // Without this branch an equal but younger value would win.
    if entering > since { (since, sinceFuse) = (entering, fuse) }
    guard !since.isNaN else { return .nan }
    if scratch[fuse] >= since {
      // Written `count − fuse` bars ago, so everything has moved that far towards the oldest.
      return scratch[count + fuse] - Double(count - fuse)
    }
    return Double(count - 1 - (sinceFuse - fuse))
  }

  /// scratch[k] becomes the largest of the newest k values, scratch[count + k] its place; at 0 those
  /// of all.
  @inline(never)
  private func renewed(
    _ now: Reading, _ scratch: UnsafeMutablePointer<Double>
  ) -> WindowPlace {
    var fresh = WindowPlace(count: count, sign: sign)
    guard isSound(now[0]) else {
      scratch[count] = .nan
      return fresh
    }
    fresh.since = -.infinity
    var (best, place) = (-Double.infinity, 0)
    for back in 0..<count {
      (scratch[back], scratch[count + back]) = (best, Double(place))
      let value = now[-back] * sign
      if value >= best { (best, place) = (value, count - 1 - back) }
    }
    scratch[count] = Double(place)
    return fresh
  }
}

extension Operation {
  static func highestPlace(_ count: Int) -> Operation { place("highestPlace", count, sign: 1) }

  static func lowestPlace(_ count: Int) -> Operation { place("lowestPlace", count, sign: -1) }

  private static func place(_ name: String, _ count: Int, sign: Double) -> Operation {
    Operation(
      name, [Double(count)], reach: count - 1, scratch: 2 * count, silence: count - 1
    ) { WindowPlace(count: count, sign: sign) }
  }
}
