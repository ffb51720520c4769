internal import Bytes
internal import Numerics

/// How many bits a stored weight has. Rows of fewer than 32 are whole numbers times a power of two, which
/// is each row's own; a network reckons with these very numbers, so that what is stored is what is used.
public enum WeightPrecision: Int, CaseIterable, Hashable, Sendable {
  case bits8 = 8
  case bits16 = 16
  case bits32 = 32

  /// The largest whole number of either sign.
  private var most: Float { Float(1 << (rawValue - 1) - 1) }

  /// The least power of two at which the row's largest weight is no more than the largest number.
  func exponent(_ row: ArraySlice<Float>) -> Int {
    let largest = row.reduce(0) { max($0, abs($1)) }
    guard largest > 0 else { return 0 }
    let quotient = largest / most
    let floor = Int(quotient.exponent)
    return quotient.significand > 1 ? floor + 1 : floor
  }

  func whole(_ weight: Float, exponent: Int) -> Int32 {
    let scale = Float(sign: .plus, exponent: exponent, significand: 1)
    return Int32(min(most, max(-most, (weight / scale).rounded())))
  }

  func weight(_ whole: Int32, exponent: Int) -> Float {
    Float(whole) * Float(sign: .plus, exponent: exponent, significand: 1)
  }
}

extension Network {
  /// The same network with weights of fewer bits.
  public func rounded(to precision: WeightPrecision) -> Network? {
    guard precision != .bits32 else { return self }
    var rounded = weights
    for row in shape.plates.flatMap(\.rowRanges) {
      let exponent = precision.exponent(weights[row])
      for place in row {
        rounded[place] = precision.weight(
          precision.whole(weights[place], exponent: exponent), exponent: exponent)
      }
    }
    return Network(shape: shape, weights: rounded, unit: unit, precision: precision)
  }

  func writeWeights(to writer: inout ByteWriter) {
    writer.uint8(UInt8(precision.rawValue))
    guard precision != .bits32 else { return writer.floats(weights) }
    for row in shape.plates.flatMap(\.rowRanges) {
      let exponent = precision.exponent(weights[row])
      writer.int32(Int32(exponent))
      for place in row {
        let whole = precision.whole(weights[place], exponent: exponent)
        if precision == .bits8 {
          writer.uint8(UInt8(bitPattern: Int8(whole)))
        } else {
          writer.uint16(UInt16(bitPattern: Int16(whole)))
        }
      }
    }
  }

  /// `nil` where the bytes read well but make no weights.
  static func readWeights(
    _ reader: inout ByteReader, _ shape: NetworkShape
  ) throws(BytesError) -> (weights: [Float], precision: WeightPrecision)? {
    guard let precision = WeightPrecision(rawValue: Int(try reader.uint8("bits"))) else {
      return nil
    }
    guard precision != .bits32 else { return (try reader.floats("weights"), precision) }
    var weights = [Float](repeating: 0, count: shape.weightCount)
    for row in shape.plates.flatMap(\.rowRanges) {
      let exponent = Int(try reader.int32("an exponent"))
      guard -200...200 ~= exponent else { return nil }
      for place in row {
        let whole =
          precision == .bits8
          ? Int32(Int8(bitPattern: try reader.uint8("a weight")))
          : Int32(Int16(bitPattern: try reader.uint16("a weight")))
        weights[place] = precision.weight(whole, exponent: exponent)
      }
    }
    return (weights, precision)
  }
}

extension NetworkEnsemble {
  /// The same networks with weights of fewer bits.
  public func rounded(to precision: WeightPrecision) -> NetworkEnsemble? {
    let rounded = members.compactMap { $0.rounded(to: precision) }
    return rounded.count == members.count ? NetworkEnsemble(rounded) : nil
  }
}

extension WeightPlate {
  /// Where the learned weights of each row lie.
  fileprivate var rowRanges: [Range<Int>] {
    (0..<learnedRows).map { place($0, 0)..<place($0, inner) }
  }
}
