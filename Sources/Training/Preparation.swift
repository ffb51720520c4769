public import Features
internal import Models

/// What is done to the rows of a fold before a model learns from them, all of it by those rows alone.
public struct Preparation: Hashable, Sendable {
  public let scaling: Scaling
  /// The share of training rows cut off either end of each feature; `nil` for none.
  public let tail: Double?
  /// `nil` where the model is given every feature.
  public let selection: SelectionRule?
  public let weighting: Weighting

  public init(
    scaling: Scaling = .standard, tail: Double? = nil, selection: SelectionRule? = nil,
    weighting: Weighting = .equal
  ) {
    self.scaling = scaling
    self.tail = tail
    self.selection = selection
    self.weighting = weighting
  }
}

/// How a model sees a row: which features, and brought to which measure.
struct Lens: Hashable, Sendable {
  let columns: [Int]
  let scaler: Scaler
}

extension Preparation {
  /// The features for a model, chosen where there are more than the rule wants; `nil` where there is
  /// nothing to choose.
  func selection(
    _ sample: Sample, _ rows: [Int], _ parameters: ModelParameters
  ) throws(TrainingError) -> Selection? {
    guard let rule = selection, parameters.readsFeatures, sample.features.columns > rule.count
    else { return nil }
    return Selection(
      rule, fitting: sample.features, rows: rows, outcomes: sample.labelValues(rows),
      importance: rule.criterion == .importance ? try importance(sample, rows) : nil)
  }

  /// The measure of the features chosen.
  func lens(
    _ sample: Sample, _ rows: [Int], _ selection: Selection?, _ parameters: ModelParameters
  ) -> Lens {
    let columns = selection?.columns ?? Array(0..<sample.features.columns)
    guard parameters.wantsScaledRows else {
      return Lens(columns: columns, scaler: .identity(columns: columns.count))
    }
    let scaler = Scaler(
      fitting: sample.features, rows: rows, columns: columns, scaling: scaling, tail: tail)
    return Lens(columns: columns, scaler: scaler.sparing(parameters.categories, of: columns))
  }

  /// What small trees on all features gained through each, as a share of all.
  private func importance(_ sample: Sample, _ rows: [Int]) throws(TrainingError) -> [Double] {
    let columns = Array(0..<sample.features.columns)
    do throws(ModelsError) {
      var growth = GrowthParameters()
      growth.leaves = 8
      growth.leastLeafShare = 0.01
      growth.treeFeatures = 0.5
      growth.l2 = 10
      let trees = try BoostParameters(growth: growth, rounds: 60, rate: 0.1, rowShare: 0.7)
      let lens = Lens(columns: columns, scaler: .identity(columns: columns.count))
      let gains = try trees.fit(try sample.lesson(rows, lens, weighting)).ensemble.gainImportance
      let total = gains.reduce(0, +)
      return total > 0 ? gains.map { $0 / total } : gains
    } catch { throw .model(error) }
  }
}

extension Scaler {
  /// The same, but for columns whose numbers are names and must stay as they are.
  fileprivate func sparing(_ categories: Set<Int>, of chosen: [Int]) -> Scaler {
    guard !categories.isEmpty else { return self }
    return Scaler(
      columns: zip(chosen, columns).map { place, column in
        categories.contains(place) ? Column(centre: 0, spread: 1) : column
      })
  }
}
