internal import Numerics

/// Wilder's parabolic stop-and-reverse: a stop that closes in on the price, faster with each new
/// extreme, and turns when touched.
struct StopAndReverse: Operator {
  enum Answer { case stop, isRising }

  private var stop: MovingKernels.Stop
  private var seen = 0

  init(step: Double, limit: Double, answer: Answer) {
    stop = MovingKernels.Stop(step: step, limit: limit, tellsSide: answer == .isRising)
  }

  @inline(__always)
  mutating func run(_ stretch: Stretch) {
    stretch.inChunks { row, rows in
      let (high, low) = (stretch.first + row, stretch.second + row)
      let (close, answers) = (stretch.third + row, stretch.answers + row)
      if seen == 2, areSound(high - 2, rows &+ 2), areSound(low - 2, rows &+ 2),
        areSound(close, rows)
      {
        stop.carry(high: high, low: low, rows: rows, into: answers)
      } else {
        for row in 0..<rows { answers[row] = update(high + row, low + row, close[row]) }
      }
      return rows
    }
  }

  private mutating func update(_ high: Reading, _ low: Reading, _ close: Double) -> Double {
    guard isSound(high[0]), isSound(low[0]), isSound(close) else { return .nan }
    guard seen == 2 else {
      if seen == 0 { (stop.top, stop.bottom) = (high[0], low[0]) }
      stop.stop = close
      seen += 1
      return .nan
    }
    // A bar that was skipped is none of the last two.
    func bound(_ value: Double, _ none: Double) -> Double { isSound(value) ? value : none }
    let highs = [bound(high[-2], -.infinity), bound(high[-1], -.infinity), high[0]]
    let lows = [bound(low[-2], .infinity), bound(low[-1], .infinity), low[0]]
    var answer = 0.0
    highs.withUnsafeBufferPointer { highs in
      lows.withUnsafeBufferPointer { lows in
        guard let high = highs.baseAddress, let low = lows.baseAddress else { return }
        stop.carry(high: high + 2, low: low + 2, rows: 1, into: &answer)
      }
    }
    return answer
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
