/// The straight line through the last `count` values against their place, by least squares.
///
/// Sums of distances from a pivot, as in `WindowSpread`, and of distances times their place, which
/// is 0 for the oldest: when the window moves on, every place falls by one, so that sum falls by
/// the sum of the distances.
struct WindowLine {
  let count: Int
  private let scale: Double
  private let trust: Double
  private var pivot = 0.0
  private var newest = 0.0
  private var first = Double.nan
  private var second = Double.nan
  private var placed = Double.nan
  private var peak = 0.0
  private var fuse: Int

  init(count: Int) {
    self.count = count
    scale = 1 / Double(count)
    trust = min(0.000_1, scale / 16)
    fuse = count
  }

  @inline(__always)
  mutating func move(_ now: Reading) {
    let entering = now[0]
    fuse &-= 1
    guard fuse != 0, isSound(entering) else {
      self = renewed(now)
      return
    }
    newest = entering - pivot
    let given = now[-count] - pivot
    placed += Double(count - 1) * newest - (first - given)
    first += newest - given
    second += (newest - given) * (newest + given)
    peak = second > peak ? second : peak
    guard second - first * first * scale < peak * trust else { return }
    self = renewed(now)
  }

  @inline(never)
  private func renewed(_ now: Reading) -> WindowLine {
    var fresh = WindowLine(count: count)
    guard isSound(now[0]) else { return fresh }
    fresh.pivot = now[0]
    (fresh.first, fresh.second, fresh.placed) = (0, 0, 0)
    fresh.fuse = renewalBars(count)
    for place in 0..<count {
      let distance = now[place + 1 - count] - fresh.pivot
      fresh.first += distance
      fresh.second += distance * distance
      fresh.placed += Double(place) * distance
    }
    fresh.peak = fresh.second
    return fresh
  }

  /// Σ (place − its mean)².
  private var placeSquares: Double {
    let count = Double(count)
    return count * (count * count - 1) / 12
  }

  /// Σ (place − its mean) × value.
  private var products: Double { placed - Double(count - 1) / 2 * first }

  /// The rise per bar; one value has none.
  var slope: Double { count == 1 ? first * 0 : products / placeSquares }

  /// The share of the spread that the line explains; of no spread, nothing.
  var share: Double {
    let squares = second - first * first * scale
    guard !squares.isNaN else { return .nan }
    guard squares > 0, count > 1 else { return 0 }
    let share = products * products / (placeSquares * squares)
    return share < 1 ? share : 1
  }

  /// How far the newest value lies above the line.
  var residual: Double { newest - first * scale - slope * Double(count - 1) / 2 }

  /// The mean with weights 1, 2 … count, the newest the heaviest.
  var weighted: Double { pivot + 2 * scale * (placed + first) / Double(count + 1) }
}

struct Slope: UnaryOperator {
  var window: WindowLine

  @inline(__always)
  mutating func update(_ now: Reading, _: UnsafeMutablePointer<Double>) -> Double {
    window.move(now)
    return window.slope
  }
}

struct LineShare: UnaryOperator {
  var window: WindowLine

  @inline(__always)
  mutating func update(_ now: Reading, _: UnsafeMutablePointer<Double>) -> Double {
    window.move(now)
    return window.share
  }
}

struct Residual: UnaryOperator {
  var window: WindowLine

  @inline(__always)
  mutating func update(_ now: Reading, _: UnsafeMutablePointer<Double>) -> Double {
    window.move(now)
    return window.residual
  }
}

struct WeightedMean: UnaryOperator {
  var window: WindowLine

  @inline(__always)
  mutating func update(_ now: Reading, _: UnsafeMutablePointer<Double>) -> Double {
    window.move(now)
    return window.weighted
  }
}

extension Operation {
  static func slope(_ count: Int) -> Operation {
    .window("slope", count) { Slope(window: WindowLine(count: count)) }
  }

  static func lineShare(_ count: Int) -> Operation {
    .window("lineShare", count) { LineShare(window: WindowLine(count: count)) }
  }

  static func residual(_ count: Int) -> Operation {
    .window("residual", count) { Residual(window: WindowLine(count: count)) }
  }

  static func weightedMean(_ count: Int) -> Operation {
    .window("weightedMean", count) { WeightedMean(window: WindowLine(count: count)) }
  }
}
