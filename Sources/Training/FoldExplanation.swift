internal import Features
internal import Models
internal import Numerics

/// What a fold's model makes of its features, asked on the rows it was tested on and had not seen.
public struct FoldExplanation: Sendable {
  public struct Feature: Hashable, Sendable {
    public let name: String
    /// The squared error that is added where its values are dealt anew, as a share of Σy².
    public let permutation: Double
    /// Its part of all that splits gained, and of all splits; `nil` where nothing is split.
    public let gain: Double?
    public let splits: Double?
    /// The mean size of what it adds to a forecast (Shapley); `nil` where the model does not tell.
    public let contribution: Double?
  }

  /// How the mean forecast moves with one feature.
  public struct Dependence: Hashable, Sendable {
    public let name: String
    /// At the feature's quantiles.
    public let forecasts: [Double]
  }

  /// The most worth first.
  public let features: [Feature]
  public let dependences: [Dependence]
  /// Shares of rows below each point of a dependence.
  public static let quantiles = [0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.98]
}

extension Walker {
  /// `nil` for models that read windows. Contributions and dependences are asked of `most` rows at most.
  public func explanation(
    of fit: FoldFit, seed: UInt64 = 1, most: Int = 2_000, dependences count: Int = 4
  ) -> FoldExplanation? {
    guard fit.model.windowBars == 1, !fit.columns.isEmpty else { return nil }
    let lens = Lens(columns: fit.columns, scaler: fit.scaler)
    let tested = sample.tested(fit.fold)
    let step = max(1, (tested.count + most - 1) / most)
    let rows = sample.scaled(
      stride(from: 0, to: tested.count, by: step).map { tested[$0] }, by: lens)
    let contributions = fit.model.contributions(rows)
    let trees = fit.model.trees
    let features = worths(of: fit, seed: seed).enumerated().map { place, one in
      FoldExplanation.Feature(
        name: sample.features.names[one.column], permutation: one.worth,
        gain: trees.map { Self.share($0.gainImportance, place) },
        splits: trees.map { Self.share($0.splitImportance, place) },
        contribution: contributions.map { all in
          fit.worth * Statistics.mean((0..<all.rows).map { abs(all[$0, place]) })
        })
    }
    let order = features.indices.sorted {
      (-features[$0].permutation, $0) < (-features[$1].permutation, $1)
    }
    return FoldExplanation(
      features: order.map { features[$0] },
      dependences: order.prefix(count).map { place in
        let values = (0..<rows.rows).map { Double(rows[$0, place]) }.sorted()
        let points = FoldExplanation.quantiles.map {
          Float(Statistics.quantile(sorted: values, $0))
        }
        return FoldExplanation.Dependence(
          name: features[place].name,
          forecasts: fit.model.partialDependence(rows, column: place, at: points)
            .map { $0 * fit.worth })
      })
  }

  private static func share(_ amounts: [Double], _ place: Int) -> Double {
    let whole = Statistics.sum(amounts)
    return whole > 0 ? amounts[place] / whole : 0
  }
}
