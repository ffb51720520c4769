internal import CKernels

/// What each bar hands to the next. The state is kept as the kernels want it.
extension MovingKernels {
  /// mean ← keep × mean + weight × value, fused, and where the values and the answers stand, counted from
  /// the present bar.
  public struct Mean: Sendable, BitwiseCopyable {
    public let keep, weight: Double
    public var mean: Double
    public let values, answers: Int64

    @inlinable
    public init(keep: Double, weight: Double, mean: Double, values: Int, answers: Int) {
      (self.keep, self.weight, self.mean) = (keep, weight, mean)
      (self.values, self.answers) = (Int64(values), Int64(answers))
    }
  }

  /// The first `count` of four means side by side.
  public static func carry(
    _ means: inout InlineArray<4, Mean>, count: Int, over here: UnsafeMutablePointer<Double>,
    rows: Int
  ) {
    unsafe withUnsafeMutableBytes(of: &means) { memory in
      let means = unsafe memory.assumingMemoryBound(to: kernels_mean.self)
      unsafe kernels_series_means(here, means.baseAddress, count, rows)
    }
  }

  /// Wilder's parabolic stop, rising towards the top since its last turn or falling towards the bottom.
  public struct Stop: Sendable, BitwiseCopyable {
    public let step, limit: Double
    public var stop = 0.0
    public var top = 0.0
    public var bottom = 0.0
    public var speed: Double
    private var rises: Int64 = 1
    private let tellsSide: Int64

    public init(step: Double, limit: Double, tellsSide: Bool) {
      (self.step, self.limit, speed) = (step, limit, step)
      self.tellsSide = tellsSide ? 1 : 0
    }

    public var isRising: Bool {
      get { rises != 0 }
      set { rises = newValue ? 1 : 0 }
    }

    /// The stop, or whether it rises, of bars that each have two sound ones before them.
    public mutating func carry(
      high: UnsafePointer<Double>, low: UnsafePointer<Double>, rows: Int,
      into answers: UnsafeMutablePointer<Double>
    ) {
      unsafe withUnsafeMutableBytes(of: &self) { memory in
        let state = unsafe memory.assumingMemoryBound(to: kernels_stop.self)
        unsafe kernels_series_stops(high, low, rows, state.baseAddress, answers)
      }
    }
  }
}
