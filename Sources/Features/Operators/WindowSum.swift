import Numerics

/// The sum of the last `count` values times `scale`, the window's pivot counting `level` times.
struct WindowSum: Operator {
  private var window: MovingKernels.Window
  private let level: Double
  private let scale: Double

  init(count: Int, level: Double, scale: Double) {
    window = MovingKernels.Window(count: count)
    (self.level, self.scale) = (level, scale)
  }

  @inline(__always)
  mutating func run(_ stretch: Stretch) {
    window.sums(
      stretch.first, rows: stretch.rows, parts: stretch.scratch, level: level, scale: scale,
      into: stretch.answers)
  }
}

extension Operation {
  static func sum(_ count: Int) -> Operation {
    windowSum("sum", count, level: Double(count), scale: 1)
  }

  static func mean(_ count: Int) -> Operation {
    windowSum("mean", count, level: 1, scale: 1 / Double(count))
  }

  private static func windowSum(
    _ name: String, _ count: Int, level: Double, scale: Double
  ) -> Operation {
    Operation(
      name, [Double(count)], reach: count - 1, scratch: count, silence: count - 1
    ) { WindowSum(count: count, level: level, scale: scale) }
  }
}
