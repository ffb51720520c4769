/// Wilder's relative strength: 100 × rises ÷ (rises + falls), both smoothed; 50 where nothing
/// moved.
struct StrengthIndex: UnaryOperator {
  let count: Int
  private let weight: Double
  private let keep: Double
  private var rises = 0.0
  private var falls = 0.0
  private var seen = 0
  private var last = 50.0

  init(count: Int) {
    self.count = count
    weight = 1 / Double(count)
    keep = 1 - weight
  }

  @inline(__always)
  mutating func update(_ now: Reading, _: UnsafeMutablePointer<Double>) -> Double {
    let change = now[0] - now[-1]
    guard isSound(change) else { return .nan }
    // Exactly the change or 0: a branch on the direction would be guessed wrong every other bar.
    let rise = 0.5 * (abs(change) + change)
    let fall = 0.5 * (abs(change) - change)
    guard seen == count else { return seeded(rise, fall) }
    rises = keep * rises + weight * rise
    falls = keep * falls + weight * fall
    // Where nothing moves both fade alike; their quotient's rounding would be seen by a range of it.
    if change != 0 || rises + falls == 0 { last = index }
    return last
  }

  @inline(__always)
  private mutating func seeded(_ rise: Double, _ fall: Double) -> Double {
    seen += 1
    rises += rise
    falls += fall
    guard seen == count else { return .nan }
    rises /= Double(count)
    falls /= Double(count)
    last = index
    return last
  }

  private var index: Double {
    let moves = rises + falls
    return moves == 0 ? 50 : 100 * rises / moves
  }
}

extension Operation {
  static func strength(_ count: Int) -> Operation {
    Operation(
      "strength", [Double(count)], reach: 1, silence: count, fading: 1 - 1 / Double(count)
    ) { StrengthIndex(count: count) }
  }
}
