internal import CKernels

/// Windows moved over several bars of a series at once: `now` points at the first of them, with the past
/// before it. What a bar gets is what it would get alone, to the bit.
public enum MovingKernels {
  /// Bars that one call of `strengths` takes at most.
  public static let mostRows = 64

  /// Whether all values, and the differences of any two, lie below 2^240 in size; none is NaN then.
  public static func areSound(_ values: UnsafePointer<Double>, _ rows: Int) -> Bool {
    unsafe kernels_series_sound(values, rows) != 0
  }

  /// A window whose values are taken as distances from one of them, the pivot, so that sums are no larger
  /// than its spread: what is left of the values before the pivot, added up backwards, and those since.
  /// Nothing is ever taken off a sum, so what has left the window leaves nothing behind.
  public struct Window: Sendable, BitwiseCopyable {
    public let count: Int
    private var pivot = 0.0
    private var first = 0.0
    private var second = 0.0
    /// Bars until the newest value becomes the pivot.
    private var left: Int64 = 0

    public init(count: Int) { self.count = count }

    /// level × pivot + scale × the sum of distances from it: the mean for 1 and 1 ÷ count. Absent where a
    /// value of the window is. `parts` has room for `count` numbers and is part of the state.
    public mutating func sums(
      _ now: UnsafePointer<Double>, rows: Int, parts: UnsafeMutablePointer<Double>,
      level: Double, scale: Double, into answers: UnsafeMutablePointer<Double>
    ) {
      var state = state
      unsafe kernels_series_sums(now, count, rows, &state, parts, level, scale, answers)
      self.state = state
    }

    /// The newest values' distances from their windows' means, and the windows' squared distances from them
    /// added up. `parts` has room for twice `count` numbers.
    public mutating func spreads(
      _ now: UnsafePointer<Double>, rows: Int, parts: UnsafeMutablePointer<Double>,
      distances: UnsafeMutablePointer<Double>, squares: UnsafeMutablePointer<Double>
    ) {
      var state = state
      let scale = 1 / Double(count)
      unsafe kernels_series_spreads(now, count, rows, &state, parts, scale, distances, squares)
      self.state = state
    }

    private var state: kernels_window {
      get { kernels_window(pivot: pivot, first: first, second: second, left: left) }
      set {
        (pivot, first, second, left) = (
          newValue.pivot, newValue.first, newValue.second, newValue.left
        )
      }
    }
  }

  /// Puts the root of scale × value in each value's place.
  public static func takeRoots(
    of values: UnsafeMutablePointer<Double>, rows: Int, scale: Double
  ) {
    unsafe kernels_series_roots(scale, rows, values)
  }

  /// The largest of the last `count` values, all of them sound.
  public static func highest(
    _ now: UnsafePointer<Double>, count: Int, rows: Int, into answers: UnsafeMutablePointer<Double>
  ) {
    unsafe kernels_series_highest(now, count, rows, answers)
  }

  public static func lowest(
    _ now: UnsafePointer<Double>, count: Int, rows: Int, into answers: UnsafeMutablePointer<Double>
  ) {
    unsafe kernels_series_lowest(now, count, rows, answers)
  }

  /// The mean distance of the last `count` values from their mean.
  public static func meanDistances(
    _ now: UnsafePointer<Double>, count: Int, rows: Int, into answers: UnsafeMutablePointer<Double>
  ) {
    precondition(rows >= 4, "four bars are done at once")
    unsafe kernels_series_mean_distances(now, count, rows, answers)
  }

  /// Wilder's means of rises and falls, and the last index that moved.
  public struct Strength: Sendable, BitwiseCopyable {
    public let keep, weight: Double
    public var rises = 0.0
    public var falls = 0.0
    public var last = 50.0

    @inlinable
    public init(keep: Double, weight: Double) { (self.keep, self.weight) = (keep, weight) }
  }

  /// 100 × rises ÷ (rises + falls): the last one again where the bar did not move, 50 where none did.
  public static func strengths(
    _ now: UnsafePointer<Double>, rows: Int, _ strength: inout Strength,
    into answers: UnsafeMutablePointer<Double>
  ) {
    precondition(rows <= mostRows, "a call takes so many bars")
    var state = kernels_strength(
      keep: strength.keep, weight: strength.weight, rises: strength.rises,
      falls: strength.falls, last: strength.last)
    unsafe kernels_series_strength(now, rows, &state, answers)
    (strength.rises, strength.falls, strength.last) = (state.rises, state.falls, state.last)
  }
}
