internal import Bytes
internal import Features
public import Numerics

/// Rows of features with the forecasts they must give: a stored model proves itself on them when it is read.
public struct Probe: Equatable, Sendable {
  /// As the recipe gives them, not yet scaled.
  public let rows: FloatMatrix
  public let outputs: [Double]

  private static let form: UInt16 = 1

  /// Asks the model now what it must answer later.
  public init(_ trained: TrainedModel, rows: FloatMatrix) {
    precondition(rows.columns == trained.inputCount, "a probe has the model's columns")
    self.rows = rows
    outputs = Probe.answers(trained, rows)
  }

  /// How the model's answers differ from the stored ones, `nil` where every bit agrees.
  public func difference(from trained: TrainedModel) -> String? {
    guard rows.columns == trained.inputCount else {
      return "\(rows.columns) columns, the model reads \(trained.inputCount)"
    }
    for (row, answer) in Probe.answers(trained, rows).enumerated()
    where answer.bitPattern != outputs[row].bitPattern {
      return "row \(row + 1) gives \(answer), \(outputs[row]) was stored"
    }
    return nil
  }

  private static func answers(_ trained: TrainedModel, _ rows: FloatMatrix) -> [Double] {
    (0..<rows.rows).map { row in
      var features = (0..<rows.columns).map { rows[row, $0] }
      return features.withUnsafeMutableBufferPointer { trained.predict(scaling: $0) }
    }
  }
}

extension Probe {
  public func encoded() -> [UInt8] {
    var writer = ByteWriter(capacity: 16 + 4 * rows.values.count + 8 * outputs.count)
    writer.uint16(Probe.form)
    writer.uint32(UInt32(rows.columns))
    writer.doubles(outputs)
    writer.floats(rows.values)
    return writer.bytes
  }

  public init(decoding bytes: [UInt8]) throws(ModelsError) {
    var reader = ByteReader(bytes)
    do throws(BytesError) {
      let form = try reader.uint16("the form of a probe")
      let columns = Int(try reader.uint32("a number of columns"))
      let outputs = try reader.doubles("the answers")
      let values = try reader.floats("the rows")
      let (expected, isTooLarge) = columns.multipliedReportingOverflow(by: outputs.count)
      guard form == Probe.form, !isTooLarge, expected == values.count else {
        throw .malformed(offset: 0, expected: "rows with an answer each")
      }
      try reader.finish()
      rows = FloatMatrix(rows: outputs.count, columns: columns, values: values)
      self.outputs = outputs
    } catch {
      throw .damaged(error)
    }
  }
}
