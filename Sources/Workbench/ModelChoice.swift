public import Console
internal import Features
public import Market
public import ModelStore
import Models
public import Research

extension WorkSettings {
  public var store: Store { Store(folder: modelsFolder) }

  /// The version that an alias, a number or a hash stands for, verified and proved.
  public func proven(_ text: String) throws(Failure) -> ProvenModel {
    do {
      return try ProvenModel(try store.resolve(text), in: store)
    } catch {
      throw Failure(
        .store, "\(modelsFolder): \(error)",
        remedy: "evaluate list prints what there is; evaluate promote makes one the champion.")
    }
  }

  /// The model's forecasts over these series; only the ones it learned from are forecast.
  public func forecasts(
    _ model: ProvenModel, _ series: [LoadedSeries]
  ) throws(Failure) -> Forecasts {
    let known = model.trained.symbols
    guard model.trained.interval == interval else {
      throw Failure(
        .store,
        "version \(model.version.number) was made for \(model.trained.interval.name) bars, "
          + "data.interval is \(interval.name)")
    }
    let grids = series.map { known.contains($0.symbol) ? $0.grid : nil }
    guard grids.contains(where: { $0 != nil }) else {
      throw Failure(
        .store,
        "version \(model.version.number) learned from "
          + "\(known.map(\.description).joined(separator: ", ")), none of which is traded",
        remedy: "Name one with --symbol, or another version.")
    }
    let missing = Set(known).subtracting(series.map(\.symbol))
    guard missing.isEmpty || !model.trained.recipe.comparesInstruments else {
      throw Failure(
        .store,
        "version \(model.version.number) compares \(known.count) instruments with each other, of which "
          + "data.symbols leaves out \(missing.count)",
        remedy: "Name them all; who is to be compared is part of the model.")
    }
    guard known.count > 1 else {
      return .model(
        Forecaster(
          model.trained, as: model.version.model, grids: grids, marks: series.map(\.marks)))
    }
    let groups = try GroupFile.read(settings["data.groups"].orNil?.text)
    return .panel(
      PanelForecaster(
        model.trained, as: model.version.model, grids: grids, marks: series.map(\.marks),
        groups: series.map { groups.grouping(of: $0.symbol) }))
  }

  /// The first trading day the model has not seen.
  public func firstUnseen(_ model: ProvenModel, _ series: [LoadedSeries]) -> TradingDay? {
    series.compactMap { series in
      guard let last = series.bars.last(where: { $0.closedAt <= model.knownUntil }) else {
        return series.bars.first?.tradingDay
      }
      return series.bars.first { $0.tradingDay > last.tradingDay }?.tradingDay
    }.min()
  }
}
