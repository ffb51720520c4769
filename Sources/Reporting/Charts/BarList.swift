/// A bar per name, one below the other with its number: for names too long to stand under columns.
public struct BarList: Hashable, Sendable {
  public let title: String
  public let names: [String]
  public let values: [Double]
  public let measure: Measure

  public init(_ title: String, names: [String], values: [Double], measure: Measure = .number) {
    precondition(names.count == values.count, "a value for every name")
    self.title = title
    self.names = names
    self.values = values
    self.measure = measure
  }

  private static let step = 20.0

  public func svg(_ frame: Frame, kind: String = "wide") -> String {
    let room = min(230, frame.width * 0.38)
    let texts = values.map { $0.isFinite ? measure.text($0) : "–" }
    // Seven pixels are a wide letter of twelve-pixel text.
    let end = frame.width - Double(texts.map(\.count).max() ?? 0) * 7 - 12
    let frame = Frame(width: frame.width, height: max(80, Self.step * Double(names.count) + 16))
    var svg = Plot.open(frame, kind: kind, title: title, telling: telling)
    let finite = values.filter(\.isFinite)
    let (low, high) = (min(0, finite.min() ?? 0), max(0, finite.max() ?? 0))
    let scale = high > low ? (end - room - 8) / (high - low) : 0
    let zero = room + 8 - low * scale
    for row in names.indices {
      let y = 8 + Self.step * Double(row)
      svg.label(told(row, room), x: room, y: y + 14, anchor: "end")
      guard values[row].isFinite else { continue }
      let (from, to) = (min(0, values[row]), max(0, values[row]))
      svg.rectangle(
        values[row] < 0 ? "loss" : "gain", x: zero + from * scale, y: y + 3,
        width: max(0.5, (to - from) * scale), height: Self.step - 6)
      svg.label(texts[row], x: zero + to * scale + 6, y: y + 14, anchor: "start")
    }
    svg.line("zero", zero, 4, zero, frame.height - 4)
    svg.raw("</svg>")
    return svg.text
  }

  private func told(_ row: Int, _ room: Double) -> String {
    let most = Int(room / 7)
    return names[row].count <= most ? names[row] : names[row].prefix(most - 1) + "…"
  }

  private var telling: String {
    zip(names, values).prefix(10).map { "\($0): \($1.isFinite ? measure.text($1) : "none")" }
      .joined(separator: ", ")
  }
}
