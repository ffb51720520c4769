/// Rows under titles, aligned by display width and fitted to the line.
public struct Table: Sendable {
  /// How a column's cells are set and what happens when the line is too short.
  public enum Column: Hashable, Sendable {
    /// Left-aligned, cut with an ellipsis.
    case text(String)
    /// Left-aligned, continued on further lines.
    case prose(String)
    /// Right-aligned and never cut: a number without its end is a lie.
    case number(String)

    var title: String {
      switch self {
      case .text(let title), .prose(let title), .number(let title): title
      }
    }

    var isNumber: Bool { if case .number = self { true } else { false } }
  }

  private let columns: [Column]
  private var rows: [[String]] = []

  public init(_ columns: Column...) { self.columns = columns }

  public init(_ columns: [Column]) { self.columns = columns }

  public mutating func add(_ cells: String...) { add(cells) }

  public mutating func add(_ cells: [String]) {
    precondition(cells.count == columns.count, "a row has one cell for each column")
    rows.append(cells.map(printable))
  }
}

extension Table {
  /// A text column is not made narrower than this; below it the line overflows instead.
  private static let narrowest = 6
  private static let gap = "  "

  public func text(width: Int = 80, paint: Paint = Paint(isOn: false)) -> String {
    let widths = fitted(to: width)
    let titles = line(columns.map(\.title), widths, paint: { paint(.bold, $0) })
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: Table.gap)
    let body = rows.flatMap { lines(of: $0, widths) }
    return ([titles, paint(.faint, rule)] + body).map { $0 + "\n" }.joined()
  }

  /// Natural widths, then the widest text column gives way, a column at a time.
  private func fitted(to width: Int) -> [Int] {
    var widths = columns.indices.map { index in
      max(
        displayWidth(columns[index].title), rows.map { displayWidth($0[index]) }.max() ?? 0)
    }
    var excess = widths.reduce(0, +) + Table.gap.count * (columns.count - 1) - width
    while excess > 0 {
      let givers = columns.indices.filter {
        !columns[$0].isNumber && widths[$0] > Table.narrowest
      }
      guard let widest = givers.max(by: { widths[$0] < widths[$1] }) else { break }
      let next = givers.filter { $0 != widest }.map { widths[$0] }.max() ?? Table.narrowest
      let step = min(excess, max(1, widths[widest] - max(next, Table.narrowest)))
      widths[widest] -= step
      excess -= step
    }
    return widths
  }

  private func lines(of row: [String], _ widths: [Int]) -> [String] {
    let cells = columns.indices.map { index -> [String] in
      if case .prose = columns[index] { return wrapped(row[index], to: max(2, widths[index])) }
      return [row[index]]
    }
    let height = cells.map(\.count).max() ?? 1
    return (0..<max(1, height)).map { depth in
      line(cells.map { depth < $0.count ? $0[depth] : "" }, widths)
    }
  }

  private func line(
    _ cells: [String], _ widths: [Int], paint: (String) -> String = { $0 }
  ) -> String {
    var line = ""
    for (index, cell) in cells.enumerated() {
      let shown = columns[index].isNumber ? cell : elided(cell, to: widths[index])
      let padding = String(repeating: " ", count: max(0, widths[index] - displayWidth(shown)))
      let isLast = index == cells.count - 1
      line += columns[index].isNumber ? padding + paint(shown) : paint(shown)
      if !isLast { line += (columns[index].isNumber ? "" : padding) + Table.gap }
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}
