import Console
import Glibc
import Models
import Numerics

/// The files of a made regression: `PREFIX.json`, `PREFIX.X.f32` row after row, `PREFIX.y.f32`, and
/// `PREFIX.w.f32` where the header says that rows are weighted.
struct RegressionData {
  let columns: Int
  let training: LabelledRows
  let validation: FloatMatrix
  let validationLabels: [Double]

  init(_ prefix: String) throws(Failure) {
    let rows = try headerNumber("rows", of: prefix)
    let columns = try headerNumber("cols", of: prefix)
    let trainRows = try headerNumber("train_rows", of: prefix)
    let values = try floats(prefix + ".X.f32", rows * columns)
    let labels = try floats(prefix + ".y.f32", rows)
    let isWeighted = (try? headerNumber("weighted", of: prefix)) == 1
    let weights = try isWeighted ? floats(prefix + ".w.f32", rows) : nil
    self.columns = columns
    validation = matrix(values, trainRows..<rows, columns)
    validationLabels = labels[trainRows...].map { Double($0) }
    do {
      training = try LabelledRows(
        matrix(values, 0..<trainRows, columns), labels[..<trainRows].map { Double($0) },
        weights: weights.map { $0[..<trainRows].map { Double($0) } })
    } catch {
      throw Failure(.data, "\(prefix): \(error)")
    }
  }

  /// How good forecasts of the validation rows are, by the members that peers print too.
  func scores(_ forecasts: [Double]) -> [(String, JSON)] {
    let mean = Statistics.mean(validationLabels)
    let errors = zip(validationLabels, forecasts).map { ($0 - $1) * ($0 - $1) }
    let spread = validationLabels.map { ($0 - mean) * ($0 - mean) }
    let rmse = Statistics.mean(errors).squareRoot()
    return [
      ("check", .number(rmse)), ("rmse_valid", .number(rmse)),
      ("r2_valid", .number(1 - Statistics.sum(errors) / Statistics.sum(spread))),
      ("rank_ic", .number(Statistics.spearman(validationLabels, forecasts))),
    ]
  }
}

/// Turns rows into columns.
private func matrix(_ values: [Float], _ rows: Range<Int>, _ columns: Int) -> FloatMatrix {
  var matrix = FloatMatrix(rows: rows.count, columns: columns)
  for (place, row) in rows.enumerated() {
    for column in 0..<columns {
      matrix.values[column * rows.count + place] = values[row * columns + column]
    }
  }
  return matrix
}

private func bytes(_ path: String) throws(Failure) -> [UInt8] {
  guard let file = fopen(path, "rb") else { throw Failure(.data, "\(path): cannot be read") }
  defer { fclose(file) }
  fseek(file, 0, SEEK_END)
  let count = ftell(file)
  rewind(file)
  return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
    filled = fread(buffer.baseAddress, 1, count, file)
  }
}

/// The numbers of a file that must hold so many.
func floats(_ path: String, _ count: Int) throws(Failure) -> [Float] {
  try words(path, count, as: Float.self)
}

/// The little-endian numbers of a file that must hold `count` of them.
func words<Value: BitwiseCopyable>(
  _ path: String, _ count: Int, as: Value.Type
) throws(Failure) -> [Value] {
  let bytes = try bytes(path)
  let expected = count * MemoryLayout<Value>.stride
  guard bytes.count == expected else {
    throw Failure(.data, "\(path): \(bytes.count) bytes, \(expected) expected")
  }
  return bytes.withUnsafeBytes { Array($0.bindMemory(to: Value.self)) }
}

/// The whole number of a member of the header `PREFIX.json`.
func headerNumber(_ name: String, of prefix: String) throws(Failure) -> Int {
  let header = String(decoding: try bytes(prefix + ".json"), as: UTF8.self)
  guard let place = header.firstRange(of: "\"\(name)\":")?.upperBound,
    let value = Int(header[place...].drop { $0 == " " }.prefix { $0.isNumber })
  else { throw Failure(.data, "\(prefix).json: no number \"\(name)\"") }
  return value
}
