import Console
import Features
import Models
import Workbench

extension Command {
  static let lstmForeign = Command(
    "lstm-foreign", "Read a network of PyTorch or Keras and forecast windows",
    about: """
      Takes the text of scripts/export_network.py and rows of raw features (single precision, one row \
      after the other), and forecasts every window of consecutive rows: all together, and each alone, \
      which must give the same bits.
      """,
    flags: [
      Flag("model", value: "FILE", "The network."),
      Flag("rows", value: "FILE", "The rows."),
      Flag("out", value: "FILE", "The forecasts, double precision.", shownDefault: "ours.f64"),
    ],
    examples: [Example("lstm-foreign --model network.txt --rows rows.f32", "Theirs, asked here")]
  ) { invocation in
    let path = invocation.text("model") ?? ""
    let bytes = try readFile(path)
    let (read, timing) = try Timing.of { () throws(Failure) in
      do { return try ForeignModel(.network, bytes) } catch {
        throw Failure(.data, "\(path): \(error)")
      }
    }
    guard case .network(let networks) = read.model else {
      throw Failure(.data, "\(path) holds no network")
    }
    let windows = try windows(
      try readFile(invocation.text("rows") ?? ""), networks.shape, scaler: read.scaler)
    let forecasts = networks.predict(windows)
    let length = networks.shape.window * networks.shape.features
    for (place, together) in forecasts.enumerated() {
      let start = place * networks.shape.features
      let alone = networks.predict(Array(windows.values[start..<start + length]))
      guard alone.bitPattern == together.bitPattern else {
        throw Failure(.failed, "window \(place + 1): \(alone) alone, \(together) with others")
      }
    }
    try writeFile(
      forecasts.withUnsafeBytes { [UInt8]($0) }, to: invocation.text("out") ?? "ours.f64")
    invocation.terminal.print(
      result(
        "lstm-foreign", timing,
        [("bytes", .integer(bytes.count)), ("windows", .integer(forecasts.count))]))
    return .ok
  }

  private static func windows(
    _ bytes: [UInt8], _ shape: NetworkShape, scaler: Scaler
  ) throws(Failure) -> WindowedRows {
    let rows = bytes.count / (4 * shape.features)
    guard bytes.count == 4 * rows * shape.features, rows >= shape.window else {
      throw Failure(
        .data,
        "\(bytes.count) bytes are no rows of \(shape.features) numbers, \(shape.window) at least")
    }
    var values = bytes.withUnsafeBytes { raw in
      (0..<rows * shape.features).map { raw.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
    }
    for row in 0..<rows {
      let place = row * shape.features
      values.withUnsafeMutableBufferPointer {
        scaler.apply(to: UnsafeMutableBufferPointer(rebasing: $0[place..<place + shape.features]))
      }
    }
    let ends = Array(shape.window...rows)
    return WindowedRows(
      values, features: shape.features, window: shape.window, ends: ends,
      labels: [Double](repeating: 0, count: ends.count))
  }
}
