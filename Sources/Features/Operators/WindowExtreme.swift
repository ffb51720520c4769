import Numerics

/// The largest of the last `count` values times `sign` (a maximum for 1, a minimum for −1), and where
/// it stands.
///
/// Every `count` bars the window's suffix maxima are written to the scratch memory; in between, the
/// extreme is the larger of one of them and the maximum since. Constant work per bar for any
/// window.
struct WindowExtreme {
  let count: Int
  let sign: Double
  /// Whether places are written beside the maxima, for twice the memory.
  let hasPlaces: Bool
  private(set) var since = Double.nan
  /// The fuse's reading when `since` came.
  private(set) var sinceFuse = 0
  private(set) var fuse: Int

  init(count: Int, sign: Double, hasPlaces: Bool) {
    (self.count, self.sign, self.hasPlaces) = (count, sign, hasPlaces)
    fuse = count
  }

  /// Takes the newest value; true when the suffixes were written anew, the first of which is the
  /// whole window.
  @inline(__always)
  mutating func move(_ now: Reading, _ scratch: UnsafeMutablePointer<Double>) -> Bool {
    let entering = now[0] * sign
    fuse &-= 1
    guard fuse != 0, isSound(entering) else {
      self = renewed(now, scratch)
      return true
    }
    // A NaN in `since` loses no comparison and so silences the window until the fuse ends; an equal
    // but younger value does not win.
    let isHigher = entering > since
    since = isHigher ? entering : since
    sinceFuse = isHigher ? fuse : sinceFuse
    return false
  }

  /// scratch[k] becomes the largest of the newest k values of the present window, scratch[count + k]
  /// its place counted from the oldest; at 0 those of all.
  @inline(never)
  private func renewed(
    _ now: Reading, _ scratch: UnsafeMutablePointer<Double>
  ) -> WindowExtreme {
    var fresh = WindowExtreme(count: count, sign: sign, hasPlaces: hasPlaces)
    guard isSound(now[0]) else {
      scratch[0] = .nan
      if hasPlaces { scratch[count] = .nan }
      return fresh
    }
    fresh.since = -.infinity
    var (best, place) = (-Double.infinity, 0.0)
    for back in 0..<count {
      scratch[back] = best
      if hasPlaces { scratch[count + back] = place }
      let value = now[-back] * sign
      let isHigh = value >= best
      best = isHigh ? value : best
      place = isHigh ? Double(count - 1 - back) : place
    }
    scratch[0] = best
    if hasPlaces { scratch[count] = place }
    return fresh
  }
}

/// The window's largest value times `sign`.
struct Extreme: UnaryOperator {
  var window: WindowExtreme

  @inline(__always)
  mutating func update(_ now: Reading, _ scratch: UnsafeMutablePointer<Double>) -> Double {
    if window.move(now, scratch) { return scratch[0] * window.sign }
    let (before, since) = (scratch[window.fuse], window.since)
    return (before > since ? before : since) * window.sign
  }
}

/// Where in the window the largest value times `sign` stands: 0 is the oldest; of equals the oldest
/// counts.
struct ExtremePlace: UnaryOperator {
  var window: WindowExtreme

  @inline(__always)
  mutating func update(_ now: Reading, _ scratch: UnsafeMutablePointer<Double>) -> Double {
    let count = window.count
    if window.move(now, scratch) { return scratch[count] }
    let (since, fuse) = (window.since, window.fuse)
    guard !since.isNaN else { return .nan }
    // Written `count − fuse` bars ago, so everything has moved that far towards the oldest.
    if scratch[fuse] >= since { return scratch[count + fuse] - Double(count - fuse) }
    return Double(count - 1 - (window.sinceFuse - fuse))
  }
}

/// The largest of a few values times `sign`: for so small a window looking at all of them is the
/// shortest way.
struct NearExtreme: Operator {
  let count: Int
  let sign: Double
  /// Sound values in an unbroken run up to this bar, at most `count`.
  private var streak = 0

  static let most = 8

  init(count: Int, sign: Double) { (self.count, self.sign) = (count, sign) }

  @inline(__always)
  mutating func run(_ stretch: Stretch) {
    stretch.inChunks { row, rows in
      let (now, answers) = (stretch.first + row, stretch.answers + row)
      if streak == count, areSound(now, rows) {
        if sign > 0 {
          MovingKernels.highest(now, count: count, rows: rows, into: answers)
        } else {
          MovingKernels.lowest(now, count: count, rows: rows, into: answers)
        }
      } else {
        for row in 0..<rows {
          streak = isSound(now[row]) ? min(streak &+ 1, count) : 0
          answers[row] = streak == count ? lone(now + row) : .nan
        }
      }
      return rows
    }
  }

  @inline(__always)
  private func lone(_ now: Reading) -> Double {
    var best = now[0]
    for back in 1..<max(count, 1) {
      let value = now[-back]
      best = (sign > 0 ? value > best : value < best) ? value : best
    }
    return best
  }
}

extension Operation {
  static func highest(_ count: Int) -> Operation { extreme("highest", count, sign: 1) }

  static func lowest(_ count: Int) -> Operation { extreme("lowest", count, sign: -1) }

  static func highestPlace(_ count: Int) -> Operation { place("highestPlace", count, sign: 1) }

  static func lowestPlace(_ count: Int) -> Operation { place("lowestPlace", count, sign: -1) }

  private static func extreme(_ name: String, _ count: Int, sign: Double) -> Operation {
    let isSmall = count <= NearExtreme.most
    return Operation(
      name, [Double(count)], reach: count - 1, scratch: isSmall ? 0 : count, silence: count - 1
    ) {
      if isSmall { return NearExtreme(count: count, sign: sign) }
      return Extreme(window: WindowExtreme(count: count, sign: sign, hasPlaces: false))
    }
  }

  private static func place(_ name: String, _ count: Int, sign: Double) -> Operation {
    Operation(
      name, [Double(count)], reach: count - 1, scratch: 2 * count, silence: count - 1
    ) { ExtremePlace(window: WindowExtreme(count: count, sign: sign, hasPlaces: true)) }
  }
}
