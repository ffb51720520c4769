public import Market

/// Holds a fixed number of lots in the direction of a forecast that clears a threshold.
///
/// Exits come first: a trailing stop, then a forecast that has turned; only then the gate is asked.
public struct ForecastGate: Sendable {
  /// The threshold and its companions, all as returns over the forecast's horizon.
  public struct Parameters: Hashable, Sendable {
    /// The expected return a position is opened at.
    public let enter: Double
    /// The expected return, in the position's direction, below which it is closed.
    public let exit: Double
    public let lots: Int64
    /// The retreat from the best price since entry that closes a position; `nil` for no stop.
    public let trail: Rate?

    public init(enter: Double, exit: Double, lots: Int64, trail: Rate?) {
      precondition(enter > 0 && exit <= enter, "a gate at zero trades on noise")
      precondition(lots > 0, "a strategy trades something")
      self.enter = enter
      self.exit = exit
      self.lots = lots
      self.trail = trail
    }
  }

  let parameters: Parameters
  private(set) var targets: [Int64]
  /// The best close since the position was entered; `nil` while flat, so that the next one starts afresh.
  private var best: [Price?]

  public init(_ parameters: Parameters, instruments: Int) {
    self.parameters = parameters
    targets = Array(repeating: 0, count: instruments)
    best = Array(repeating: nil, count: instruments)
  }

  mutating func see(_ bar: Bar, net: Int64) {
    let index = bar.instrument.value
    guard net != 0 else {
      best[index] = nil
      return
    }
    let peak = best[index].map { net > 0 ? max($0, bar.close) : min($0, bar.close) } ?? bar.close
    best[index] = peak
    guard let trail = parameters.trail else { return }
    let retreat = (peak.units - bar.close.units) * net.signum()
    if retreat > 0, retreat >= trail.of(peak.units) { targets[index] = 0 }
  }

  /// The stop's best price is of the old contract's prices and begins anew.
  mutating func carry(from old: InstrumentIndex, to new: InstrumentIndex) {
    targets[new.value] = targets[old.value]
    targets[old.value] = 0
    best[old.value] = nil
  }

  mutating func lose(_ action: CorporateAction, on grid: Grid, tick: Int64) {
    let index = action.instrument.value
    best[index] = best[index].map { action.reference(after: $0, on: grid, tick: tick) }
  }

  mutating func believe(_ forecast: Forecast, net: Int64) {
    let index = forecast.instrument.value
    let expected = forecast.expectedReturn
    let held = targets[index].signum()
    if held != 0, !(expected * Double(held) > parameters.exit) { targets[index] = 0 }
    if expected > parameters.enter { targets[index] = parameters.lots }
    if expected < -parameters.enter { targets[index] = -parameters.lots }
  }
}
