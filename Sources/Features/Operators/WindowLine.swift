/// The straight line through the last `count` values against their place, by least squares.
///
/// Sums of distances from a pivot, as in `WindowSpread`, and of distances times their place, which
/// is 0 for the oldest: when the window moves on, every place falls by one, so that sum falls by
/// the sum of the distances.
struct WindowLine: MovingWindow {
  let count: Int
  private let scale: Double
  private let trust: Double
  private var pivot = 0.0
  private var newest = 0.0
  private var first = Double.nan
  private var second = Double.nan
  private var placed = Double.nan
  private var peak = 0.0
  var fuse: Int

  init(count: Int) {
    self.count = count
    scale = 1 / Double(count)
    trust = min(0.000_1, scale / 16)
    fuse = count
  }

  @inline(__always)
  mutating func exchange(_ leaving: Double, for entering: Double) {
    newest = entering - pivot
    let given = leaving - pivot
    placed += Double(count - 1) * newest - (first - given)
    first += newest - given
    second += (newest - given) * (newest + given)
    peak = second > peak ? second : peak
  }

  var isWorn: Bool { second - first * first * scale < peak * trust }

  static func built(_ now: Reading, count: Int) -> WindowLine {
    var fresh = WindowLine(count: count)
    fresh.pivot = now[0]
    (fresh.first, fresh.second, fresh.placed) = (0, 0, 0)
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

struct Slope: WindowReading {
  var window: WindowLine
  var figure: Double { window.slope }
}

struct LineShare: WindowReading {
  var window: WindowLine
  var figure: Double { window.share }
}

struct Residual: WindowReading {
  var window: WindowLine
  var figure: Double { window.residual }
}

struct WeightedMean: WindowReading {
  var window: WindowLine
  var figure: Double { window.weighted }
}

extension Operation {
  static func slope(_ count: Int) -> Operation { Slope.operation("slope", count) }

  static func lineShare(_ count: Int) -> Operation { LineShare.operation("lineShare", count) }

  static func residual(_ count: Int) -> Operation { Residual.operation("residual", count) }

  static func weightedMean(_ count: Int) -> Operation {
    WeightedMean.operation("weightedMean", count)
  }
}
