import Numerics

/// The mean distance of the last `count` values from their mean.
///
/// It knows no shorter way than the window itself, read twice in one piece; values are taken as
/// distances from the newest, so that a flat window's answer is exactly nothing.
struct MeanDistance: Operator {
  let count: Int
  /// Sound values in an unbroken run up to this bar, at most `count`.
  private var streak = 0

  init(count: Int) { self.count = count }

  @inline(__always)
  mutating func run(_ stretch: Stretch) {
    stretch.inChunks { row, rows in
      let (now, answers) = (stretch.first + row, stretch.answers + row)
      if streak == count, rows >= Chunk.least, areSound(now, rows) {
        MovingKernels.meanDistances(now, count: count, rows: rows, into: answers)
      } else {
        for row in 0..<rows {
          streak = isSound(now[row]) ? min(streak &+ 1, count) : 0
          answers[row] = streak == count ? distance(now + row) : .nan
        }
      }
      return rows
    }
  }

  @inline(__always)
  private func distance(_ now: Reading) -> Double {
    let oldest = now - (count - 1)
    let mean = total(oldest) { $0 - now[0] } / Double(count)
    return total(oldest) { value in
      let distance = value - now[0] - mean
      return distance.replacing(with: -distance, where: distance .< 0)
    } / Double(count)
  }

  /// Four sums side by side, then together, whatever the machine.
  @inline(__always)
  private func total(
    _ values: Reading, _ part: (SIMD4<Double>) -> SIMD4<Double>
  ) -> Double {
    var fours = SIMD4<Double>(repeating: 0)
    var place = 0
    while place + 4 <= count {
      fours += part(
        SIMD4(values[place], values[place + 1], values[place + 2], values[place + 3]))
      place += 4
    }
    var sum = (fours[0] + fours[1]) + (fours[2] + fours[3])
    while place < count {
      sum += part(SIMD4(repeating: values[place]))[0]
      place += 1
    }
    return sum
  }
}

extension Operation {
  static func meanDistance(_ count: Int) -> Operation {
    Operation("meanDistance", [Double(count)], reach: count - 1, silence: count - 1) {
      MeanDistance(count: count)
    }
  }
}
