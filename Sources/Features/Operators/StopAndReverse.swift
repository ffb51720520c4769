/// Wilder's parabolic stop-and-reverse: a stop that closes in on the price, faster with each new
/// extreme, and turns when touched.
struct StopAndReverse: Operator {
  enum Answer { case stop, isRising }

  let step: Double
  let limit: Double
  let answer: Answer
  private var stop = 0.0
  private var top = 0.0
  private var bottom = 0.0
  private var speed = 0.0
  private var isRising = true
  private var seen = 0

  init(step: Double, limit: Double, answer: Answer) {
    (self.step, self.limit, self.answer) = (step, limit, answer)
    speed = step
  }

  @inline(__always)
  mutating func run(_ stretch: Stretch) {
    stretch.inChunks { row, rows in
      let (high, low) = (stretch.first + row, stretch.second + row)
      let (close, answers) = (stretch.third + row, stretch.answers + row)
      if seen == 2, areSound(high - 2, rows &+ 2), areSound(low - 2, rows &+ 2),
        areSound(close, rows)
      {
        carry(high, low, rows, answers)
      } else {
        for row in 0..<rows { answers[row] = update(high + row, low + row, close + row) }
      }
      return rows
    }
  }

  @inline(__always)
  private mutating func carry(
    _ high: Reading, _ low: Reading, _ rows: Int, _ answers: UnsafeMutablePointer<Double>
  ) {
    var state = self
    var row = 0
    while row < rows {
      while row < rows, state.isRising {
        state.rise(high[row], low[row], (low[row &- 2], low[row &- 1]))
        answers[row] = state.told
        row &+= 1
      }
      while row < rows, !state.isRising {
        state.fall(high[row], low[row], (high[row &- 2], high[row &- 1]))
        answers[row] = state.told
        row &+= 1
      }
    }
    self = state
  }

  @inline(__always)
  private mutating func update(_ high: Reading, _ low: Reading, _ close: Reading) -> Double {
    guard isSound(high[0]), isSound(low[0]), isSound(close[0]) else { return .nan }
    guard seen == 2 else {
      if seen == 0 { (top, bottom) = (high[0], low[0]) }
      stop = close[0]
      seen += 1
      return .nan
    }
    // A bar that was skipped is none of the last two.
    func bound(_ value: Double, _ none: Double) -> Double { isSound(value) ? value : none }
    if isRising {
      rise(high[0], low[0], (bound(low[-2], .infinity), bound(low[-1], .infinity)))
    } else {
      fall(high[0], low[0], (bound(high[-2], -.infinity), bound(high[-1], -.infinity)))
    }
    return told
  }

  private var told: Double { answer == .stop ? stop : isRising ? 1 : 0 }

  @inline(__always)
  private mutating func rise(_ high: Double, _ low: Double, _ lows: (Double, Double)) {
    stop += speed * (top - stop)
    guard low >= stop else {
      (stop, bottom, speed, isRising) = (top, low, step, false)
      return
    }
    let faster = min(speed + step, limit)
    speed = high > top ? faster : speed
    top = high > top ? high : top
    // Never inside the last two bars.
    if lows.0 < stop { stop = lows.0 } else if lows.1 < stop { stop = lows.1 }
  }

  @inline(__always)
  private mutating func fall(_ high: Double, _ low: Double, _ highs: (Double, Double)) {
    stop -= speed * (stop - bottom)
    guard high <= stop else {
      (stop, top, speed, isRising) = (bottom, high, step, true)
      return
    }
    let faster = min(speed + step, limit)
    speed = low < bottom ? faster : speed
    bottom = low < bottom ? low : bottom
    if highs.0 > stop { stop = highs.0 } else if highs.1 > stop { stop = highs.1 }
  }
}

extension Operation {
  static func stopAndReverse(
    _ step: Double, _ limit: Double, _ answer: StopAndReverse.Answer
  ) -> Operation {
    // Two histories agree after the first turn they share; no bound exists, this many bars is
    // beyond any seen.
    Operation(
      answer == .stop ? "stop" : "isRising", [step, limit], reach: 2, silence: 2, memory: 400
    ) { StopAndReverse(step: step, limit: limit, answer: answer) }
  }
}
