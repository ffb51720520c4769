internal import Numerics

/// What a recurrent network is made of: LSTM layers, the last of which hands on its last state, then dense
/// layers, the last of which is one number. Dropout lies behind every recurrent layer.
public struct NetworkShape: Hashable, Sendable {
  /// A dense layer before the last one.
  public struct Dense: Hashable, Sendable {
    public let units: Int
    public let activation: Activation

    public init(units: Int, activation: Activation = .linear) {
      self.units = units
      self.activation = activation
    }
  }

  public enum Activation: String, CaseIterable, Hashable, Sendable {
    case linear
    case tanh
    case relu
  }

  /// Bars a forecast looks back on.
  public let window: Int
  public let features: Int
  /// Units of each recurrent layer.
  public let recurrent: [Int]
  public let dense: [Dense]

  public static let mostUnits = 4_096
  public static let mostFeatures = 10_000
  public static let mostWindow = 10_000
  private static let mostLayers = 16
  private static let mostWeights = 100_000_000

  public init(
    window: Int, features: Int, recurrent: [Int] = [50, 50], dense: [Dense] = [Dense(units: 25)]
  ) throws(ModelsError) {
    try inRange("window", window, 1...Self.mostWindow)
    try inRange("features", features, 1...Self.mostFeatures)
    try inRange("recurrent layers", recurrent.count, 1...Self.mostLayers)
    try inRange("dense layers", dense.count, 0...Self.mostLayers)
    for units in recurrent + dense.map(\.units) { try inRange("units", units, 1...Self.mostUnits) }
    self.window = window
    self.features = features
    self.recurrent = recurrent
    self.dense = dense
    try inRange("weights", weightCount, 1...Self.mostWeights)
  }
}

extension NetworkShape {
  /// The recurrent layers, each with the place of its weights.
  var lstmLayers: [LstmLayer] {
    var (start, inputs) = (0, features)
    return recurrent.map { units in
      let layer = LstmLayer(inputs: inputs, units: units, start: start)
      (start, inputs) = (layer.end, units)
      return layer
    }
  }

  /// The dense layers, the output among them.
  var denseLayers: [DenseLayer] {
    var inputs = recurrent[recurrent.count - 1]
    var start = lstmLayers[recurrent.count - 1].end
    return (dense + [Dense(units: 1)]).map { dense in
      let layer = DenseLayer(
        inputs: inputs, units: dense.units, activation: dense.activation, start: start)
      (start, inputs) = (layer.end, dense.units)
      return layer
    }
  }

  /// Where every layer's weights lie, in the order of the layers.
  var plates: [WeightPlate] { lstmLayers.map(\.plate) + denseLayers.map(\.plate) }

  /// Numbers in the one allocation that holds all weights.
  var weightCount: Int { denseLayers[dense.count].end }

  /// Weights that are learned: those of the allocation that only fill up rows are not.
  public var parameterCount: Int {
    plates.reduce(0) { $0 + $1.learnedRows * $1.inner }
  }
}

/// One layer's weights: a matrix, row after row, whose column 0 is the bias.
///
/// Rows are filled up to four and columns to eight with weights that are zero and stay so, as nothing ever
/// pulls at them; so kernels meet no odd ends.
struct WeightPlate: Hashable, Sendable {
  /// Where in the allocation it begins.
  let start: Int
  let learnedRows: Int
  /// The bias and the inputs.
  let inner: Int

  var rows: Int { (learnedRows + 3) / 4 * 4 }
  var columns: Int { (inner + 7) / 8 * 8 }
  var end: Int { start + rows * columns }

  /// Where a weight lies.
  func place(_ row: Int, _ column: Int) -> Int { start + row * columns + column }

  /// The weights that are learned, row by row.
  var places: [Int] {
    (0..<learnedRows).flatMap { row in (0..<inner).map { place(row, $0) } }
  }
}
