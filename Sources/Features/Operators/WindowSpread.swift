import Numerics

/// Mean and spread of the last `count` values.
struct WindowSpread: Operator {
  enum Answer {
    /// The population's standard deviation.
    case deviation
    /// That of the window as a sample of something larger; one value has none.
    case sampleDeviation
    /// How many standard deviations the newest value lies from the mean; 0 in a flat window.
    case score
  }

  let answer: Answer
  private var window: MovingKernels.Window

  init(count: Int, answer: Answer) {
    self.answer = answer
    window = MovingKernels.Window(count: count)
  }

  mutating func run(_ stretch: Stretch) {
    let count = Double(window.count)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: Chunk.bars) { memory in
      let other = memory.baseAddress!
      stretch.inChunks { row, rows in
        let (now, answers) = (stretch.first + row, stretch.answers + row)
        switch answer {
        case .deviation:
          spreads(now, rows, stretch, distances: other, squares: answers)
          MovingKernels.takeRoots(of: answers, rows: rows, scale: 1 / count)
        case .sampleDeviation:
          spreads(now, rows, stretch, distances: other, squares: answers)
          MovingKernels.takeRoots(of: answers, rows: rows, scale: 1 / max(count - 1, 1))
        case .score:
          spreads(now, rows, stretch, distances: answers, squares: other)
          MovingKernels.takeRoots(of: other, rows: rows, scale: 1 / count)
          for row in 0..<rows {
            let score = answers[row] / other[row]
            answers[row] = other[row] == 0 ? 0 : score
          }
        }
        return rows
      }
    }
  }

  private mutating func spreads(
    _ now: Reading, _ rows: Int, _ stretch: Stretch,
    distances: UnsafeMutablePointer<Double>, squares: UnsafeMutablePointer<Double>
  ) {
    window.spreads(
      now, rows: rows, parts: stretch.scratch, distances: distances, squares: squares)
  }
}

extension Operation {
  static func deviation(_ count: Int) -> Operation { spread("deviation", count, .deviation) }

  static func sampleDeviation(_ count: Int) -> Operation {
    spread("sampleDeviation", count, .sampleDeviation)
  }

  static func score(_ count: Int) -> Operation { spread("score", count, .score) }

  private static func spread(
    _ name: String, _ count: Int, _ answer: WindowSpread.Answer
  ) -> Operation {
    Operation(
      name, [Double(count)], reach: count - 1, scratch: 2 * count, silence: count - 1
    ) { WindowSpread(count: count, answer: answer) }
  }
}
