public import Archive
import Foundation
import Market
import Numerics

/// The comparison of the importer with the slow reader over seeded, mutated rows.
public struct CsvFuzz {
  public private(set) var rows = 0
  public private(set) var accepted = 0
  /// Where the two do not say the same.
  public private(set) var disagreements: [String] = []

  private static let spice = Array("0123456789.,-+eExX/ T:nainf\t\"\r\u{0}é".utf8)

  private let dialect: CsvDialect
  private var generator: Xoshiro256
  private var expected: [String: [SlowRow]] = [:]

  /// Writes a file of `rows` rows into `folder`, imports it there and compares.
  public static func run(rows: Int, seed: UInt64, in folder: String) throws(ArchiveError) -> CsvFuzz
  {
    var fuzz = CsvFuzz(seed)
    let path = "\(folder)/fuzz-\(seed).csv"
    let archive = "\(folder)/fuzz-\(seed).sqlite"
    defer {
      for file in [path, archive, archive + "-wal", archive + "-shm"] { unlink(file) }
    }
    guard FileManager.default.createFile(atPath: path, contents: Data(fuzz.file(rows: rows))) else {
      throw .file(path: path, doing: "write it", errno: errno)
    }
    try fuzz.compare(path, BarStore(path: archive))
    return fuzz
  }

  private init(_ seed: UInt64) {
    dialect = CsvDialect(seed)
    generator = Xoshiro256(seed: seed)
  }

  private mutating func file(rows count: Int) -> [UInt8] {
    var file = Array(
      "symbol,datetime,open,high,low,close,volume,turnover,open_interest".utf8)
    if dialect.hasNote { file += Array(",note".utf8) }
    for index in 0..<count {
      var line = row(dialect.isNewestFirst ? count - index : 1 + index)
      file += dialect.hasReturns ? [13, 10] : [10]
      file += line
      // What ends a line is no part of a row.
      if dialect.hasReturns || line.last != 13 {
        take(line)
      } else {
        line.removeLast()
        take(line)
      }
    }
    return file
  }

  private mutating func take(_ line: [UInt8]) {
    if line.isEmpty { return }
    rows += 1
    // Bytes that are no text may stand in a column that is passed over, and nowhere else.
    let text = String(decoding: line, as: UTF8.self)
    let symbol = String(text.prefix { $0 != "," }).filter { $0 != "\"" }
    let last = expected[symbol]?.last?.closedAtSeconds
    if let slow = SlowRow(text, dialect, after: last) { expected[symbol, default: []].append(slow) }
  }

  /// A plausible row, a minute after the one before, mutated in a few bytes every other time.
  private mutating func row(_ index: Int) -> [UInt8] {
    let clock = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
    let minute = index + index / 40 * 7
    let day = TradingDay(days: 10_000 + Int32(minute / 1_440))
    let low = 1 + generator.int(below: 10_000)
    let price = { (above: Int) in
      "\(low + above)" + ["", ".5", ".25", ".000", ".12345678", "."][above % 6]
    }
    // Most rows lie on one grid, so that the plain way is taken too.
    let kinds = index % 500 < 400 ? 2 : 5
    let (open, close) = (price(generator.int(below: kinds)), price(generator.int(below: kinds)))
    let volumes = ["", ".0", "e1", "E+02", ".5e1"]
    var text =
      "X\(index / 60).LOCAL,\(day) \(clock(minute / 60 % 24)):\(clock(minute % 60)):00,"
      + "\(open),\(low + 6),\(low),\(close),"
      + "\(generator.int(below: 1_000))\(volumes[index % 50 < 45 ? 0 : index % 5]),"
      + "\(generator.int(below: 1_000_000)).25,\(low)"
    if dialect.hasNote { text += index % 9 == 0 ? ",\"a, b\"" : ",ä" }
    if index % 700 < 50 { text = text.replacingOccurrences(of: "-", with: "/") }
    return mutated(Array(text.utf8))
  }

  private mutating func mutated(_ whole: [UInt8]) -> [UInt8] {
    guard generator.int(below: 2) > 0 else { return whole }
    var bytes = whole
    for _ in 0...generator.int(below: 3) {
      let place = generator.int(below: bytes.count)
      let new = Self.spice[generator.int(below: Self.spice.count)]
      switch generator.int(below: 5) {
      case 0: bytes.insert(new, at: place)
      case 1: bytes.remove(at: place)
      case 2: bytes[place] = bytes[generator.int(below: bytes.count)]
      case 3: bytes[place] = new
      // A number that is another one, and mostly a sound row.
      default: if bytes[place] &- 48 < 10 { bytes[place] = 48 + UInt8(generator.int(below: 10)) }
      }
    }
    return bytes
  }
}

extension CsvFuzz {
  private mutating func compare(
    _ path: String, _ store: consuming BarStore
  ) throws(ArchiveError) {
    var form = CsvForm(interval: .minute, stamp: dialect.stampsEnd ? .end : .start, zone: .utc)
    form.tolerance = .one
    form.order = dialect.isNewestFirst ? .newestFirst : .oldestFirst
    form.columns = CsvColumns(CsvColumns.own.known, ignored: ["note"])
    let report = try store.importCsv(path, form) { _ in .alwaysOpen(.utc) }
    accepted = expected.values.reduce(0) { $0 + $1.count }
    tell(report.rows == rows, "\(report.rows) rows read of \(rows)")
    let read = report.rows - report.refusedRows
    tell(read == accepted, "\(read) rows accepted, not \(accepted)")
    for (text, slow) in expected.sorted(by: { $0.key < $1.key }) {
      guard let symbol = Symbol(text) else {
        tell(false, "\(text) is no symbol")
        continue
      }
      let found = Self.meaning(try store.load(SeriesKey(symbol, .minute)))
      let wanted = dialect.isNewestFirst ? slow.reversed() : slow
      if let pair = zip(found, wanted).first(where: { $0 != $1 }) {
        tell(false, "\(text): \(pair.0), not \(pair.1)")
      } else {
        tell(found.count == wanted.count, "\(text): \(found.count) rows, not \(wanted.count)")
      }
    }
  }

  private mutating func tell(_ agrees: Bool, _ words: String) {
    if !agrees { disagreements.append(words) }
  }

  private static func meaning(_ loaded: LoadedBars) -> [SlowRow] {
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
