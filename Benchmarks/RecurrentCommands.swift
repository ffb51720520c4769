import Console
import Features
import Models
import Numerics
import Workbench

extension Command {
  static let lstm = Command(
    "lstm", "Train the owner's network on made windows",
    flags: [
      Flag("samples", value: "N", "Windows learned from.", shownDefault: "6400"),
      Flag("window", value: "N", "Bars of a window.", shownDefault: "60"),
      Flag("features", value: "N", "Features of a bar.", shownDefault: "30"),
      Flag("batch", value: "N", "Windows of a step.", shownDefault: "32"),
      Flag("epochs", value: "N", "Times through them.", shownDefault: "1"),
      .threads,
    ],
    examples: [Example("lstm --samples 6400 --batch 32", "As in peers/recurrent.py train")]
  ) { invocation in
    let windows = try MadeWindows(
      invocation, samples: try invocation.integer("samples", in: 32...10_000_000) ?? 6_400)
    var parameters = NetworkParameters()
    parameters.window = windows.window
    parameters.batch = try invocation.integer("batch", in: 1...65_536) ?? 32
    parameters.epochs = try invocation.integer("epochs", in: 1...1_000) ?? 1
    parameters.clip = nil
    let threads = try invocation.integer("threads", in: 1...256) ?? 1
    let training = windows.rows(windows.samples, seed: 1)
    let (fitted, timing) = try Timing.of { try parameters.fit(training, workers: threads) }
    let fresh = windows.rows(2_048, seed: 2)
    let errors = zip(fitted.ensemble.predict(fresh), fresh.labels).map { ($0 - $1) * ($0 - $1) }
    let learned = windows.samples * parameters.epochs
    invocation.terminal.print(
      result(
        "lstm", timing,
        [
          ("params", .text("T=\(windows.window) F=\(windows.features) H=50 B=\(parameters.batch)")),
          ("rows", .integer(learned)), ("threads", .integer(threads)),
          ("code", .text(RecurrentKernels.chosen.name)),
          ("samples_per_s", .number(Double(learned) / timing.wall)),
          ("samples_per_cpu_s", .number(Double(learned) / timing.cpu)),
          ("check", .number(Statistics.mean(errors).squareRoot())),
        ]))
    return .ok
  }

  static let lstmLatency = Command(
    "lstm-latency", "Time the network's forecast of one window, and of many",
    flags: [
      Flag("calls", value: "N", "Windows asked for one by one.", shownDefault: "4000"),
      Flag("batch", value: "N", "Windows asked for at once; 0 for one by one.", shownDefault: "0"),
      Flag("window", value: "N", "Bars of a window.", shownDefault: "60"),
      Flag("features", value: "N", "Features of a bar.", shownDefault: "30"),
      Flag("onnx", value: "FILE", "Write the network, and with .f64 behind it the forecasts."),
    ],
    examples: [Example("lstm-latency --batch 512", "As in peers/recurrent.py predict")]
  ) { invocation in
    let windows = try MadeWindows(invocation, samples: 512)
    let batch = try invocation.integer("batch", in: 0...100_000) ?? 0
    let calls = try invocation.integer("calls", in: 10...10_000_000) ?? 4_000
    let network = try windows.network()
    let rows = windows.waves(max(1, batch))
    let members: [(String, JSON)] =
      batch > 0
      ? together(network, rows, rounds: max(1, calls / batch))
      : oneByOne(network, rows.values, calls)
    if let path = invocation.text("onnx") { try write(network, rows, to: path) }
    let (first, timing) = Timing.of { network.predict(rows)[0] }
    invocation.terminal.print(
      result("lstm-latency", timing, members + [("check", .number(first))]))
    return .ok
  }

  /// The network for `recurrent.py verify`, which asks onnxruntime for the same windows.
  private static func write(
    _ network: Network, _ rows: WindowedRows, to path: String
  ) throws(Failure) {
    let names = (0..<network.shape.features).map { "f\($0)" }
    guard let ensemble = NetworkEnsemble([network]) else { return }
    let bytes: [UInt8]
    do throws(ModelsError) {
      bytes = try Model.network(ensemble).onnx(
        names: names, scaler: .identity(columns: names.count))
    } catch { throw Failure(.failed, "\(error)") }
    try writeFile(bytes, to: path)
    try writeFile(network.predict(rows).withUnsafeBytes { [UInt8]($0) }, to: path + ".f64")
  }

  private static func oneByOne(
    _ network: Network, _ window: [Float], _ calls: Int
  ) -> [(String, JSON)] {
    var (micros, sum) = ([Double](), 0.0)
    for _ in 0..<calls {
      let start = wallSeconds()
      sum += window.withUnsafeBufferPointer { network.predict($0) }
      micros.append((wallSeconds() - start) * 1e6)
    }
    micros.sort()
    return [
      ("calls", .integer(calls)), ("p50_us", .number(micros[calls / 2])),
      ("p99_us", .number(micros[calls * 99 / 100])), ("sum", .number(sum)),
    ]
  }

  private static func together(
    _ network: Network, _ rows: WindowedRows, rounds: Int
  ) -> [(String, JSON)] {
    let (_, timing) = Timing.of { for _ in 0..<rounds { _ = network.predict(rows) } }
    return [
      ("rounds", .integer(rounds)), ("batch_cpu_s", .number(timing.cpu)),
      ("windows_per_cpu_s", .number(Double(rounds * rows.count) / timing.cpu)),
    ]
  }
}

/// Windows of made rows; their sizes are the command's.
private struct MadeWindows {
  let samples: Int
  let window: Int
  let features: Int

  init(_ invocation: Invocation, samples: Int) throws(Failure) {
    self.samples = samples
    window = try invocation.integer("window", in: 1...10_000) ?? 60
    features = try invocation.integer("features", in: 1...10_000) ?? 30
  }

  /// Normal numbers, one new row a window; the label is a bent mean of the last five, and noise.
  func rows(_ count: Int, seed: UInt64) -> WindowedRows {
    var generator = Xoshiro256(seed: seed)
    let values = (0..<(count + window - 1) * features).map { _ in Float(generator.normal()) }
    let ends = (0..<count).map { $0 + window }
    let labels = ends.map { end in
      let last = (max(0, end - 5)..<end).map { Double(values[$0 * features]) }
      return tanh(last.reduce(0, +) / Double(last.count)) + 0.1 * generator.normal()
    }
    return WindowedRows(values, features: features, window: window, ends: ends, labels: labels)
  }

  /// Windows of numbers that a formula gives, the same on both sides of a comparison.
  func waves(_ count: Int) -> WindowedRows {
    let values = (0..<(count + window - 1) * features).map { place in
      Self.wave(place / features, place % features)
    }
    return WindowedRows(
      values, features: features, window: window, ends: (0..<count).map { $0 + window },
      labels: [Double](repeating: 0, count: count))
  }

  /// A network whose weights a formula gives.
  func network() throws(Failure) -> Network {
    var parameters = NetworkParameters()
    parameters.window = window
    do {
      let shape = try parameters.shape(features: features)
      var inputs = features
      var layers: [LayerWeights] = []
      for units in shape.recurrent {
        layers.append(Self.layer(rows: 4 * units, inputs: inputs, hidden: units))
        inputs = units
      }
      for units in shape.dense.map(\.units) + [1] {
        layers.append(Self.layer(rows: units, inputs: inputs, hidden: 0))
        inputs = units
      }
      if let network = Network(shape: shape, layers: layers) { return network }
    } catch { throw Failure(.usage, "\(error)") }
    throw Failure(.usage, "no network has these sizes")
  }

  private static func layer(rows: Int, inputs: Int, hidden: Int) -> LayerWeights {
    func block(_ columns: Range<Int>) -> [Float] {
      (0..<rows).flatMap { row in columns.map { wave(row, $0) * 0.25 } }
    }
    return LayerWeights(
      bias: block(0..<1), input: block(1..<1 + inputs),
      hidden: block(1 + inputs..<1 + inputs + hidden))
  }

  /// (37·row + 91·column) mod 101 brought to −1…1: no pattern that a product could hide in.
  private static func wave(_ row: Int, _ column: Int) -> Float {
    Float((37 * row + 91 * column) % 101) / 50 - 1
  }
}
