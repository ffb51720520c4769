/// Skewness and excess kurtosis of the last `count` values, from sums of powers of distances.
///
/// The pivot is the window's mean when the sums were last built; they are built anew before the
/// mean has wandered so far that the fourth powers would cost more than three digits.
struct WindowShape: MovingWindow {
  let count: Int
  private let scale: Double
  private let trust: Double
  private var pivot = 0.0
  private var sums = SIMD4<Double>(repeating: .nan)
  private var peak = 0.0
  var fuse: Int

  init(count: Int) {
    self.count = count
    scale = 1 / Double(count)
    trust = 1 / 32
    fuse = count
  }

  @inline(__always)
  mutating func exchange(_ leaving: Double, for entering: Double) {
    sums += Self.powers(entering - pivot) - Self.powers(leaving - pivot)
    peak = sums[1] > peak ? sums[1] : peak
  }

  var isWorn: Bool { squares < peak * trust }

  @inline(__always)
  private static func powers(_ distance: Double) -> SIMD4<Double> {
    let square = distance * distance
    return SIMD4(distance, square, square * distance, square * square)
  }

  static func built(_ now: Reading, count: Int) -> WindowShape {
    var fresh = WindowShape(count: count)
    var wander = 0.0
    for back in 0..<count { wander += now[-back] - now[0] }
    fresh.pivot = now[0] + wander * fresh.scale
    fresh.sums = SIMD4(repeating: 0)
    for back in 0..<count { fresh.sums += powers(now[-back] - fresh.pivot) }
    fresh.peak = fresh.sums[1]
    return fresh
  }

  /// Σ (value − mean)².
  private var squares: Double { sums[1] - sums[0] * sums[0] * scale }

  /// The sample's skewness, corrected for its size; 0 where nothing moves or fewer than three are.
  var skewness: Double {
    let squares = squares
    guard !squares.isNaN else { return .nan }
    guard squares > 0, count > 2 else { return 0 }
    let mean = sums[0] * scale
    let cubes = sums[2] - 3 * mean * sums[1] + 2 * Double(count) * mean * mean * mean
    let variance = squares * scale
    let number = Double(count)
    return (number * (number - 1)).squareRoot() / (number - 2) * cubes * scale
      / (variance * variance.squareRoot())
  }

  /// The sample's excess kurtosis, corrected for its size; 0 where nothing moves or fewer than four
  /// are.
  var kurtosis: Double {
    let squares = squares
    guard !squares.isNaN else { return .nan }
    guard squares > 0, count > 3 else { return 0 }
    let mean = sums[0] * scale
    let number = Double(count)
    let fourths =
      sums[3] - 4 * mean * sums[2] + 6 * mean * mean * sums[1] - 3 * number * mean * mean * mean
      * mean
    let peakedness = (number + 1) * number * fourths / (squares * squares) - 3 * (number - 1)
    return (number - 1) / ((number - 2) * (number - 3)) * peakedness
  }
}

struct Skewness: WindowReading {
  var window: WindowShape
  var figure: Double { window.skewness }
}

struct Kurtosis: WindowReading {
  var window: WindowShape
  var figure: Double { window.kurtosis }
}

extension Operation {
  static func skewness(_ count: Int) -> Operation { Skewness.operation("skewness", count) }

  static func kurtosis(_ count: Int) -> Operation { Kurtosis.operation("kurtosis", count) }
}
