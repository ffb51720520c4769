import Console
import Features
import Models
import Numerics
import Workbench

extension Command {
  static let exchange = Command(
    "exchange", "Write models for other programs with what they must forecast",
    about: """
      Fits trees, trees with categories, a forest, ridge and all of them together on scaled rows, and \
      writes each as ONNX and LightGBM text where these have words for it, beside its forecasts of all \
      training rows (double precision) and their raw features. peers/exchange.py asks the others.
      """,
    flags: [
      Flag.data, Flag("out", value: "FOLDER", "Where the files go."),
      Flag("trees", value: "N", "Boosted trees.", shownDefault: "100"),
    ],
    examples: [Example("exchange --data bench/r125k --out out/exchange", "All of them")]
  ) { invocation in
    let data = try RegressionData(try invocation.prefix())
    let folder = invocation.text("out") ?? "out/exchange"
    let rounds = try invocation.integer("trees", in: 1...10_000) ?? 100
    let exchange = try Exchange(data)
    for (name, parameters) in try exchange.kinds(rounds: rounds) {
      let (fitted, timing) = try Timing.of { try exchange.fit(parameters) }
      let forecasts = fitted.predict(exchange.scaled)
      let onnx = try? fitted.onnx(names: exchange.names, scaler: exchange.measure)
      let text = try? fitted.lightGbm(names: exchange.names, scaler: exchange.measure)
      for (ending, bytes) in [("onnx", onnx), ("txt", text)] {
        if let bytes { try writeFile(bytes, to: "\(folder)/\(name).\(ending)") }
      }
      let raw = forecasts.withUnsafeBytes { [UInt8]($0) }
      try writeFile(raw, to: "\(folder)/\(name).f64")
      invocation.terminal.print(
        result(
          "exchange", timing,
          [
            ("model", .text(name)), ("rows", .integer(forecasts.count)),
            ("onnx", .integer(onnx?.count ?? 0)), ("lightgbm", .integer(text?.count ?? 0)),
          ]))
    }
    return .ok
  }

  static let foreign = Command(
    "foreign", "Read another program's model and forecast rows",
    flags: [
      Flag.data, Flag("model", value: "FILE", "The model."),
      Flag(
        "format", value: "FORMAT", "Whose.",
        accepts: .oneOf(ForeignModel.Format.allCases.map(\.rawValue)), shownDefault: "lightgbm"),
      Flag("out", value: "FILE", "The forecasts, double precision."),
    ],
    examples: [Example("foreign --model booster.txt --data bench/r125k --out ours.f64", "Theirs")]
  ) { invocation in
    let data = try RegressionData(try invocation.prefix())
    let path = invocation.text("model") ?? ""
    let format = ForeignModel.Format(rawValue: invocation.text("format") ?? "") ?? .lightgbm
    let bytes = try readFile(path)
    let (read, timing) = try Timing.of { () throws(Failure) in
      do { return try ForeignModel(format, bytes) } catch { throw Failure(.data, "\(error)") }
    }
    guard read.model.windowBars == 1 else {
      throw Failure(.usage, "\(path) reads windows", remedy: "bench lstm-foreign asks networks.")
    }
    let forecasts = read.model.predict(data.training.rows)
    try writeFile(
      forecasts.withUnsafeBytes { [UInt8]($0) }, to: invocation.text("out") ?? "ours.f64")
    invocation.terminal.print(
      result(
        "foreign", timing,
        [("bytes", .integer(bytes.count)), ("rows", .integer(forecasts.count))]))
    return .ok
  }
}

/// A made regression with the measure of its columns, to fit models of every kind on.
private struct Exchange {
  let data: RegressionData
  let names: [String]
  let scaled: FloatMatrix
  let measure: Scaler
  private let labelled: LabelledRows

  init(_ data: RegressionData) throws(Failure) {
    self.data = data
    names = (0..<data.columns).map { "f\($0)" }
    let raw = data.training.rows
    // Few-valued columns stay as they are; of the others some have their tails drawn in.
    let columns = (0..<data.columns).map { column -> Scaler.Column in
      let values = raw.column(column).filter { !$0.isNaN }.map { Double($0) }.sorted()
      guard column % 6 != 4 else { return Scaler.Column(centre: 0, spread: 1) }
      let isDrawn = column % 2 == 0
      return Scaler.Column(
        centre: Statistics.mean(values), spread: Statistics.deviation(values, ddof: 0),
        low: isDrawn ? Statistics.quantile(sorted: values, 0.01) : -.infinity,
        high: isDrawn ? Statistics.quantile(sorted: values, 0.99) : .infinity)
    }
    measure = Scaler(columns: columns)
    var scaled = raw
    var row = [Float](repeating: 0, count: data.columns)
    for place in 0..<raw.rows {
      for column in row.indices { row[column] = raw[place, column] }
      measure.apply(to: &row)
      for column in row.indices { scaled[place, column] = row[column] }
    }
    self.scaled = scaled
    do { labelled = try LabelledRows(scaled, data.training.labels) } catch {
      throw Failure(.data, "\(error)")
    }
  }

  func kinds(rounds: Int) throws(Failure) -> [(String, ModelParameters)] {
    do throws(ModelsError) {
      var growth = GrowthParameters()
      let boosted = ModelParameters.boosted(try BoostParameters(growth: growth, rounds: rounds))
      growth.categories = Set((0..<data.columns).filter { $0 % 6 == 4 })
      let named = ModelParameters.boosted(try BoostParameters(growth: growth, rounds: rounds))
      var wood = ForestParameters.usualGrowth
      wood.leastLeafRows = 50
      let forest = ModelParameters.forest(try ForestParameters(growth: wood, trees: 20))
      let ridge = ModelParameters.ridge(try RidgeParameters(overlapBars: 1))
      return [
        ("boosted", boosted), ("categories", named), ("forest", forest), ("ridge", ridge),
        ("seeds", .committee(try CommitteeParameters(3, seedsOf: boosted))),
        ("ensemble", .committee(try CommitteeParameters([ridge, named, forest]))),
      ]
    } catch { throw Failure(.usage, "\(error)") }
  }

  /// Ridge knows no absent values and learns from whole rows; asked of others it says nothing.
  func fit(_ parameters: ModelParameters) throws(Failure) -> Model {
    do throws(ModelsError) {
      switch parameters {
      case .ridge: return try parameters.fit(try whole()).model
      case .committee(let committee):
        var models: [Model] = []
        for member in committee.members {
          if case .ridge = member {
            models.append(try member.fit(try whole()).model)
          } else {
            models.append(try member.fit(labelled).model)
          }
        }
        return try committee.joined(models, fittedOn: scaled)
      default: return try parameters.fit(labelled).model
      }
    } catch { throw Failure(.data, "\(error)") }
  }

  private func whole() throws(ModelsError) -> LabelledRows {
    let rows = (0..<min(20_000, scaled.rows)).filter { row in
      (0..<scaled.columns).allSatisfy { !scaled[row, $0].isNaN }
    }
    var matrix = FloatMatrix(rows: rows.count, columns: scaled.columns)
    for (place, row) in rows.enumerated() {
      for column in 0..<scaled.columns { matrix[place, column] = scaled[row, column] }
    }
    return try LabelledRows(matrix, rows.map { labelled.labels[$0] })
  }
}
