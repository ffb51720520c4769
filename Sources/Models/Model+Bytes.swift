internal import Bytes

/// The binary form of a model: a byte for its kind, then its numbers.
extension Model {
  /// The model alone, without what seals and explains it.
  public func encoded() -> [UInt8] {
    var writer = ByteWriter()
    write(to: &writer)
    return writer.bytes
  }

  /// Reads what `encoded` gave, for rows of so many columns.
  public init(decoding bytes: [UInt8], columns: Int) throws(ModelsError) {
    var reader = ByteReader(bytes)
    self = try Model.read(&reader, columns: columns)
    do throws(BytesError) { try reader.finish() } catch { throw .damaged(error) }
  }

  func write(to writer: inout ByteWriter) {
    switch self {
    case .zero: writer.uint8(0)
    case .lastValue(let column):
      writer.uint8(1)
      writer.int32(Int32(column))
    case .ridge(let ridge):
      writer.uint8(2)
      writer.double(ridge.intercept)
      writer.double(ridge.penalty)
      writer.double(ridge.degreesOfFreedom)
      writer.doubles(ridge.weights)
    case .boosted(let trees):
      writer.uint8(3)
      trees.write(to: &writer)
    case .forest(let trees):
      writer.uint8(trees.isSampled ? 7 : 4)
      trees.write(to: &writer)
      if trees.isSampled { writer.floats(trees.samples) }
    case .committee(let committee):
      writer.uint8(5)
      writer.bool(committee.joining == .ranks)
      writer.length(committee.members.count)
      for member in committee.members {
        writer.double(member.share)
        if let quantiles = member.quantiles { writer.doubles(quantiles.knots) }
        member.model.write(to: &writer)
      }
    case .network(let networks):
      writer.uint8(6)
      networks.write(to: &writer)
    }
  }

  /// Reads what `write` wrote, for rows of so many columns; the error names what does not fit.
  static func read(_ reader: inout ByteReader, columns: Int) throws(ModelsError) -> Model {
    let model: Model
    do throws(BytesError) {
      model = try reading(&reader, columns)
    } catch {
      throw .damaged(error)
    }
    guard model.fits(columns: columns) else {
      throw .badContent(
        what: "weights", found: "another number", expected: "one per feature, \(columns)")
    }
    return model
  }

  private static func reading(
    _ reader: inout ByteReader, _ columns: Int
  ) throws(BytesError) -> Model {
    let start = reader.offset
    func sound<Value>(_ value: Value?, _ expected: String) throws(BytesError) -> Value {
      guard let value else { throw .malformed(offset: start, expected: expected) }
      return value
    }
    switch try reader.uint8("a kind of model") {
    case 0: return .zero
    case 1: return .lastValue(column: Int(try reader.int32("a column")))
    case 2:
      let intercept = try reader.double("an intercept")
      let penalty = try reader.double("a penalty")
      let freedom = try reader.double("degrees of freedom")
      let ridge = Ridge(
        intercept: intercept, weights: try reader.doubles("weights"), penalty: penalty,
        degreesOfFreedom: freedom)
      return .ridge(try sound(ridge, "finite weights"))
    case 3:
      let trees = try TreeEnsemble.read(&reader, columns: columns)
      return .boosted(try sound(trees, "trees of finite numbers"))
    case 4:
      let trees = try TreeEnsemble.read(&reader, columns: columns)
      return .forest(try sound(trees, "trees of finite numbers"))
    case 5:
      let committee = try reader.nested { reader throws(BytesError) in
        try readCommittee(&reader, columns)
      }
      return .committee(try sound(committee, "members with positive shares"))
    case 6: return .network(try sound(try NetworkEnsemble.read(&reader), "finite weights"))
    case 7:
      let trees = try TreeEnsemble.read(&reader, columns: columns)
      let sampled = trees?.sampled(try reader.floats("labels of leaves"))
      return .forest(try sound(sampled, "trees of finite numbers with a label for each node"))
    default: throw .malformed(offset: start, expected: "a kind of model, 0 to 7")
    }
  }

  private static func readCommittee(
    _ reader: inout ByteReader, _ columns: Int
  ) throws(BytesError) -> Committee? {
    let isRanked = try reader.bool("how answers are joined")
    let count = try reader.length("members", elementSize: 9, limit: Committee.mostMembers)
    var (models, shares, scales) = ([Model](), [Double](), [RankScale]())
    for _ in 0..<count {
      shares.append(try reader.double("a share"))
      if isRanked {
        guard let scale = RankScale(knots: try reader.doubles("quantiles")) else { return nil }
        scales.append(scale)
      }
      let model = try reading(&reader, columns)
      guard model.fits(columns: columns) else { return nil }
      models.append(model)
    }
    return Committee(models, shares: shares, scales: isRanked ? scales : nil)
  }
}
