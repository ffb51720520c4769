public import Features
public import Market
internal import Numerics

/// A model of many instruments at work: what their bars say is compared when the instant is closed, and then
/// forecast; the slices are made by the code that made those it learned from.
public struct PanelForecaster: Forecasting, Sendable {
  public let trained: TrainedModel
  public let id: ModelID
  /// By instrument index of the run: its place in the panel, `nil` for those that are not the model's.
  private let places: [Int?]
  private var panel: Panel
  /// The last one that was closed.
  private var slice: Slice?
  /// By place in the panel.
  private let instruments: [InstrumentIndex]
  /// Where the label is in units of volatility: its states, else none.
  private var unitStates: [FeatureState]
  private var units: [Float]

  /// `grids` holds, by instrument index, the storage grid of each series to forecast and `nil` for others;
  /// `marks` and `groups` are by the same index and may be left out.
  public init(
    _ trained: TrainedModel, as id: ModelID, grids: [Grid?], marks: [SeriesMarks] = [],
    groups: [Grouping] = []
  ) {
    precondition(marks.isEmpty || marks.count == grids.count, "marks per series")
    precondition(groups.isEmpty || groups.count == grids.count, "groups per series")
    let members = grids.indices.filter { grids[$0] != nil }
    let own = members.compactMap { grids[$0] }
    self.trained = trained
    self.id = id
    instruments = members.map { InstrumentIndex($0) }
    places = grids.indices.map { members.firstIndex(of: $0) }
    panel = Panel(
      trained.recipe, grids: own, marks: marks.isEmpty ? [] : members.map { marks[$0] },
      groups: groups.isEmpty ? [] : members.map { groups[$0] })
    units = [Float](repeating: 1, count: members.count)
    unitStates = []
    if case .scaled(let volatility) = trained.label.form {
      unitStates = own.map { FeatureState(volatility.recipe, grid: $0) }
    }
  }

  /// Nothing yet: the others of the instant may still have their bar to come.
  public mutating func forecast(after bar: Bar) -> Forecast? {
    guard bar.instrument.value < places.count, let place = places[bar.instrument.value] else {
      return nil
    }
    panel.take(bar, of: place)
    if !unitStates.isEmpty {
      var unit: [Float] = [1]
      _ = unitStates[place].update(bar, into: &unit)
      units[place] = unit[0]
    }
    return nil
  }

  /// Of all whose features are whole, in the order of their places.
  public mutating func forecasts(closing instant: Instant) -> [Forecast] {
    let slice = panel.close()
    self.slice = slice
    var row = [Float](repeating: 0, count: trained.recipe.count)
    var found: [Forecast] = []
    for (index, place) in slice.instruments.enumerated() {
      for column in row.indices { row[column] = slice.values[index, column] }
      let worth = trained.worth * trained.label.unit(deviation: units[place.value])
      guard row.allSatisfy(\.isFinite), worth > 0 else { continue }
      let expected = worth * row.withUnsafeMutableBufferPointer { trained.predict(scaling: $0) }
      guard expected.isFinite else { continue }
      found.append(
        Forecast(
          instrument: instruments[place.value], model: id, expectedReturn: expected,
          deviation: trained.residualDeviation, horizonBars: Int32(trained.label.horizonBars)))
    }
    return found
  }

  /// What an instrument's forecast was made from; to be asked right after the instant is closed.
  public func input(of instrument: InstrumentIndex) -> ForecastInput? {
    guard instrument.value < places.count, let place = places[instrument.value], let slice,
      let row = slice.instruments.firstIndex(where: { $0.value == place })
    else { return nil }
    var values = (0..<trained.recipe.count).map { slice.values[row, $0] }
    trained.scaler.apply(to: &values)
    return ForecastInput(
      values: values, worth: trained.worth * trained.label.unit(deviation: units[place]))
  }
}
