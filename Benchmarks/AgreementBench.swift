import Console
import Models
import Numerics

/// How near our forecasts lie to a reference's, over folds that it wrote: same rows, same parameters.
struct AgreementBench {
  /// The kinds of models, each with how near it has to come. Two seeds of one library agree no better on trees.
  enum Kind: String, CaseIterable {
    case ridge
    case trees
    case forest

    var leastCorrelation: Double {
      switch self {
      case .ridge: 0.999
      case .trees: 0.85
      case .forest: 0.82
      }
    }

    func parameters(rows: Int, seed: UInt64) throws(ModelsError) -> ModelParameters {
      var growth = GrowthParameters()
      switch self {
      case .ridge:
        return .ridge(
          try RidgeParameters(
            penaltiesPerRow: [max(1, 0.1 * Double(rows)) / Double(rows)], overlapBars: 1,
            mayBeZero: false))
      case .trees:
        growth.leaves = 15
        growth.leastLeafRows = max(20, rows / 100)
        growth.treeFeatures = 0.5
        growth.l2 = 10
        return .boosted(
          try BoostParameters(growth: growth, rounds: 150, rate: 0.03, rowShare: 0.7, seed: seed))
      case .forest:
        growth.leaves = GrowthParameters.mostLeaves
        growth.nodeFeatures = 1.0 / 3
        growth.leastLeafRows = max(20, rows / 200)
        return .forest(try ForestParameters(growth: growth, trees: 100, rowShare: 0.5, seed: seed))
      }
    }
  }

  static let mostRmse = 0.003

  let outcomes: [Double]
  let own: [Double]
  let reference: [Double]

  /// With `isZero` the forecast of nothing stands in the model's place, which must not pass.
  init(_ kind: Kind, prefix: String, seed: UInt64, isZero: Bool) throws(Failure) {
    var (outcomes, own, reference) = ([Double](), [Double](), [Double]())
    for fold in 1...(try headerNumber("folds", of: prefix)) {
      let name = "\(prefix).\(fold)"
      let rows = try headerNumber("rows", of: name)
      let columns = try headerNumber("cols", of: name)
      let tests = try headerNumber("tests", of: name)
      outcomes += try words("\(name).test.y.f64", tests, as: Double.self)
      reference += try words("\(name).\(kind.rawValue).f64", tests, as: Double.self)
      guard !isZero else {
        own += [Double](repeating: 0, count: tests)
        continue
      }
      let training = columnwise(try floats("\(name).train.X.f32", rows * columns), rows, columns)
      let labels = try words("\(name).train.y.f64", rows, as: Double.self)
      let unseen = columnwise(try floats("\(name).test.X.f32", tests * columns), tests, columns)
      do throws(ModelsError) {
        let fitted = try kind.parameters(rows: rows, seed: seed)
          .fit(try LabelledRows(training, labels))
        own += fitted.model.predict(unseen)
      } catch { throw Failure(.data, "\(name): \(error)") }
    }
    (self.outcomes, self.own, self.reference) = (outcomes, own, reference)
  }

  /// Of the forecasts themselves: an error near the reference's proves nothing, since that of no forecast is as near.
  var correlation: Double? {
    let value = Statistics.pearson(own, reference)
    return value.isFinite ? value : nil
  }

  func rmse(_ forecasts: [Double]) -> Double {
    Statistics.mean(zip(outcomes, forecasts).map { ($0 - $1) * ($0 - $1) }).squareRoot()
  }

  /// Our error over the reference's, less one.
  var excess: Double { rmse(own) / rmse(reference) - 1 }

  func agrees(_ kind: Kind) -> Bool {
    (correlation ?? 0) >= kind.leastCorrelation && abs(excess) <= Self.mostRmse
  }
}

/// Rows one after the other as columns one after the other.
private func columnwise(_ values: [Float], _ rows: Int, _ columns: Int) -> FloatMatrix {
  var matrix = FloatMatrix(rows: rows, columns: columns)
  for row in 0..<rows {
    for column in 0..<columns {
      matrix.values[column * rows + row] = values[row * columns + column]
    }
  }
  return matrix
}

extension Command {
  static let agreement = Command(
    "agreement", "Hold forecasts beside those of a Python reference",
    about: """
      Reads what peers/reference_folds.py wrote, fits on the same rows with the same parameters and \
      compares the forecasts: a correlation of 0.999 for ridge, 0.85 for boosted trees, 0.82 for \
      forests, and an error within 0.3 %. Ends with 1 where one does not agree.
      """,
    flags: [
      Flag("data", value: "PREFIX", "The files PREFIX.json, PREFIX.1.json and so on."),
      Flag("seed", value: "N", "The seed of the trees.", shownDefault: "1"),
      Flag("zero", "Put the forecast of nothing in the models' place: it must fail."),
    ],
    examples: [Example("agreement --data bench/if_m5", "All three kinds of model")]
  ) { invocation in
    let prefix = try invocation.prefix()
    let seed = UInt64(try invocation.integer("seed", in: 0...Int.max) ?? 1)
    var ending = ExitCode.ok
    for kind in AgreementBench.Kind.allCases {
      let (found, timing) = try Timing.of {
        try AgreementBench(kind, prefix: prefix, seed: seed, isZero: invocation.has("zero"))
      }
      let agrees = found.agrees(kind)
      if !agrees { ending = .failed }
      invocation.terminal.print(
        result(
          "agreement", timing,
          [
            ("model", .text(kind.rawValue)), ("rows", .integer(found.outcomes.count)),
            ("correlation", found.correlation.map { .number($0) } ?? .null),
            ("rmse", .number(found.rmse(found.own))),
            ("rmse_reference", .number(found.rmse(found.reference))),
            ("rmse_excess", .number(found.excess)), ("agrees", .flag(agrees)),
          ]))
    }
    return ending
  }
}
