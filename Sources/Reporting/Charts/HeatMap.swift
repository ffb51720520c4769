/// Numbers from −1 to 1 as cells: the stronger, the deeper; one colour for each sign. Correlations make a
/// triangle, shares by row and column a rectangle.
public struct HeatMap: Hashable, Sendable {
  public let title: String
  public let names: [String]
  /// What columns are called where they are not the rows again; then all cells are drawn.
  public let columns: [String]?
  /// Row after row, each from −1 to 1; what is no number stays empty.
  public let values: [[Double]]

  public init(_ title: String, names: [String], values: [[Double]]) {
    precondition(
      values.count == names.count && values.allSatisfy { $0.count == names.count },
      "a row and a column for each name")
    self.title = title
    self.names = names
    columns = nil
    self.values = values
  }

  /// A rectangle; the columns' names are told by words alone.
  public init(_ title: String, rows: [String], columns: [String], values: [[Double]]) {
    precondition(
      values.count == rows.count && values.allSatisfy { $0.count == columns.count },
      "a number for each row and column")
    self.title = title
    names = rows
    self.columns = columns
    self.values = values
  }

  public func svg(_ frame: Frame, kind: String = "wide") -> String {
    let room = min(220, frame.width / 3)
    let cell = min(18, (frame.width - room - 16) / Double(max(1, columns?.count ?? names.count)))
    let left = room + 8
    let frame = Frame(width: frame.width, height: max(80, cell * Double(names.count) + 16))
    var svg = Plot.open(frame, kind: kind, title: title, telling: telling)
    // Names closer than a line of text are left out: every so many rows one is told.
    let step = max(1, Int((13 / cell).rounded(.up)))
    for row in names.indices {
      let y = 8 + cell * Double(row)
      if row % step == 0 {
        svg.label(told(row, room), x: left - 6, y: y + cell / 2 + 4, anchor: "end")
      }
      for column in values[row].indices where columns != nil || column <= row {
        draw(values[row][column], x: left + cell * Double(column), y: y, cell, into: &svg)
      }
    }
    svg.raw("</svg>")
    return svg.text
  }

  /// A name with its number, cut where the room ends; seven pixels are a wide letter.
  private func told(_ row: Int, _ room: Double) -> String {
    let name = "\(row + 1) \(names[row])"
    let most = Int(room / 7)
    return name.count <= most ? name : name.prefix(most - 1) + "…"
  }

  private func draw(
    _ value: Double, x: Double, y: Double, _ cell: Double, into svg: inout SvgText
  ) {
    let tenths = value.isFinite ? Int((min(1, abs(value)) * 10).rounded()) : 0
    guard tenths > 0 else { return }
    svg.rectangle(
      "\(value > 0 ? "gain" : "loss") h\(tenths)", x: x, y: y, width: cell, height: cell)
  }

  private var telling: String {
    var strongest: (value: Double, row: Int, column: Int)?
    for row in names.indices {
      let told = columns == nil ? 0..<row : values[row].indices
      for column in told where values[row][column].isFinite {
        guard abs(values[row][column]) > abs(strongest?.value ?? 0) else { continue }
        strongest = (values[row][column], row, column)
      }
    }
    guard let strongest else { return "No pair that moves together" }
    if let columns {
      return "\(names.count) rows of \(columns.count); strongest \(names[strongest.row]), "
        + "\(columns[strongest.column]), \(NumberText.fixed(strongest.value, decimals: 2))"
    }
    return "\(names.count) columns; strongest \(names[strongest.column]) with "
      + "\(names[strongest.row]), \(NumberText.fixed(strongest.value, decimals: 2))"
  }
}
