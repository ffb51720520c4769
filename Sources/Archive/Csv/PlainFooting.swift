import Bars
import Glibc
import Market

/// What a row read the long way tells about those that follow it.
struct PlainFooting {
  /// A text that is to stand there again.
  struct Text {
    var bytes: [UInt8] = []

    @inline(__always)
    func isAt(_ place: inout UnsafePointer<UInt8>) -> Bool {
      let isSame = bytes.withUnsafeBytes { text in
        text.baseAddress.map { memcmp(place, $0, text.count) == 0 } ?? true
      }
      if isSame { place += bytes.count }
      return isSame
    }
  }

  /// By column; only those that must not change have one.
  var texts: [Text]
  /// The date and the mark behind it, as eleven bytes.
  private let date: UInt64
  private let dateRest: UInt32
  /// When the day began whose seconds are counted.
  let midnightNanos: Int64
  private let opensSecond: Int64
  private let closesSecond: Int64
  private let stepSeconds: Int64
  /// How far behind its stamp a bar ends.
  private let lagSeconds: Int64
  /// When the row before closed.
  var lastSecond: Int64
  let decimals: Int

  @inline(__always)
  func isDate(_ text: UnsafePointer<UInt8>) -> Bool {
    let raw = UnsafeRawPointer(text)
    return raw.loadUnaligned(as: UInt64.self) == date
      && Self.rest(raw) == dateRest
  }

  /// Bytes 7 to 10 overlap with the eight before, which does no harm.
  @inline(__always)
  private static func rest(_ text: UnsafeRawPointer) -> UInt32 {
    text.loadUnaligned(fromByteOffset: 7, as: UInt32.self)
  }

  /// The second at which a bar with this stamp closes; `nil` where it does not surely follow.
  @inline(__always)
  func close(_ stamp: Int64, after last: Int64, _ isDescending: Bool) -> Int64? {
    let closes = stamp &+ lagSeconds
    guard closes > opensSecond, closes <= closesSecond,
      isDescending ? closes < last : closes > last
    else { return nil }
    if closes == last &+ stepSeconds { return closes }
    return (closes &- opensSecond) % stepSeconds == 0 ? closes : nil
  }
}

extension PlainFooting {
  /// `nil` where the rows that follow cannot be told by this one alone.
  init?(
    _ gathering: borrowing Gathering, after time: CsvTime, of reader: CsvRowReader,
    _ line: UnsafeBufferPointer<UInt8>, _ form: CsvForm
  ) {
    guard let stretch = gathering.stretch, let zone = gathering.evenZone(on: time.day),
      gathering.decimals < 8, let second = time.second
    else { return nil }
    midnightNanos = zone.instant(time.day, seconds: 0).nanoseconds
    let midnight = midnightNanos
    let seconds = { (instant: Instant) in (instant.nanoseconds - midnight) / 1_000_000_000 }
    (opensSecond, closesSecond) = (seconds(stretch.opens), seconds(stretch.closes))
    stepSeconds = form.interval.seconds
    lagSeconds = form.stamp == .end ? 0 : stepSeconds
    lastSecond = second + lagSeconds
    guard lastSecond > opensSecond, lastSecond <= closesSecond,
      (lastSecond - opensSecond) % stepSeconds == 0
    else { return nil }
    decimals = gathering.decimals
    texts = [Text](repeating: Text(), count: reader.header.columnCount)
    for field in [CsvField.symbol, .exchange, .tradingDay, .datetime] {
      if let bytes = reader.bytes(field, line) {
        texts[reader.header[field]].bytes = Array(bytes)
      }
    }
    guard !reader.header.has(.time) else {
      (date, dateRest) = (0, 0)
      return
    }
    guard let stamp = reader.bytes(.datetime, line), stamp.count == 19,
      let start = stamp.baseAddress
    else { return nil }
    date = UnsafeRawPointer(start).loadUnaligned(as: UInt64.self)
    dateRest = Self.rest(UnsafeRawPointer(start))
  }
}
