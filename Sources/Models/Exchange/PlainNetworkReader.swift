internal import Features

/// Reads the plain text in which scripts/export_network.py writes recurrent networks.
///
/// `auspex network 1`, `names …`, `window T`, the scaler as `centre …` and `spread …` (a number per feature), `unit U`
/// that an output of one is worth; then the layers, `lstm H` or `dense N ACTIVATION`, each followed by `bias`,
/// `input` (a row for each gate or unit, as long as the layer's inputs) and, of an LSTM, `hidden` (a row for each
/// gate, H long). Gates stand in four blocks i, f, g, o, with one bias. The last layer is `dense 1 linear`.
struct PlainNetworkReader {
  private var lines: LineReader
  private static let mostLayers = 33

  init(_ bytes: [UInt8]) { lines = LineReader(bytes, separator: " ") }

  mutating func model() throws(ModelsError) -> ForeignModel {
    let names = try lines.plainHeading("network 1")
    let window = try lines.whole("window", most: NetworkShape.mostWindow)
    let centres = try doubles("centre", names.count) { _ in true }
    let spreads = try doubles("spread", names.count) { $0 > 0 }
    let unit = try doubles("unit", 1) { $0 > 0 }[0]
    let count = try lines.whole("layers", most: Self.mostLayers)
    let start = lines.number
    var (recurrent, dense, layers) = ([Int](), [NetworkShape.Dense](), [LayerWeights]())
    var inputs = names.count
    for _ in 0..<count {
      let kind = try kind(isFirst: layers.isEmpty, afterDense: !dense.isEmpty)
      let rows: Int
      switch kind {
      case .lstm(let units):
        recurrent.append(units)
        rows = 4 * units
        layers.append(try layer(rows: rows, inputs: inputs, hidden: units))
        inputs = units
      case .dense(let one):
        dense.append(one)
        layers.append(try layer(rows: one.units, inputs: inputs, hidden: 0))
        inputs = one.units
      }
    }
    let place = lines.number
    try lines.end()
    guard dense.popLast() == NetworkShape.Dense(units: 1) else {
      throw .foreignLine(line: place, found: "another last layer", expected: "dense 1 linear")
    }
    let network: Network?
    do throws(ModelsError) {
      let shape = try NetworkShape(
        window: window, features: names.count, recurrent: recurrent, dense: dense)
      network = Network(shape: shape, layers: layers, unit: unit)
    } catch {
      throw .foreignLine(line: start, found: "layers that make no network", expected: "\(error)")
    }
    guard let network, let ensemble = NetworkEnsemble([network]) else {
      throw .foreignLine(line: start, found: "layers", expected: "those of a network")
    }
    let columns = zip(centres, spreads).map { Scaler.Column(centre: $0, spread: $1) }
    return ForeignModel(
      names: names, model: .network(ensemble), scaler: Scaler(columns: columns))
  }

  private enum Kind {
    case lstm(units: Int)
    case dense(NetworkShape.Dense)
  }

  /// The line that a layer begins with; recurrent ones stand before dense ones.
  private mutating func kind(isFirst: Bool, afterDense: Bool) throws(ModelsError) -> Kind {
    guard let line = lines.next() else {
      throw .foreignLine(line: lines.number + 1, found: "the end", expected: "a layer")
    }
    let words = try lines.words(line, most: 2).map { lines.text($0) }
    let units = words.first.flatMap { Int($0) } ?? 0
    if 1...NetworkShape.mostUnits ~= units {
      if line.name == "lstm", words.count == 1, !afterDense { return .lstm(units: units) }
      if line.name == "dense", words.count == 2, !isFirst,
        let activation = NetworkShape.Activation(rawValue: words[1])
      {
        return .dense(NetworkShape.Dense(units: units, activation: activation))
      }
    }
    throw lines.bad(
      line, lines.text(line.rest.prefix(30)),
      "lstm UNITS, then dense UNITS \(NetworkShape.Activation.allCases.map(\.rawValue))")
  }

  private mutating func layer(
    rows: Int, inputs: Int, hidden: Int
  ) throws(ModelsError) -> LayerWeights {
    LayerWeights(
      bias: try floats("bias", rows), input: try floats("input", rows * inputs),
      hidden: hidden > 0 ? try floats("hidden", rows * hidden) : [])
  }

  private mutating func floats(_ name: String, _ count: Int) throws(ModelsError) -> [Float] {
    try lines.numbers(try lines.line(name), count: count) { value in
      let weight = Float(value)
      return weight.isFinite ? weight : nil
    }
  }

  private mutating func doubles(
    _ name: String, _ count: Int, _ isSound: (Double) -> Bool
  ) throws(ModelsError) -> [Double] {
    try lines.numbers(try lines.line(name), count: count) {
      $0.isFinite && isSound($0) ? $0 : nil
    }
  }
}
