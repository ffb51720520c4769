public import Features
public import Market

/// A trained model at work: features update, row, scaler, model, forecast; one state per instrument.
public struct Forecaster: Forecasting, Sendable {
  public let trained: TrainedModel
  public let id: ModelID
  /// Where an instrument's state lies; -1 for those that are not forecast.
  private let slots: [Int]
  private var states: [FeatureState]
  /// Where the label is in units of volatility: its states, else none.
  private var unitStates: [FeatureState]
  private var row: [Float]
  private var unit: [Float] = [1]
  private let settlingBars: Int
  /// What a model of windows has seen of each instrument; none for others.
  private var reels: [Reel] = []

  /// `grids` holds, by instrument index, the storage grid of each series to forecast and `nil` for others.
  /// `marks` are their sessions and rolls, by the same index.
  public init(
    _ trained: TrainedModel, as id: ModelID, grids: [Grid?], marks: [SeriesMarks] = []
  ) {
    precondition(marks.isEmpty || marks.count == grids.count, "marks per series")
    precondition(!trained.recipe.comparesInstruments, "a panel's forecaster compares instruments")
    self.trained = trained
    self.id = id
    var slots: [Int] = []
    var states: [FeatureState] = []
    var unitStates: [FeatureState] = []
    var unitRecipe: Recipe?
    if case .scaled(let volatility) = trained.label.form { unitRecipe = volatility.recipe }
    for (index, grid) in grids.enumerated() {
      slots.append(grid == nil ? -1 : states.count)
      guard let grid else { continue }
      let marks = marks.isEmpty ? .none : marks[index]
      states.append(FeatureState(trained.recipe, grid: grid, marks: marks))
      if let unitRecipe { unitStates.append(FeatureState(unitRecipe, grid: grid)) }
      guard trained.model.windowBars > 1 else { continue }
      reels.append(
        Reel(bars: trained.model.windowBars, columns: trained.recipe.count, marks: marks))
    }
    self.slots = slots
    self.states = states
    self.unitStates = unitStates
    row = [Float](repeating: 0, count: trained.recipe.count)
    settlingBars = trained.recipe.warmUp.settlingBars
  }

  /// Nothing while the features still remember where the history began, while any of them is absent, and
  /// for instruments that are not the model's.
  public mutating func forecast(after bar: Bar) -> Forecast? {
    let index = bar.instrument.value
    guard index < slots.count, slots[index] >= 0 else { return nil }
    let slot = slots[index]
    let isWhole = states[slot].update(bar, into: &row)
    if !unitStates.isEmpty { _ = unitStates[slot].update(bar, into: &unit) }
    let isSettled = states[slot].bars > settlingBars
    guard reels.isEmpty else {
      return forecast(after: bar, slot, shows: isWhole && isSettled)
    }
    guard isWhole, isSettled else { return nil }
    let output = row.withUnsafeMutableBufferPointer { trained.predict(scaling: $0) }
    return forecast(output, of: bar.instrument)
  }

  /// A model of windows forecasts where the bar itself is shown and the window is full.
  private mutating func forecast(after bar: Bar, _ slot: Int, shows: Bool) -> Forecast? {
    trained.scaler.apply(to: &row)
    guard let window = reels[slot].take(row, of: bar, shows: shows) else { return nil }
    return forecast(trained.model.predict(window), of: bar.instrument)
  }

  /// What an instrument's forecast was made from; to be asked right after it, before another bar comes.
  public func input(of instrument: InstrumentIndex) -> ForecastInput? {
    let index = instrument.value
    guard index < slots.count, slots[index] >= 0 else { return nil }
    return ForecastInput(
      values: reels.isEmpty ? row : reels[slots[index]].rows,
      worth: trained.worth * trained.label.unit(deviation: unit[0]))
  }

  private func forecast(_ output: Double, of instrument: InstrumentIndex) -> Forecast? {
    let worth = trained.worth * trained.label.unit(deviation: unit[0])
    let expected = worth * output
    guard expected.isFinite, worth > 0 else { return nil }
    return Forecast(
      instrument: instrument, model: id, expectedReturn: expected,
      deviation: trained.residualDeviation, horizonBars: Int32(trained.label.horizonBars))
  }
}
