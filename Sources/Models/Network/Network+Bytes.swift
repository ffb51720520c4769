public import Bytes

/// The binary form of a shape, a network, an ensemble: sizes, then the weights as they lie.
extension NetworkShape {
  func write(to writer: inout ByteWriter) {
    writer.int32(Int32(window))
    writer.int32(Int32(features))
    writer.int32s(recurrent.map { Int32($0) })
    writer.int32s(dense.map { Int32($0.units) })
    for layer in dense { writer.string(layer.activation.rawValue) }
  }

  /// Reads what `write` wrote; `nil` where the bytes read well but make no shape.
  static func read(_ reader: inout ByteReader) throws(BytesError) -> NetworkShape? {
    let window = Int(try reader.int32("a window"))
    let features = Int(try reader.int32("a number of features"))
    let recurrent = try reader.int32s("recurrent layers").map { Int($0) }
    let units = try reader.int32s("dense layers").map { Int($0) }
    var dense: [Dense] = []
    for units in units {
      guard let activation = Activation(rawValue: try reader.string("an activation")) else {
        return nil
      }
      dense.append(Dense(units: units, activation: activation))
    }
    return try? NetworkShape(
      window: window, features: features, recurrent: recurrent, dense: dense)
  }
}

extension NetworkEnsemble {
  func write(to writer: inout ByteWriter) {
    writer.length(members.count)
    for network in members {
      network.shape.write(to: &writer)
      writer.double(network.unit)
      network.writeWeights(to: &writer)
    }
  }

  static func read(_ reader: inout ByteReader) throws(BytesError) -> NetworkEnsemble? {
    let count = try reader.length("networks", limit: NetworkParameters.mostMembers)
    var members: [Network] = []
    for _ in 0..<count {
      let shape = try NetworkShape.read(&reader)
      let unit = try reader.double("a unit")
      guard let shape, let (weights, precision) = try Network.readWeights(&reader, shape),
        let network = Network(shape: shape, weights: weights, unit: unit, precision: precision)
      else { return nil }
      members.append(network)
    }
    return NetworkEnsemble(members)
  }
}

extension NetworkTraining {
  private static let heading: UInt32 = 0x4E_5458_42
  private static let sealBytes = 32

  /// A checkpoint, sealed by the SHA-256 of all before it. `lesson` names what is learned from: a state goes
  /// on only with the windows it began with.
  public func encoded(lesson: Digest) -> [UInt8] {
    var writer = ByteWriter(capacity: 16 * weights.count)
    writer.uint32(Self.heading)
    writer.run(lesson.bytes)
    for number in [member, epoch, steps, stale, dull, reductions] { writer.int(number) }
    writer.double(bestCost)
    for numbers in [weights, mean, square, best, average] + finished { writer.floats(numbers) }
    writer.length(curve.count)
    for point in curve { point.write(to: &writer) }
    return writer.bytes + Sha256.digest(writer.bytes).bytes
  }

  public init(decoding bytes: [UInt8], lesson: Digest) throws(ModelsError) {
    let end = bytes.count - Self.sealBytes
    guard end >= 0, Sha256.digest(Array(bytes[..<end])) == Digest(bytes: Array(bytes[end...]))
    else { throw .brokenSeal }
    var reader = ByteReader(bytes, from: 0, to: end)
    do throws(BytesError) {
      let (heading, found) = (try reader.uint32("a heading"), try reader.run("a lesson"))
      guard heading == Self.heading else {
        throw .malformed(offset: 0, expected: "a checkpoint's heading")
      }
      guard found == lesson.bytes else {
        throw .malformed(offset: 4, expected: "a checkpoint of the same windows and settings")
      }
      self = try NetworkTraining(reading: &reader)
      try reader.finish()
    } catch { throw .damaged(error) }
  }

  private init(reading reader: inout ByteReader) throws(BytesError) {
    var numbers: [Int] = []
    for _ in 0..<6 { numbers.append(try reader.int("a count")) }
    let bestCost = try reader.double("the best cost")
    self.init(try reader.floats("weights"))
    (member, epoch, steps) = (numbers[0], numbers[1], numbers[2])
    (stale, dull, reductions) = (numbers[3], numbers[4], numbers[5])
    self.bestCost = bestCost
    mean = try reader.floats("means")
    square = try reader.floats("squares")
    best = try reader.floats("the best weights")
    average = try reader.floats("the mean weights")
    guard 0...NetworkParameters.mostMembers ~= member, mean.count == weights.count,
      square.count == weights.count, best.count == weights.count,
      average.count == weights.count
    else { throw .malformed(offset: 4, expected: "moments for every weight") }
    for _ in 0..<member { finished.append(try reader.floats("a network's weights")) }
    let count = try reader.length("epochs", elementSize: 57)
    for _ in 0..<count { curve.append(try NetworkEpoch(reading: &reader)) }
  }
}

extension NetworkEpoch {
  fileprivate func write(to writer: inout ByteWriter) {
    for number in [member, epoch, samples] { writer.int(number) }
    for number in [training, gradientNorm, rate, validation ?? 0] { writer.double(number) }
    writer.bool(validation != nil)
  }

  fileprivate init(reading reader: inout ByteReader) throws(BytesError) {
    member = try reader.int("a member")
    epoch = try reader.int("an epoch")
    samples = try reader.int("a number of windows")
    training = try reader.double("a cost")
    gradientNorm = try reader.double("a length")
    rate = try reader.double("a rate")
    let held = try reader.double("a cost")
    validation = try reader.bool("whether windows were held out") ? held : nil
  }
}
