/// Ehlers' measure of the dominant cycle: a Hilbert transform turns a smoothed price into a pointer
/// that goes round once per cycle.
///
/// The transform is two filters of the taps 0.0962 and 0.5769, whose gain follows the cycle found
/// so far; the pointer's turn from bar to bar gives the period, kept within 6 and 50 bars.
struct PhaseMeter: UnaryOperator {
  enum Answer { case period, phaseDegrees }

  let answer: Answer
  private var smooth = Past()
  private var detrended = Past()
  private var quadratures = Past()
  private var pointer = (inPhase: 0.0, quadrature: 0.0)
  private var turn = (real: 0.0, imaginary: 0.0)
  private var period = 0.0

  /// The last eight values of an inner series, the newest first.
  private struct Past {
    private var values = SIMD8<Double>(repeating: 0)

    mutating func push(_ value: Double) {
      values = SIMD8(
        value, values[0], values[1], values[2], values[3], values[4], values[5], values[6])
    }

    /// The newest value delayed by three bars and so in step with what the transform gives.
    subscript(back: Int) -> Double { values[back] }

    /// A quarter cycle later; `start` says how many bars ago.
    func turned(from start: Int = 0) -> Double {
      0.0962 * (values[start] - values[start + 6]) + 0.5769
        * (values[start + 2] - values[start + 4])
    }
  }

  private var inPhases = Past()

  init(answer: Answer) { self.answer = answer }

  mutating func update(_ now: Reading, _: UnsafeMutablePointer<Double>) -> Double {
    guard isSound(now[0]) else { return .nan }
    let gain = 0.075 * period + 0.54
    smooth.push(now[0])
    detrended.push(smooth.turned() * gain)
    quadratures.push(detrended.turned() * gain)
    inPhases.push(detrended[3])
    follow(
      inPhase: inPhases[0] - quadratures.turned() * gain,
      quadrature: quadratures[0] + inPhases.turned() * gain)
    switch answer {
    case .period: return period
    case .phaseDegrees:
      guard inPhases[0] != 0 else { return 0 }
      return arctangent(quadratures[0] / inPhases[0]) * Self.degrees
    }
  }

  private static let degrees = 180 / Double.pi

  /// Turns the pointer and reads the period off the angle it has moved by.
  private mutating func follow(inPhase: Double, quadrature: Double) {
    let last = pointer
    pointer.inPhase = 0.2 * inPhase + 0.8 * last.inPhase
    pointer.quadrature = 0.2 * quadrature + 0.8 * last.quadrature
    let real = pointer.inPhase * last.inPhase + pointer.quadrature * last.quadrature
    let imaginary = pointer.inPhase * last.quadrature - pointer.quadrature * last.inPhase
    turn.real = 0.2 * real + 0.8 * turn.real
    turn.imaginary = 0.2 * imaginary + 0.8 * turn.imaginary
    let before = period
    var found = before
    if turn.real != 0, turn.imaginary != 0 {
      found = 360 / (arctangent(turn.imaginary / turn.real) * Self.degrees)
    }
    found = max(min(found, 1.5 * before), 0.67 * before)
    period = 0.2 * max(6, min(found, 50)) + 0.8 * before
  }
}

extension Operation {
  static func phaseMeter(_ answer: PhaseMeter.Answer) -> Operation {
    // Its filters reach back 21 bars and fade by 0.8 a bar; how fast the period itself forgets
    // depends on the price, and this many bars are beyond what was seen.
    Operation(answer == .period ? "period" : "phaseDegrees", silence: 30, memory: 500) {
      PhaseMeter(answer: answer)
    }
  }
}
