import Market

/// What decides how many lots to hold; the desk does the rest.
public enum Strategy: Sendable {
  case forecastGate(ForecastGate)
  case averageCross(AverageCross)

  /// A bar of an instrument has closed while `net` lots are held.
  mutating func see(_ bar: Bar, net: Int64) {
    switch self {
    case .forecastGate(var gate):
      self = .averageCross(.none)
      gate.see(bar, net: net)
      self = .forecastGate(gate)
    case .averageCross(var cross):
      self = .averageCross(.none)
      cross.see(bar)
      self = .averageCross(cross)
    }
  }

  /// A forecast has come while `net` lots are held.
  mutating func believe(_ forecast: Forecast, net: Int64) {
    guard case .forecastGate(var gate) = self else { return }
    self = .averageCross(.none)
    gate.believe(forecast, net: net)
    self = .forecastGate(gate)
  }

  /// What was wanted of one contract is wanted of the next.
  mutating func carry(from old: InstrumentIndex, to new: InstrumentIndex) {
    switch self {
    case .forecastGate(var gate):
      self = .averageCross(.none)
      gate.carry(from: old, to: new)
      self = .forecastGate(gate)
    case .averageCross(var cross):
      self = .averageCross(.none)
      cross.carry(from: old, to: new)
      self = .averageCross(cross)
    }
  }

  /// Prices seen before an ex-day are moved to what they are worth without the right, or forgotten.
  mutating func lose(_ action: CorporateAction, on grid: Grid, tick: Int64) {
    switch self {
    case .forecastGate(var gate):
      self = .averageCross(.none)
      gate.lose(action, on: grid, tick: tick)
      self = .forecastGate(gate)
    case .averageCross(var cross):
      self = .averageCross(.none)
      cross.forget(action.instrument)
      self = .averageCross(cross)
    }
  }

  /// The lots to hold, negative for short.
  func target(_ instrument: InstrumentIndex) -> Int64 {
    switch self {
    case .forecastGate(let gate): gate.targets[instrument.value]
    case .averageCross(let cross): cross.targets[instrument.value]
    }
  }
}
