import Archive
import Bars
import Bytes
import CSQLite
import Glibc
import Market
import Numerics

/// A folder that goes when the test is over.
final class Scratch {
  let folder: String

  init() {
    let root = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(root)/archive-XXXXXX".utf8CString)
    precondition(mkdtemp(&template) != nil, "no folder for tests")
    folder = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  deinit {
    for name in names { unlink("\(folder)/\(name)") }
    rmdir(folder)
  }

  var store: String { "\(folder)/bars.db" }

  private var names: [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names.filter { $0 != "." && $0 != ".." }
  }

  func file(_ name: String, _ text: String) -> String { file(name, Array(text.utf8)) }

  func file(_ name: String, _ bytes: [UInt8]) -> String {
    let path = "\(folder)/\(name)"
    guard let file = fopen(path, "wb") else { preconditionFailure("cannot write \(path)") }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
    return path
  }

  func read(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&part, 1, part.count, file), count > 0 {
      bytes.append(contentsOf: part[..<count])
    }
    return bytes
  }

  /// Runs SQL behind the store's back.
  func tamper(_ sql: String) {
    var handle: OpaquePointer?
    sqlite3_open(store, &handle)
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    precondition(code == SQLITE_OK, "tampering failed: \(code)")
    sqlite3_close(handle)
  }
}

/// Series and bars for tests.
enum Sample {
  static let monday = TradingDay(year: 2021, month: 1, day: 4)
  static let symbol = Symbol(code: "rb2105", exchange: .shfe)
  static let key = SeriesKey(symbol, .minute)
  static let series = Series(
    key: key, grid: Grid(decimals: 0), calendar: "shfe", source: "test")

  static func clock(_ hour: Int64, _ minute: Int64) -> Int64 { (hour * 60 + minute) * 60 }

  static let hours = [
    Hours(.night, opensSecond: clock(21, 0), closesSecond: clock(23, 0)),
    Hours(.day, opensSecond: clock(9, 0), closesSecond: clock(10, 15)),
    Hours(.day, opensSecond: clock(10, 30), closesSecond: clock(11, 30)),
    Hours(.day, opensSecond: clock(13, 30), closesSecond: clock(15, 0)),
  ]

  static func timetable(days: Int32) -> Timetable {
    let calendar = ExchangeCalendar(
      zone: .shanghai, first: monday, last: TradingDay(days: monday.days + days - 1), closures: [])
    return Timetable(
      calendar: calendar,
      hours: Timeline([
        Fact(
          hours, from: TradingDay(year: 2000, month: 1, day: 1), source: "test", isVerified: true)
      ]))
  }

  static func named(days: Int32) -> NamedSchedule {
    NamedSchedule(name: "shfe", schedule: .sessions(timetable(days: days)))
  }

  static func bars(days: Int32, seed: UInt64 = 1) -> BarColumns {
    let market = SyntheticMarket(schedule: .sessions(timetable(days: days)), seed: seed)
    let last = TradingDay(days: monday.days + days - 1)
    return BarColumns(market.bars(of: InstrumentIndex(0), days: monday...last))
  }
}
