internal import Bytes
internal import Features
internal import Market

/// The binary form: heading, recipe, scaler, label, series, model, residual deviation, then the SHA-256 of
/// all before it. Without the seal a flipped bit in a weight would read as another, lying model.
extension TrainedModel {
  private static let heading: UInt32 = 0x4D58_5541
  private static let form: UInt16 = 2
  private static let sealBytes = 32

  public func encoded() -> [UInt8] {
    var writer = ByteWriter(capacity: 4_096)
    writer.uint32(Self.heading)
    writer.uint16(Self.form)
    writer.uint16(UInt16(Recipe.dialect))
    write(recipe, to: &writer)
    write(scaler, to: &writer)
    write(label, to: &writer)
    writer.int32(interval.rawValue)
    writer.length(symbols.count)
    for symbol in symbols { writer.string(symbol.description) }
    model.write(to: &writer)
    writer.double(residualDeviation)
    return writer.bytes + Sha256.digest(writer.bytes).bytes
  }

  public init(decoding bytes: [UInt8]) throws(ModelsError) {
    let end = bytes.count - Self.sealBytes
    guard end >= 0 else {
      throw .damaged(
        .truncated(offset: 0, expected: "a seal", needed: Self.sealBytes, left: bytes.count))
    }
    var hash = Sha256()
    hash.update(bytes.span.bytes.extracting(first: end))
    guard Digest(bytes: Array(bytes[end...])) == hash.digest() else { throw .brokenSeal }
    var decoder = ModelDecoder(bytes, to: end)
    self = try decoder.model()
  }

  private func write(_ recipe: Recipe, to writer: inout ByteWriter) {
    writer.string(recipe.name)
    writer.length(recipe.count)
    for (name, formula) in zip(recipe.names, recipe.formulas) {
      writer.string(name)
      writer.string(formula)
    }
  }

  private func write(_ scaler: Scaler, to writer: inout ByteWriter) {
    writer.doubles(scaler.columns.flatMap { [$0.centre, $0.spread, $0.low, $0.high] })
    for column in scaler.columns { writer.doubles(column.knots) }
  }

  private func write(_ label: LabelDefinition, to writer: inout ByteWriter) {
    writer.string(label.prices.rawValue)
    writer.int32(Int32(label.horizonBars))
    switch label.form {
    case .plain: writer.uint8(0)
    case .scaled: writer.uint8(1)
    case .barrier(let widths, _):
      writer.uint8(2)
      writer.double(widths)
    }
    if let volatility = label.volatility { writer.int32(Int32(volatility.bars)) }
  }

  /// Reads the heading and refuses what is not for this program.
  fileprivate static func check(_ reader: inout ByteReader) throws(ModelsError) {
    let (heading, form, dialect): (UInt32, UInt16, UInt16)
    do throws(BytesError) {
      heading = try reader.uint32("a model's heading")
      form = try reader.uint16("a model's form")
      dialect = try reader.uint16("a recipe's dialect")
    } catch {
      throw .damaged(error)
    }
    guard heading == Self.heading else {
      throw .damaged(.malformed(offset: 0, expected: "a model's heading"))
    }
    guard form == Self.form else { throw .unknownForm(found: Int(form), known: Int(Self.form)) }
    guard Int(dialect) == Recipe.dialect else {
      throw .otherDialect(found: Int(dialect), known: Recipe.dialect)
    }
  }
}

/// Reads the parts one after the other and checks each before a type with preconditions sees it.
private struct ModelDecoder {
  private var reader: ByteReader

  init(_ bytes: [UInt8], to end: Int) { reader = ByteReader(bytes, from: 0, to: end) }

  mutating func model() throws(ModelsError) -> TrainedModel {
    try TrainedModel.check(&reader)
    let recipe = try recipe()
    let scaler = try scaler(columns: recipe.count)
    let label = try label()
    let interval = try interval()
    let symbols = try symbols()
    let model = try Model.read(&reader, columns: recipe.count)
    let deviation = try read { reader throws(BytesError) in try reader.double("a deviation") }
    guard deviation.isFinite, deviation >= 0 else { throw bad("deviation", "\(deviation)", "≥ 0") }
    try read { reader throws(BytesError) in try reader.finish() }
    return TrainedModel(
      recipe: recipe, scaler: scaler, label: label, interval: interval, symbols: symbols,
      model: model, residualDeviation: deviation)
  }

  private mutating func recipe() throws(ModelsError) -> Recipe {
    let (name, features) = try read { reader throws(BytesError) in
      let name = try reader.string("a recipe's name")
      let count = try reader.length("features", limit: RecipeLimit.features.value)
      var features: [(name: String, expression: String)] = []
      for _ in 0..<count {
        features.append((try reader.string("a name"), try reader.string("a formula")))
      }
      return (name, features)
    }
    let recipe: Recipe
    do throws(RecipeError) {
      recipe = try Recipe(name: name, features: features)
    } catch {
      throw .badRecipe(error)
    }
    guard recipe.formulas == features.map(\.expression) else {
      throw bad("recipe", "formulas in another spelling", "the canonical one")
    }
    return recipe
  }

  private mutating func scaler(columns: Int) throws(ModelsError) -> Scaler {
    let numbers = try read { reader throws(BytesError) in try reader.doubles("a scaler") }
    guard numbers.count == 4 * columns else {
      throw bad("scaler", "\(numbers.count) numbers", "\(4 * columns)")
    }
    var found: [Scaler.Column] = []
    for start in stride(from: 0, to: numbers.count, by: 4) {
      let (centre, spread) = (numbers[start], numbers[start + 1])
      let (low, high) = (numbers[start + 2], numbers[start + 3])
      guard centre.isFinite, spread.isFinite, spread >= 0, low <= high else {
        throw bad("scaler", "\(centre), \(spread), \(low), \(high)", "a centre, a spread, limits")
      }
      found.append(
        Scaler.Column(centre: centre, spread: spread, low: low, high: high, knots: try knots()))
    }
    return Scaler(columns: found)
  }

  private mutating func knots() throws(ModelsError) -> [Double] {
    let knots = try read { reader throws(BytesError) in try reader.doubles("a column's knots") }
    guard knots.count <= Scaler.Column.mostKnots, knots.allSatisfy(\.isFinite),
      zip(knots, knots.dropFirst()).allSatisfy({ $0 <= $1 })
    else { throw bad("scaler", "\(knots.count) knots", "a few rising numbers") }
    return knots
  }

  private mutating func form() throws(ModelsError) -> LabelDefinition.Form {
    let kind = try read { reader throws(BytesError) in try reader.uint8("a kind of label") }
    guard kind <= 2 else { throw bad("label", "kind \(kind)", "0 to 2") }
    guard kind > 0 else { return .plain }
    let (widths, bars) = try read { reader throws(BytesError) in
      let widths = kind == 2 ? try reader.double("a barrier's width") : 1
      return (widths, Int(try reader.int32("a volatility's bars")))
    }
    guard LabelDefinition.Volatility.range ~= bars, widths > 0, widths.isFinite else {
      throw bad("label", "\(widths) volatilities of \(bars) bars", "positive ones")
    }
    let volatility = LabelDefinition.Volatility(bars: bars)
    return kind == 1 ? .scaled(volatility) : .barrier(widths: widths, volatility)
  }

  private mutating func label() throws(ModelsError) -> LabelDefinition {
    let (prices, horizon) = try read { reader throws(BytesError) in
      (try reader.string("a label's prices"), try reader.int32("a horizon"))
    }
    let form = try form()
    guard let known = LabelDefinition.Prices(rawValue: prices), horizon > 0 else {
      throw bad("label", "\(prices), \(horizon) bars", "known prices and a positive horizon")
    }
    return LabelDefinition(known, horizonBars: Int(horizon), form: form)
  }

  private mutating func interval() throws(ModelsError) -> BarInterval {
    let seconds = try read { reader throws(BytesError) in try reader.int32("an interval") }
    guard let interval = BarInterval(rawValue: seconds) else {
      throw bad("interval", "\(seconds) s", "a known length of bar")
    }
    return interval
  }

  private mutating func symbols() throws(ModelsError) -> [Symbol] {
    let names = try read { reader throws(BytesError) in
      let count = try reader.length("symbols", limit: 100_000)
      var names: [String] = []
      for _ in 0..<count { names.append(try reader.string("a symbol")) }
      return names
    }
    var symbols: [Symbol] = []
    for name in names {
      guard let symbol = Symbol(name) else { throw bad("symbol", name, "CODE.EXCHANGE") }
      symbols.append(symbol)
    }
    return symbols
  }

  private mutating func read<Value>(
    _ body: (inout ByteReader) throws(BytesError) -> Value
  ) throws(ModelsError) -> Value {
    do throws(BytesError) {
      return try body(&reader)
    } catch {
      throw .damaged(error)
    }
  }

  private func bad(_ what: String, _ found: String, _ expected: String) -> ModelsError {
    .badContent(what: what, found: found, expected: expected)
  }
}
