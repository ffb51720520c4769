import Features
import Numerics
import Testing

@testable import Models

@Suite("Models in the words of ONNX and LightGBM take raw features and give the same forecasts")
struct ExportTests {
  /// Raw rows, the measure of each column and a model fitted on scaled ones.
  private struct Case {
    let raw: FloatMatrix
    let scaler: Scaler
    let model: Model
    let names: [String]

    func scaled(_ row: [Float]) -> [Float] {
      var row = row
      scaler.apply(to: &row)
      return row
    }
  }

  private func scaler(_ kind: Int, columns: Int, categories: Set<Int>) -> Scaler {
    Scaler(
      columns: (0..<columns).map { column in
        if categories.contains(column) { return Scaler.Column(centre: 0, spread: 1) }
        switch (kind + column) % 4 {
        case 0: return Scaler.Column(centre: 0.13, spread: 0.7, low: -1.9, high: 2.1)
        case 1: return Scaler.Column(centre: -40, spread: 1e-3)
        case 2: return Scaler.Column(centre: 1, spread: column == 4 ? 0 : 3)
        default:
          return Scaler.Column(
            centre: 0, spread: 1,
            knots: (0..<101).map { Double($0 / 2) / 20 - 1.2 })
        }
      })
  }

  private func fitted(
    seed: UInt64, categories: Set<Int> = [], isForest: Bool = false
  ) throws -> Case {
    let raw = try lesson(800, 7, seed: seed, absent: 0.2)
    let scaler = scaler(Int(seed), columns: 7, categories: categories)
    var rows = raw.rows
    for row in 0..<800 {
      var values = (0..<7).map { raw.rows[row, $0] }
      scaler.apply(to: &values)
      for column in 0..<7 { rows[row, column] = values[column] }
    }
    var growth = bareGrowth(leaves: 12, leastLeafRows: 8)
    growth.categories = categories
    let training = try LabelledRows(rows, raw.labels)
    let model =
      isForest
      ? Model.forest(try ForestParameters(growth: growth, trees: 7).fit(training).ensemble)
      : .boosted(try BoostParameters(growth: growth, rounds: 15, rate: 0.3).fit(training).ensemble)
    return Case(
      raw: raw.rows, scaler: scaler, model: model, names: (0..<7).map { "f\($0)" })
  }

  /// Training rows, rows with absent values, and rows that lie on thresholds or next to them.
  private func rows(_ one: Case, _ trees: TreeEnsemble) throws -> [[Float]] {
    var rows = (0..<one.raw.rows).map { row in (0..<7).map { one.raw[row, $0] } }
    let plain = rows[0]
    for node in try trees.raw(one.scaler).nodes where !node.isLeaf && node.set == nil {
      for value in [node.cut, node.cut.nextUp, node.cut.nextDown] where value.isFinite {
        var row = plain
        row[Int(node.feature)] = value
        rows.append(row)
      }
    }
    rows.append([Float](repeating: .nan, count: 7))
    rows.append([Float](repeating: 1_000, count: 7))
    return rows
  }

  private func trees(_ model: Model) throws -> TreeEnsemble {
    switch model {
    case .boosted(let trees), .forest(let trees): trees
    default: throw ModelsError.notExpressible(what: "a test", reason: "trees wanted")
    }
  }

  @Test("ONNX: every row, and every number next to a threshold, keeps its leaves", arguments: 1...6)
  func onnx(seed: Int) throws {
    let one = try fitted(
      seed: UInt64(seed), categories: seed % 2 == 0 ? [2] : [], isForest: seed % 3 == 0)
    let bytes = try one.model.onnx(names: one.names, scaler: one.scaler)
    let reading = try #require(OnnxReading(bytes))
    let trees = try trees(one.model)
    #expect(reading.count == trees.trees)
    for row in try rows(one, trees) {
      let (ours, theirs) = (one.model.predict(one.scaled(row)), reading.forecast(row))
      #expect(abs(ours - theirs) <= 1e-12, "seed \(seed), row \(row)")
    }
  }

  @Test("LightGBM: written and read again, forecasts stay within rounding", arguments: 1...6)
  func lightGbm(seed: Int) throws {
    let one = try fitted(
      seed: UInt64(seed), categories: seed % 2 == 0 ? [2] : [], isForest: seed % 3 == 0)
    let text = try one.model.lightGbm(names: one.names, scaler: one.scaler)
    let again = try ForeignModel(.lightgbm, text)
    #expect(again.names == one.names)
    let trees = try trees(one.model)
    for row in try rows(one, trees) {
      let (ours, theirs) = (one.model.predict(one.scaled(row)), again.model.predict(row))
      #expect(abs(ours - theirs) <= 2e-7, "seed \(seed), row \(row)")
    }
  }

  @Test("Without a tree the base is all there is")
  func noTrees() throws {
    let empty = Model.boosted(TreeEnsemble(columns: 2, base: 0.25))
    let identity = Scaler.identity(columns: 2)
    let reading = OnnxReading(try empty.onnx(names: ["a", "b"], scaler: identity))
    #expect(reading?.forecast([1, 2]) == 0.25)
    let text = try empty.lightGbm(names: ["a", "b"], scaler: identity)
    #expect(try ForeignModel(.lightgbm, text).model.predict([1, 2]) == 0.25)
  }

  @Test("What a format has no words for is refused")
  func refusals() throws {
    let ridge = try #require(
      Ridge(intercept: 0, weights: [1, 2], penalty: 1, degreesOfFreedom: 2))
    let ranks = Scaler(
      columns: [Scaler.Column](
        repeating: Scaler.Column(centre: 0, spread: 1, knots: [0, 1]), count: 2))
    for attempt in [
      { try Model.zero.onnx(names: ["a", "b"], scaler: ranks) },
      { try Model.ridge(ridge).onnx(names: ["a", "b"], scaler: ranks) },
      { try Model.ridge(ridge).lightGbm(names: ["a", "b"], scaler: ranks) },
    ] {
      #expect(throws: ModelsError.self) { try attempt() }
    }
  }

  @Test("Ridge: limits, centre, spread and weights are the graph's constants, in that order")
  func ridge() throws {
    let ridge = try #require(
      Ridge(intercept: 0.5, weights: [1, -2], penalty: 1, degreesOfFreedom: 2))
    let scaler = Scaler(columns: [
      Scaler.Column(centre: 3, spread: 2, low: 0, high: 9), Scaler.Column(centre: 5, spread: 0),
    ])
    let bytes = try Model.ridge(ridge).onnx(names: ["a", "b"], scaler: scaler)
    let graph = try #require(ProtoReader(bytes)?.messages(7).first)
    #expect(
      graph.messages(1).flatMap { $0.texts(4) }
        == ["Cast", "Max", "Min", "Sub", "Div", "Cast", "Cast", "MatMul", "Add", "Cast"])
    #expect(graph.messages(1).last?.texts(2) == ["forecast"])
    let constants = graph.messages(5)
    #expect(
      constants.flatMap { $0.texts(8) }
        == ["low", "high", "centre", "spread", "weights", "intercept"])
    #expect(constants.map { $0.ints(1) } == [[1, 2], [1, 2], [1, 2], [1, 2], [2, 1], [1]])
    let low = try #require(constants[0].runs(9).first)
    // The column that never moved is drawn to its centre: 5 in double precision ends in 0x4014.
    #expect(Array(low[8...]) == [0, 0, 0, 0, 0, 0, 0x14, 0x40])
  }
}
