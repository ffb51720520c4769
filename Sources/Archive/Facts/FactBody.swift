import Bytes
import Market

/// The bytes of what is known of a day: which values there are, then each in turn. Prices are in
/// hundred-millionths, which every price of ours is a whole number of.
enum FactBody {
  static let grid = Grid(decimals: Grid.most)
  private static let mostNames = 1_000

  static func encode(_ day: KnownDay) -> [UInt8] {
    var writer = ByteWriter()
    writer.uint16(mask(day))
    for price in [
      day.previousClose, day.previousSettle, day.settle, day.lowest, day.highest,
    ] {
      if let price { writer.int64(price.units) }
    }
    if let margin = day.margin { writer.int64(margin.hundredMillionths) }
    if let fees = day.fees { encode(fees, to: &writer) }
    if let isSpecial = day.isSpecial { writer.uint8(isSpecial ? 1 : 0) }
    if let listing = day.listing { writer.uint8(listing.rawValue) }
    if let number = day.dayNumber { writer.int64(Int64(number)) }
    if let adjustment = day.adjustment { writer.double(adjustment) }
    if let indexes = day.indexes {
      writer.length(indexes.count)
      for name in indexes { writer.string(name) }
    }
    if let industry = day.industry { writer.string(industry) }
    return writer.bytes
  }

  /// Which values are there, in the order of `KnownDay`.
  private static func mask(_ day: KnownDay) -> UInt16 {
    let isKnown = [
      day.previousClose != nil, day.previousSettle != nil, day.settle != nil, day.lowest != nil,
      day.highest != nil, day.margin != nil, day.fees != nil, day.isSpecial != nil,
      day.listing != nil, day.dayNumber != nil, day.adjustment != nil, day.indexes != nil,
      day.industry != nil,
    ]
    return isKnown.enumerated().reduce(0) { $0 | ($1.element ? 1 << UInt16($1.offset) : 0) }
  }

  private static func encode(_ fees: Fees, to writer: inout ByteWriter) {
    for fee in [fees.open, fees.close, fees.closeToday] {
      writer.int64(fee.rate.hundredMillionths)
      writer.int64(fee.perLot.minor)
    }
    writer.int64(fees.minimum.minor)
    writer.int64(fees.saleTax.hundredMillionths)
  }

  static func decode(_ bytes: [UInt8]) throws(BytesError) -> KnownDay {
    var reader = ByteReader(bytes)
    let mask = try reader.uint16("a mask")
    let has = { (bit: UInt16) in mask & (1 << bit) != 0 }
    var day = KnownDay()
    if has(0) { day.previousClose = Price(units: try reader.int64()) }
    if has(1) { day.previousSettle = Price(units: try reader.int64()) }
    if has(2) { day.settle = Price(units: try reader.int64()) }
    if has(3) { day.lowest = Price(units: try reader.int64()) }
    if has(4) { day.highest = Price(units: try reader.int64()) }
    if has(5) { day.margin = Rate(hundredMillionths: try reader.int64()) }
    if has(6) { day.fees = try fees(&reader) }
    if has(7) { day.isSpecial = try reader.bool() }
    if has(8) { day.listing = try listing(&reader) }
    if has(9) { day.dayNumber = try reader.int() }
    if has(10) { day.adjustment = try reader.double() }
    if has(11) {
      var names: [String] = []
      for _ in 0..<(try reader.length("indexes", elementSize: 4, limit: mostNames)) {
        names.append(try reader.string("an index", limit: 256))
      }
      day.indexes = names
    }
    if has(12) { day.industry = try reader.string("an industry", limit: 256) }
    try reader.finish()
    return day
  }

  private static func fees(_ reader: inout ByteReader) throws(BytesError) -> Fees {
    let open = try fee(&reader)
    let close = try fee(&reader)
    let closeToday = try fee(&reader)
    let minimum = Money(minor: try reader.int64())
    return Fees(
      open: open, close: close, closeToday: closeToday, minimum: minimum,
      saleTax: Rate(hundredMillionths: try reader.int64()))
  }

  private static func fee(_ reader: inout ByteReader) throws(BytesError) -> Fee {
    let rate = Rate(hundredMillionths: try reader.int64())
    return Fee(rate: rate, perLot: Money(minor: try reader.int64()))
  }

  private static func listing(_ reader: inout ByteReader) throws(BytesError) -> KnownDay.Listing {
    let start = reader.offset
    guard let listing = KnownDay.Listing(rawValue: try reader.uint8()) else {
      throw .malformed(offset: start, expected: "a state of listing")
    }
    return listing
  }
}

extension KnownDay {
  /// What of this is news to `held`: values it lacks, and values that differ from its own.
  func news(to held: KnownDay) -> (first: KnownDay, restated: KnownDay) {
    var (first, restated) = (KnownDay(), KnownDay())
    func sort<Value: Equatable>(_ path: WritableKeyPath<KnownDay, Value?>) {
      guard let value = self[keyPath: path], value != held[keyPath: path] else { return }
      if held[keyPath: path] == nil {
        first[keyPath: path] = value
      } else {
        restated[keyPath: path] = value
      }
    }
    sort(\.previousClose)
    sort(\.previousSettle)
    sort(\.settle)
    sort(\.lowest)
    sort(\.highest)
    sort(\.margin)
    sort(\.fees)
    sort(\.isSpecial)
    sort(\.listing)
    sort(\.dayNumber)
    sort(\.adjustment)
    sort(\.indexes)
    sort(\.industry)
    return (first, restated)
  }
}
