import Archive
import Console
import Glibc
import Market
import Workbench

/// Facts beside the bars, a CSV file for each kind in the folder `facts` beside the archive: what
/// was fetched is checked and merged by its key, so that fetching it again changes nothing.
struct FactFile {
  enum Column {
    case symbol, exchange, day, optionalDay, text, number
  }

  let kind: FeedKind
  let path: String

  /// The columns, those that tell one row from another first.
  private var columns: [(name: String, column: Column)] {
    switch kind {
    case .days: [("exchange", .exchange), ("day", .day)]
    case .basics:
      [
        ("symbol", .symbol), ("name", .text), ("lot", .number), ("tick", .number),
        ("listed", .optionalDay), ("delisted", .optionalDay),
      ]
    case .factors: [("symbol", .symbol), ("day", .day), ("adjustment", .number)]
    case .limits:
      [("symbol", .symbol), ("day", .day), ("lowest", .number), ("highest", .number)]
    case .bars: preconditionFailure("bars go into the archive")
    }
  }

  private var keyColumns: Int { kind == .basics ? 1 : 2 }

  private var header: String { columns.map(\.name).joined(separator: ",") }

  struct Change: Equatable {
    var added = 0
    var changed = 0
    var same = 0
  }

  /// Merges rows that were read from what was fetched.
  func merge(_ new: [[String]]) throws(Failure) -> Change {
    let old = isThere ? try rows(of: path) : []
    var held: [String: [String]] = [:]
    for row in old { held[key(row)] = row }
    var change = Change()
    for row in new {
      switch held.updateValue(row, forKey: key(row)) {
      case nil: change.added += 1
      case row: change.same += 1
      default: change.changed += 1
      }
    }
    if change.added + change.changed > 0 {
      let lines = held.sorted { $0.key < $1.key }.map { $0.value.joined(separator: ",") + "\n" }
      try writeFile(Array((header + "\n" + lines.joined()).utf8), to: path)
    }
    return change
  }

  private var isThere: Bool { access(path, R_OK) == 0 }

  private func key(_ row: [String]) -> String { row[..<keyColumns].joined(separator: ",") }

  /// The rows of a file, which is refused whole where one of them is wrong.
  func rows(of file: String) throws(Failure) -> [[String]] {
    let lines = try text(of: file).split(omittingEmptySubsequences: false) { $0.isNewline }
    guard lines.first.map(String.init) == header else {
      throw Failure(
        .data,
        "\(file):1: header \"\(lines.first.map { $0.prefix(120) } ?? "")\": expected \(header)",
        remedy: "Let the feed's command print these columns.")
    }
    var rows: [[String]] = []
    for (index, line) in lines.enumerated().dropFirst() where !line.isEmpty {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == columns.count else {
        throw bad(file, index, "row", String(line), "\(columns.count) fields")
      }
      for (field, column) in zip(fields, columns) where !isSound(field, column.column) {
        throw bad(file, index, column.name, field, expected(column.column))
      }
      rows.append(fields)
    }
    return rows
  }

  private func bad(
    _ file: String, _ index: Int, _ field: String, _ found: String, _ expected: String
  ) -> Failure {
    Failure(
      .data, "\(file):\(index + 1): \(field) \"\(found.prefix(60))\": expected \(expected)",
      remedy: "Nothing of it was kept; correct the feed's command.")
  }

  private func isSound(_ text: String, _ column: Column) -> Bool {
    switch column {
    case .symbol: Symbol(text) != nil
    case .exchange: Exchange(rawValue: text) != nil
    case .day: TradingDay(text) != nil
    case .optionalDay: text.isEmpty || TradingDay(text) != nil
    case .text: !text.contains("\"")
    case .number: text.isEmpty || Double(text).map { $0 > 0 && $0.isFinite } ?? false
    }
  }

  private func expected(_ column: Column) -> String {
    switch column {
    case .symbol: "a symbol such as 600000.SSE"
    case .exchange: "an exchange such as SSE"
    case .day, .optionalDay: "a date such as 2021-01-04"
    case .text: "text without quotes"
    case .number: "a number above zero"
    }
  }

  private func text(of file: String) throws(Failure) -> String {
    guard let stream = fopen(file, "rb") else {
      throw Failure(.data, "\(file): cannot open it: \(String(cString: strerror(errno)))")
    }
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&part, 1, part.count, stream), count > 0 {
      bytes.append(contentsOf: part[..<count])
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
