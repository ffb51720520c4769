import Bytes
public import Console
public import Features
public import Market

/// A feature matrix with its outcomes as files other programs read.
public struct MatrixFile {
  let features: FeatureMatrix
  let returns: [Double]
  let owners: Owners?

  /// Whose the rows of a panel are.
  public struct Owners: Sendable {
    let symbols: [Symbol]
    /// By row, the place among the symbols.
    let rows: [Int32]

    public init(symbols: [Symbol], rows: [Int32]) {
      self.symbols = symbols
      self.rows = rows
    }
  }

  /// `owners` are told where the rows are of several series.
  public init(_ features: FeatureMatrix, returns: [Double], owners: Owners? = nil) {
    precondition(features.rows == returns.count, "an outcome place per row")
    precondition(owners.map { $0.rows.count == features.rows } ?? true, "an owner per row")
    self.features = features
    self.returns = returns
    self.owners = owners
  }

  /// Writes a table for a name that ends in `.csv`, and for `.npy` the columns as NumPy keeps them, with
  /// their names, instants, outcomes and owners beside them. Returns the files written.
  public func write(to path: String) throws(Failure) -> [String] {
    if path.hasSuffix(".csv") {
      try writeCsv(to: path)
      return [path]
    }
    guard path.hasSuffix(".npy") else {
      throw Failure(.usage, "\(path): its ending must be .csv (a table) or .npy (NumPy's columns)")
    }
    let stem = String(path.dropLast(4))
    let (rows, columns) = (features.rows, features.columns)
    try writeArray("<f4", [rows, columns], to: path) { writer in
      for column in 0..<columns {
        for row in 0..<rows { writer.float(features[row, column]) }
      }
    }
    try writeArray("<i8", [rows], to: stem + ".instants.npy") { writer in
      for instant in features.instants { writer.int64(instant.nanoseconds) }
    }
    try writeArray("<f8", [rows], to: stem + ".returns.npy") { writer in
      for value in returns { writer.double(value) }
    }
    let names = features.names.map { $0 + "\n" }.joined()
    try writeFile(Array(names.utf8), to: stem + ".names.txt")
    let written = [path] + [".instants.npy", ".returns.npy", ".names.txt"].map { stem + $0 }
    guard let owners else { return written }
    try writeArray("<i4", [rows], to: stem + ".owners.npy") { writer in
      for owner in owners.rows { writer.int32(owner) }
    }
    let symbols = owners.symbols.map { "\($0)\n" }.joined()
    try writeFile(Array(symbols.utf8), to: stem + ".symbols.txt")
    return written + [".owners.npy", ".symbols.txt"].map { stem + $0 }
  }

  private func writeCsv(to path: String) throws(Failure) {
    try writeFile(to: path) { (write) throws(Failure) in
      let owned = owners == nil ? [] : ["symbol"]
      let heads = ["closed_at_utc", "trading_day"] + owned + features.names + ["return"]
      try write(Array((heads.joined(separator: ",") + "\n").utf8))
      var row = [Float](repeating: 0, count: features.columns)
      for index in 0..<features.rows {
        features.copyRow(index, into: &row)
        let instant = TimeText.text(nanos: features.instants[index].nanoseconds)
        var line = "\(instant),\(features.tradingDays[index])"
        if let owners { line += ",\(owners.symbols[Int(owners.rows[index])])" }
        for value in row { line += value.isFinite ? ",\(value)" : "," }
        line += returns[index].isFinite ? ",\(returns[index])\n" : ",\n"
        try write(Array(line.utf8))
      }
    }
  }

  /// An array in NumPy's own form, version 1.0: a heading of text padded to 64 bytes, then the numbers,
  /// column after column.
  private func writeArray(
    _ kind: String, _ shape: [Int], to path: String, _ fill: (inout ByteWriter) -> Void
  ) throws(Failure) {
    let sizes = shape.map { "\($0)," }.joined(separator: " ")
    var heading = "{'descr': '\(kind)', 'fortran_order': True, 'shape': (\(sizes)), }"
    let fixed = 10
    heading += String(repeating: " ", count: 63 - (fixed + heading.utf8.count) % 64) + "\n"
    var writer = ByteWriter(capacity: 4_096)
    for byte in [0x93] + Array("NUMPY".utf8) + [1, 0] { writer.uint8(byte) }
    writer.uint16(UInt16(heading.utf8.count))
    for byte in heading.utf8 { writer.uint8(byte) }
    fill(&writer)
    try writeFile(writer.bytes, to: path)
  }
}
