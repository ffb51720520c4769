import Numerics

/// Wilder's relative strength: 100 × rises ÷ (rises + falls), both smoothed; 50 where nothing
/// moved.
struct StrengthIndex: Operator {
  let count: Int
  private var means: MovingKernels.Strength
  private var seen = 0

  init(count: Int) {
    self.count = count
    let weight = 1 / Double(count)
    means = MovingKernels.Strength(keep: 1 - weight, weight: weight)
  }

  @inline(__always)
  mutating func run(_ stretch: Stretch) {
    stretch.inChunks { row, rows in
      let (now, answers) = (stretch.first + row, stretch.answers + row)
      if seen == count, areSound(now - 1, rows &+ 1) {
        MovingKernels.strengths(now, rows: rows, &means, into: answers)
      } else {
        for row in 0..<rows { answers[row] = update(now + row) }
      }
      return rows
    }
  }

  @inline(__always)
  private mutating func update(_ now: Reading) -> Double {
    let change = now[0] - now[-1]
    guard isSound(change) else { return .nan }
    // Exactly the change or 0: a branch on the direction would be guessed wrong every other bar.
    let rise = 0.5 * (abs(change) + change)
    let fall = 0.5 * (abs(change) - change)
    guard seen == count else { return seeded(rise, fall) }
    means.rises = means.keep * means.rises + means.weight * rise
    means.falls = means.keep * means.falls + means.weight * fall
    // Where nothing moves both fade alike; their quotient's rounding would be seen by a range of it.
    if change != 0 || means.rises + means.falls == 0 { means.last = index }
    return means.last
  }

  @inline(__always)
  private mutating func seeded(_ rise: Double, _ fall: Double) -> Double {
    seen += 1
    means.rises += rise
    means.falls += fall
    guard seen == count else { return .nan }
    means.rises /= Double(count)
    means.falls /= Double(count)
    means.last = index
    return means.last
  }

  private var index: Double {
    let moves = means.rises + means.falls
    return moves == 0 ? 50 : 100 * means.rises / moves
  }
}

extension Operation {
  static func strength(_ count: Int) -> Operation {
    Operation(
      "strength", [Double(count)], reach: 1, silence: count, fading: 1 - 1 / Double(count)
    ) { StrengthIndex(count: count) }
  }
}
