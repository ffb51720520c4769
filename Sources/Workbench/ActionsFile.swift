import Bytes
public import Console
import Glibc
public import Market

/// A table of what a company did to its shares: a row for each ex-day, figures by share.
///
/// It is kept as CSV with the columns `ex_day, record_day, dividend, bonus, rights, rights_price,
/// consolidation`. Tables of akshare (by ten shares) and tushare are read by their own columns.
public struct ActionsFile: Sendable {
  public struct Row: Hashable, Sendable {
    public var exDay: TradingDay
    public var recordDay: TradingDay
    /// All in hundred-millionths, of money or of a share; 0 where there is none.
    public var dividend: Int64 = 0
    public var bonus: Int64 = 0
    public var rights: Int64 = 0
    public var rightsPrice: Int64 = 0
    public var consolidation: Int64 = 0
  }

  public let path: String
  /// Oldest first.
  public private(set) var rows: [Row] = []
  /// Rows of plans without an ex-day, which have not happened.
  public private(set) var plans = 0

  /// What a column says, and how many shares its figures are for.
  private enum Meaning {
    case exDay
    case recordDay
    case figure(any WritableKeyPath<Row, Int64> & Sendable, shares: Int64)
  }

  private static let columns: [String: Meaning] = [
    "ex_day": .exDay, "ex_date": .exDay, "除权除息日": .exDay,
    "record_day": .recordDay, "record_date": .recordDay, "股权登记日": .recordDay,
    "dividend": .figure(\.dividend, shares: 1), "cash_div_tax": .figure(\.dividend, shares: 1),
    "派息": .figure(\.dividend, shares: 10),
    "bonus": .figure(\.bonus, shares: 1), "stk_div": .figure(\.bonus, shares: 1),
    "送股": .figure(\.bonus, shares: 10), "转增": .figure(\.bonus, shares: 10),
    "rights": .figure(\.rights, shares: 1), "rights_price": .figure(\.rightsPrice, shares: 1),
    "consolidation": .figure(\.consolidation, shares: 1),
  ]

  public static let header =
    "ex_day,record_day,dividend,bonus,rights,rights_price,consolidation"

  public init(path: String) throws(Failure) {
    self.path = path
    let lines = try readText(path).split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasSuffix("\r") ? $0.dropLast() : $0 }
    let names = (lines.first ?? "").split(separator: ",", omittingEmptySubsequences: false)
      .map { $0.first == "\u{FEFF}" ? String($0.dropFirst()) : String($0) }
    let meanings = names.map { Self.columns[$0] }
    let hasDay = meanings.contains { if case .exDay = $0 { true } else { false } }
    let hasFigure = meanings.contains { if case .figure = $0 { true } else { false } }
    guard hasDay, hasFigure else {
      throw Failure(
        .data, "\(path):1: found the columns \(names.joined(separator: ", "))",
        remedy: "Expected \(Self.header), or a table of akshare or tushare.")
    }
    for (index, line) in lines.enumerated().dropFirst() where !line.isEmpty {
      try read(line, meanings, names, number: index + 1)
    }
    rows.sort { $0.exDay < $1.exDay }
    if let twice = zip(rows, rows.dropFirst()).first(where: { $0.exDay == $1.exDay })?.0 {
      throw Failure(
        .data, "\(path): \(twice.exDay) stands there twice",
        remedy: "Put all that happens on one ex-day into one row.")
    }
  }

  private mutating func read(
    _ line: Substring, _ meanings: [Meaning?], _ names: [String], number: Int
  ) throws(Failure) {
    let fields = line.split(separator: ",", omittingEmptySubsequences: false)
    guard fields.count == meanings.count else {
      throw Failure(
        .data, "\(path):\(number): \(fields.count) fields where the header has \(meanings.count)")
    }
    var (exDay, recordDay): (TradingDay?, TradingDay?)
    var row = Row(exDay: TradingDay(days: 1), recordDay: TradingDay(days: 0))
    for (column, field) in fields.enumerated() {
      let place = "\(path):\(number): \(names[column]) is \"\(field)\""
      switch meanings[column] {
      case .exDay: exDay = try Self.day(field, place)
      case .recordDay: recordDay = try Self.day(field, place)
      case .figure(let figure, let shares):
        row[keyPath: figure] += try Self.number(field, place) / shares
      case nil: break
      }
    }
    guard let exDay else {
      plans += 1
      return
    }
    row.exDay = exDay
    row.recordDay = recordDay ?? exDay.previous
    guard row.recordDay < row.exDay else {
      throw Failure(
        .data, "\(path):\(number): held on \(row.recordDay), which is not before \(row.exDay)",
        remedy: "The record day comes before the ex-day; are the columns exchanged?")
    }
    if !row.isEmpty { rows.append(row) }
  }

  private static func day(
    _ field: Substring, _ place: String
  ) throws(Failure) -> TradingDay? {
    guard !field.isEmpty, field != "NaT", field != "None", field != "nan" else { return nil }
    if let day = TradingDay(field) { return day }
    if let days = try? DateText.parseCompact(String(field)) {
      return TradingDay(days: Int32(days))
    }
    throw Failure(.data, place, remedy: "Expected a date such as 2020-06-24 or 20200624.")
  }

  private static func number(_ field: Substring, _ place: String) throws(Failure) -> Int64 {
    guard !field.isEmpty, field != "None", field != "nan" else { return 0 }
    guard let value = try? DecimalText.parse(String(field), decimals: 8), value >= 0 else {
      throw Failure(
        .data, place, remedy: "Expected a number of at most eight decimals, not below zero.")
    }
    return value
  }
}

extension ActionsFile.Row {
  var isEmpty: Bool { dividend == 0 && bonus == 0 && rights == 0 && consolidation == 0 }

  /// The day's actions, money first, as exchanges count them.
  func actions(_ instrument: InstrumentIndex, on grid: Grid) -> [CorporateAction] {
    let rate = { (value: Int64) in Rate(hundredMillionths: value) }
    var kinds: [CorporateAction.Kind] = []
    if dividend > 0 { kinds.append(.dividend(perShare: rate(dividend))) }
    if bonus > 0 { kinds.append(.bonus(perShare: rate(bonus))) }
    if rights > 0 {
      let price = grid.nearest(Double(rightsPrice) / 100_000_000)
      kinds.append(.rights(perShare: rate(rights), price: price))
    }
    if consolidation > 0 { kinds.append(.consolidation(into: rate(consolidation))) }
    return kinds.map {
      CorporateAction(instrument: instrument, recordDay: recordDay, exDay: exDay, kind: $0)
    }
  }

  /// The row as it is kept.
  public var csv: String {
    let figures = [dividend, bonus, rights, rightsPrice, consolidation].map { figure in
      figure == 0 ? "" : DecimalText.text(figure, decimals: 8)
    }
    return "\(exDay),\(recordDay)," + figures.joined(separator: ",") + "\n"
  }
}

extension ActionsFile {
  /// The table as it is kept.
  public var csv: String { Self.header + "\n" + rows.map(\.csv).joined() }

  public func actions(_ instrument: InstrumentIndex, on grid: Grid) -> [CorporateAction] {
    rows.flatMap { $0.actions(instrument, on: grid) }
  }
}

extension WorkSettings {
  /// Where a share's corporate actions are kept.
  public func actionsPath(_ symbol: Symbol) -> String {
    "\(settings.text("paths.actions"))/\(symbol).csv"
  }

  /// The corporate actions kept of a symbol; none where there is no file.
  func actions(
    of symbol: Symbol, as index: InstrumentIndex, on grid: Grid
  ) throws(Failure) -> [CorporateAction] {
    let path = actionsPath(symbol)
    guard isFile(path) else { return [] }
    return try ActionsFile(path: path).actions(index, on: grid)
  }
}
