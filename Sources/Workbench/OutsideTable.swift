import Bytes
public import Console

/// Columns that another program wrote as CSV: a header, then a line for every bar.
public struct OutsideTable: Equatable, Sendable {
  public let names: [String]
  /// Column after column; NaN where there is no number yet.
  public let columns: [[Float]]

  /// What the bars' own file holds; a copy of it beside the features is left out, and so is the
  /// nameless running number that data frames like to write.
  private static let ofTheBars: Set<String> = [
    "", "symbol", "datetime", "open", "high", "low", "close", "volume", "turnover", "open_interest",
  ]

  private static let absent: Set<String> = ["", "nan", "na", "null", "none", "inf", "-inf", "+inf"]

  /// Reads `text`, which must have a line for each of `bars` bars; `place` names it in messages.
  public init(_ text: String, bars: Int, place: String) throws(Failure) {
    // A blank line may be the absent value of an only column; the one behind the last is none.
    var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    if lines.last?.isEmpty == true { lines.removeLast() }
    guard let header = lines.first else {
      throw Failure(.data, "\(place): nothing was written", remedy: Self.remedy)
    }
    let titles = Self.cells(header)
    let kept = titles.indices.filter { !Self.ofTheBars.contains(titles[$0]) }
    guard !kept.isEmpty else {
      throw Failure(.data, "\(place):1: no column besides the bars' own", remedy: Self.remedy)
    }
    guard lines.count - 1 == bars else {
      throw Failure(
        .data, "\(place): \(lines.count - 1) lines below the header for \(bars) bars",
        remedy: "Write a line for every bar, in order; leave empty what is not known yet.")
    }
    names = kept.map { titles[$0] }
    guard Set(names).count == names.count else {
      throw Failure(.data, "\(place):1: two columns have the same name")
    }
    var columns = [[Float]](repeating: [], count: kept.count)
    for (line, row) in lines.enumerated().dropFirst() {
      let cells = Self.cells(row)
      guard cells.count == titles.count else {
        throw Failure(
          .data, "\(place):\(line + 1): \(cells.count) cells, expected \(titles.count)")
      }
      for (index, column) in kept.enumerated() {
        guard let value = Self.value(cells[column]) else {
          throw Failure(
            .data,
            "\(place):\(line + 1): \(titles[column]): found \"\(cells[column])\", "
              + "expected a number or nothing")
        }
        columns[index].append(value)
      }
    }
    self.columns = columns
  }

  private static let remedy = "Write CSV: a header with the columns' names, then a line per bar."

  private static func cells(_ line: some StringProtocol) -> [String] {
    line.split(separator: ",", omittingEmptySubsequences: false).map { cell in
      let isQuoted = cell.count > 1 && cell.first == "\"" && cell.last == "\""
      return String(isQuoted ? cell.dropFirst().dropLast() : cell)
    }
  }

  private static func value(_ cell: String) -> Float? {
    if let number = try? DoubleText.parse(cell) { return Float(number) }
    let word = cell.lowercased()
    if absent.contains(word) { return .nan }
    return word == "true" ? 1 : word == "false" ? 0 : nil
  }
}
