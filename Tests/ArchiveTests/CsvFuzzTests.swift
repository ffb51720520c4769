import Foundation
import Market
import Numerics
import Testing

@testable import Archive

/// Mutated rows: nothing crashes, and what is accepted is what a slow, independent reader accepts.
@Suite struct CsvFuzzTests {
  #if DEBUG
    static let rowsPerSeed = 500
  #else
    static let rowsPerSeed = 5_000
  #endif

  static let spice = Array("0123456789.,-+eExX/ T:nainf\t\"\r\u{0}é".utf8)

  /// A plausible row, mutated in a few bytes two times of three.
  func row(_ minute: Int, _ generator: inout Xoshiro256) -> [UInt8] {
    let clock = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
    let low = 1 + generator.int(below: 10_000)
    let price = { (above: Int) in
      "\(low + above)" + ["", ".5", ".25", ".000", ".12345678", "."][above % 6]
    }
    let (open, close) = (price(generator.int(below: 5)), price(generator.int(below: 5)))
    var text =
      "X\(minute / 200).LOCAL,2021-01-\(clock(1 + minute / 1_440)) "
      + "\(clock(minute / 60 % 24)):\(clock(minute % 60)):00,"
      + "\(open),\(low + 6),\(low),\(close),"
      + "\(generator.int(below: 1_000)),\(generator.int(below: 1_000_000)).25,\(low)"
    if minute % 50 == 0 { text = text.replacingOccurrences(of: "-", with: "/") }
    var bytes = Array(text.utf8)
    guard generator.int(below: 3) > 0 else { return bytes }
    for _ in 0...generator.int(below: 3) {
      let place = generator.int(below: bytes.count)
      let new = Self.spice[generator.int(below: Self.spice.count)]
      switch generator.int(below: 4) {
      case 0: bytes.insert(new, at: place)
      case 1: bytes.remove(at: place)
      case 2: bytes[place] = bytes[generator.int(below: bytes.count)]
      default: bytes[place] = new
      }
    }
    return bytes
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func mutatedRowsAreReadAsASlowReaderReadsThem(_ seed: UInt64) throws {
    var generator = Xoshiro256(seed: seed)
    let header = "symbol,datetime,open,high,low,close,volume,turnover,open_interest"
    var file = Array(header.utf8)
    var expected: [String: [SlowRow]] = [:]
    var rows = 0
    for index in 0..<Self.rowsPerSeed {
      var line = row(1 + index * 8, &generator)
      file.append(10)
      file.append(contentsOf: line)
      // What ends a line or the file's mark is no part of a row.
      if line.last == 13 { line.removeLast() }
      if line.isEmpty { continue }
      rows += 1
      guard let text = String(validating: line, as: UTF8.self), !text.contains("\n") else {
        continue
      }
      let symbol = String(text.prefix { $0 != "," })
      let last = expected[symbol]?.last?.closedAtSeconds
      if let slow = SlowRow(text, after: last) { expected[symbol, default: []].append(slow) }
    }
    let scratch = Scratch()
    let store = try BarStore(path: scratch.store)
    var form = CsvForm(interval: .minute, stamp: .end, zone: .utc)
    form.tolerance = .one
    let path = scratch.file("fuzz.csv", file)
    let report = try store.importCsv(path, form) { _ in .alwaysOpen(.utc) }
    let accepted = expected.values.reduce(0) { $0 + $1.count }
    #expect(report.rows == rows, "seed \(seed)")
    #expect(report.rows - report.refusedRows == accepted, "seed \(seed)")
    #expect(accepted > rows / 5 && accepted < rows, "seed \(seed)")
    for (text, slow) in expected {
      let symbol = try #require(Symbol(text))
      let loaded = try store.load(SeriesKey(symbol, .minute))
      #expect(meaning(loaded) == slow, "seed \(seed) \(text)")
    }
  }

  func meaning(_ loaded: LoadedBars) -> [SlowRow] {
    let unit = Decimal(loaded.series.grid.unitsPerOne)
    let bars = loaded.columns
    return (0..<bars.count).map { (row: Int) -> SlowRow in
      let units: [Int64] = [bars.open[row], bars.high[row], bars.low[row], bars.close[row]]
      let prices: [Decimal] = units.map { Decimal($0) / unit }
      return SlowRow(
        closedAtSeconds: Int(bars.closedAtNanos[row] / 1_000_000_000), prices: prices,
        volume: Decimal(bars.volume[row]), turnover: bars.turnover[row],
        openInterest: Decimal(bars.openInterest[row]))
    }
  }
}
