import Glibc

/// Reads rows that are like the one before them straight from a file's bytes into columns.
///
/// It takes only what it is sure of: the same symbol and day, bars of one stretch in order, plain
/// numbers on the series' grid, sound prices. Every other row it leaves to `CsvRowReader`, which
/// reads it or says what is wrong with it. So it never calls a row bad, and `data import` would do
/// the same without it, only slower.
struct PlainRows: ~Copyable {
  private enum Kind: UInt8 {
    /// The text of the row before.
    case same
    case clock
    case time
    case price
    case count
    case amount
    case passed
  }

  /// How one column of the file is read.
  private struct Part {
    var kind: Kind
    /// Where its numbers go, as an offset from the row's place.
    var offset = 0
    var factor: Int64 = 1
    /// Of the price in the row before.
    var shape = PriceShape.none
    /// How many columns of prices lie together from this one on: they are read in one go.
    var prices = 0
  }

  /// What the rows in hand may rely on; `nil` until a row was read the long way.
  var footing: PlainFooting?
  /// Rows read since they were last taken.
  private(set) var count = 0
  /// The grid that the shapes of prices are for.
  private var shapeDecimals = 0

  private let parts: UnsafeMutableBufferPointer<Part>
  private let isDescending: Bool
  private let turnoverFactor: Double
  private let integers: UnsafeMutablePointer<Int64>
  private let amounts: UnsafeMutablePointer<Double>

  static let mostRows = 4_096
  /// Closing instant, open, high, low, close, volume, open interest.
  private static let columns = 7

  init(_ header: CsvHeader, _ form: CsvForm) {
    isDescending = form.order == .newestFirst
    turnoverFactor = form.turnoverFactor
    var parts = [Part](repeating: Part(kind: .passed), count: header.columnCount)
    for field in CsvField.allCases where header.has(field) {
      parts[header[field]] = Self.part(field, header, form)
    }
    for index in parts.indices.reversed() where parts[index].kind == .price {
      parts[index].prices = 1 + (index + 1 < parts.count ? parts[index + 1].prices : 0)
    }
    self.parts = .allocate(capacity: parts.count)
    _ = self.parts.initialize(from: parts)
    integers = .allocate(capacity: Self.columns * Self.mostRows)
    integers.initialize(repeating: 0, count: Self.columns * Self.mostRows)
    amounts = .allocate(capacity: Self.mostRows)
    amounts.initialize(repeating: 0, count: Self.mostRows)
  }

  deinit {
    parts.deinitialize().deallocate()
    integers.deallocate()
    amounts.deallocate()
  }

  private static func part(_ field: CsvField, _ header: CsvHeader, _ form: CsvForm) -> Part {
    switch field {
    case .symbol, .exchange: Part(kind: form.symbol == nil ? .same : .passed)
    case .tradingDay: Part(kind: .same)
    case .datetime: Part(kind: header.has(.time) ? .same : .clock)
    case .time: Part(kind: .time)
    case .open: Part(kind: .price, offset: mostRows)
    case .high: Part(kind: .price, offset: 2 * mostRows)
    case .low: Part(kind: .price, offset: 3 * mostRows)
    case .close: Part(kind: .price, offset: 4 * mostRows)
    case .volume: Part(kind: .count, offset: 5 * mostRows, factor: form.volumeFactor)
    case .turnover: Part(kind: .amount)
    case .openInterest: Part(kind: .count, offset: 6 * mostRows)
    }
  }

  /// Reads as many rows as it is sure of and has room for; how many bytes they take.
  mutating func read(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    guard let footing, let start = text.baseAddress else { return 0 }
    if footing.decimals != shapeDecimals {
      for index in parts.indices { parts[index].shape = .none }
      shapeDecimals = footing.decimals
    }
    let end = start + text.count
    var row = start
    var last = footing.lastSecond
    while row < end, count < Self.mostRows, let next = read(row, footing, &last) { row = next }
    self.footing?.lastSecond = last
    return row - start
  }

  func column(_ index: Int) -> UnsafeBufferPointer<Int64> {
    UnsafeBufferPointer(start: integers + index * Self.mostRows, count: count)
  }

  var turnovers: UnsafeBufferPointer<Double> { UnsafeBufferPointer(start: amounts, count: count) }

  mutating func clear() { count = 0 }
}

extension PlainRows {
  /// Reads one row; where the next one begins, or `nil` where it is for another reader.
  @inline(__always)
  private mutating func read(
    _ start: UnsafePointer<UInt8>, _ footing: borrowing PlainFooting, _ last: inout Int64
  ) -> UnsafePointer<UInt8>? {
    var at = start
    var second: Int64 = 0
    let row = integers + count
    guard let part = parts.baseAddress else { return nil }
    var index = 0
    while index < parts.count {
      if index > 0 {
        guard at[0] == UInt8(ascii: ",") else { return nil }
        at += 1
      }
      switch part[index].kind {
      case .same: guard footing.texts[index].isAt(&at) else { return nil }
      case .clock:
        guard footing.isDate(at), let read = Self.second(at + 11) else { return nil }
        second = read
        at += 19
      case .time:
        guard let read = Self.second(at) else { return nil }
        second = read
        at += 8
      case .price:
        guard Self.prices(&at, part + index, footing.decimals, row) else { return nil }
        index &+= part[index].prices &- 1
      case .count:
        guard let number = PlainNumber(at), let units = number.units(0) else { return nil }
        row[part[index].offset] = units &* part[index].factor
        at += number.length
      case .amount:
        guard let number = PlainNumber(at) else { return nil }
        amounts[count] = number.double * turnoverFactor
        at += number.length
      case .passed: guard Self.pass(&at) else { return nil }
      }
      index &+= 1
    }
    if at[0] == 13 { at += 1 }
    guard at[0] == 10, at - start <= LineReader.longestLineBytes, Self.isSound(row),
      let closes = footing.close(second, after: last, isDescending)
    else { return nil }
    last = closes
    row[0] = footing.midnightNanos &+ closes &* 1_000_000_000
    count &+= 1
    return at + 1
  }

  /// Whether the high is the highest and the low the lowest price, and none is zero.
  @inline(__always)
  private static func isSound(_ row: UnsafeMutablePointer<Int64>) -> Bool {
    let (open, high) = (row[mostRows], row[2 &* mostRows])
    let (low, close) = (row[3 &* mostRows], row[4 &* mostRows])
    return low > 0 && low <= min(open, close) && max(open, close) <= high
  }

  /// Reads the prices that lie together from a column on.
  @inline(__always)
  private static func prices(
    _ at: inout UnsafePointer<UInt8>, _ parts: UnsafeMutablePointer<Part>, _ decimals: Int,
    _ row: UnsafeMutablePointer<Int64>
  ) -> Bool {
    var place = 0
    while let units = price(&at, &parts[place], decimals) {
      row[parts[place].offset] = units
      place &+= 1
      if place >= parts[0].prices { return true }
      guard at[0] == UInt8(ascii: ",") else { return false }
      at += 1
    }
    return false
  }

  /// The units of a price, mostly of the same shape as the one in the row before.
  @inline(__always)
  private static func price(
    _ at: inout UnsafePointer<UInt8>, _ part: inout Part, _ decimals: Int
  ) -> Int64? {
    let length = part.shape.length
    if let units = part.shape.units(at), ends(at[length]) {
      at += length
      return units
    }
    guard let number = PlainNumber(at), let units = number.units(decimals) else { return nil }
    at += number.length
    part.shape = PriceShape(number, decimals: decimals) ?? .none
    return units
  }

  /// Whether a field ends with this byte.
  @inline(__always)
  private static func ends(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == 10 || byte == 13
  }

  /// The second of the day of `HH:MM:SS`.
  @inline(__always)
  private static func second(_ text: UnsafePointer<UInt8>) -> Int64? {
    let word = UInt64(littleEndian: UnsafeRawPointer(text).loadUnaligned(as: UInt64.self))
    let values = word ^ 0x3030_3A30_303A_3030
    let wrong = ((values & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7676_7F76_767F_7676) | values
    guard wrong & 0x8080_8080_8080_8080 == 0 else { return nil }
    let pairs = values &* 10 &+ (values &>> 8)
    let (hour, minute) = (pairs & 0xFF, (pairs &>> 24) & 0xFF)
    let second = (pairs &>> 48) & 0xFF
    guard hour < 24, minute < 60, second < 60 else { return nil }
    return Int64(hour &* 3_600 &+ minute &* 60 &+ second)
  }

  /// Goes on to the field's end; quoted text is for another reader.
  @inline(__always)
  private static func pass(_ at: inout UnsafePointer<UInt8>) -> Bool {
    while at[0] != UInt8(ascii: ","), at[0] != 10 {
      if at[0] == UInt8(ascii: "\"") { return false }
      at += 1
    }
    if at[0] == 10, at[-1] == 13 { at -= 1 }
    return true
  }
}
