/// Wilder's parabolic stop-and-reverse: a stop that closes in on the price, faster with each new
/// extreme, and turns when touched.
struct StopAndReverse: TernaryOperator {
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
  mutating func update(_ high: Reading, _ low: Reading, _ close: Reading) -> Double {
    guard isSound(high[0]), isSound(low[0]), isSound(close[0]) else { return .nan }
    guard seen == 2 else {
      if seen == 0 { (top, bottom) = (high[0], low[0]) }
      stop = close[0]
      seen += 1
      return .nan
    }
    if isRising { rise(high, low) } else { fall(high, low) }
    return answer == .stop ? stop : isRising ? 1 : 0
  }

  @inline(__always)
  private mutating func rise(_ high: Reading, _ low: Reading) {
    stop += speed * (top - stop)
    guard low[0] >= stop else {
      (stop, bottom, speed, isRising) = (top, low[0], step, false)
      return
    }
    if high[0] > top {
      top = high[0]
      speed = min(speed + step, limit)
    }
    // Never inside the last two bars; a bar that was skipped is none of them.
    if low[-2] < stop, isSound(low[-2]) {
      stop = low[-2]
    } else if low[-1] < stop, isSound(low[-1]) {
      stop = low[-1]
    }
  }

  @inline(__always)
  private mutating func fall(_ high: Reading, _ low: Reading) {
    stop -= speed * (stop - bottom)
    guard high[0] <= stop else {
      (stop, top, speed, isRising) = (bottom, high[0], step, true)
      return
    }
    if low[0] < bottom {
      bottom = low[0]
      speed = min(speed + step, limit)
    }
    if high[-2] > stop, isSound(high[-2]) {
      stop = high[-2]
    } else if high[-1] > stop, isSound(high[-1]) {
      stop = high[-1]
    }
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
