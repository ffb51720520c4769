/// Wilder's parabolic stop-and-reverse as he wrote it: the first extreme is the bar before the
/// first, and a turned stop too is kept outside the last two bars.
///
/// It may start, hurry and turn differently on the long and on the short side; with `isSigned` a
/// short side's stop is negative.
struct WilderStop: BinaryOperator {
  /// How one side closes in: its first speed, what each new extreme adds, the most there is.
  struct Pace: Hashable, Sendable {
    let first: Double
    let step: Double
    let limit: Double
  }

  let long: Pace
  let short: Pace
  /// A positive price starts long there, a negative one short; 0 asks the market.
  let start: Double
  /// The share by which a turned stop is set off.
  let offset: Double
  let isSigned: Bool
  private var stop = 0.0
  private var extreme = 0.0
  private var speed = 0.0
  private var isLong = true
  private var seen = 0

  init(long: Pace, short: Pace, start: Double = 0, offset: Double = 0, isSigned: Bool) {
    (self.long, self.short, self.start, self.offset) = (long, short, start, offset)
    self.isSigned = isSigned
  }

  mutating func update(_ high: Reading, _ low: Reading) -> Double {
    guard isSound(high[0]), isSound(low[0]), seen == 0 || (isSound(high[-1]) && isSound(low[-1]))
    else { return .nan }
    seen = min(seen + 1, 3)
    if seen == 1 { return .nan }
    if seen == 2 { begin(high, low) }
    // On its first bar it looks at that bar alone, as no stop stood before.
    let back = seen == 2 ? 0 : -1
    let answer: Double
    if isLong {
      answer = rise(high, low, floor: min(low[back], low[0]), roof: max(high[back], high[0]))
    } else {
      answer = fall(high, low, floor: min(low[back], low[0]), roof: max(high[back], high[0]))
    }
    return isSigned && !isLong ? -answer : answer
  }

  private mutating func begin(_ high: Reading, _ low: Reading) {
    let (up, down) = (high[0] - high[-1], low[-1] - low[0])
    isLong = start > 0 || (start == 0 && !(down > 0 && down > up))
    stop = start != 0 ? abs(start) : isLong ? low[-1] : high[-1]
    extreme = isLong ? high[0] : low[0]
    speed = isLong ? long.first : short.first
  }

  private mutating func rise(
    _ high: Reading, _ low: Reading, floor: Double, roof: Double
  ) -> Double {
    guard low[0] > stop else {
      isLong = false
      let answer = max(extreme, roof) * (1 + offset)
      (extreme, speed) = (low[0], short.first)
      stop = max(answer + speed * (extreme - answer), roof)
      return answer
    }
    let answer = stop
    if high[0] > extreme { (extreme, speed) = (high[0], min(speed + long.step, long.limit)) }
    stop = min(stop + speed * (extreme - stop), floor)
    return answer
  }

  private mutating func fall(
    _ high: Reading, _ low: Reading, floor: Double, roof: Double
  ) -> Double {
    guard high[0] < stop else {
      isLong = true
      let answer = min(extreme, floor) * (1 - offset)
      (extreme, speed) = (high[0], long.first)
      stop = min(answer + speed * (extreme - answer), floor)
      return answer
    }
    let answer = stop
    if low[0] < extreme { (extreme, speed) = (low[0], min(speed + short.step, short.limit)) }
    stop = max(stop + speed * (extreme - stop), roof)
    return answer
  }
}

extension Operation {
  static func wilderStop(
    _ long: WilderStop.Pace, _ short: WilderStop.Pace, start: Double = 0, offset: Double = 0,
    isSigned: Bool
  ) -> Operation {
    let numbers = [long.first, long.step, long.limit, short.first, short.step, short.limit]
    // Two histories agree after the first turn they share, as in `StopAndReverse`.
    return Operation(
      isSigned ? "signedStop" : "wilderStop", numbers + [start, offset], reach: 1, silence: 1,
      memory: 400
    ) { WilderStop(long: long, short: short, start: start, offset: offset, isSigned: isSigned) }
  }
}
