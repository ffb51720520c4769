import Bytes

/// SVG markup under way: elements as text, coordinates in tenths of a unit, so that every machine writes the same bytes.
struct SvgText {
  private(set) var bytes: [UInt8] = []

  var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func raw(_ markup: String) {
    bytes.append(contentsOf: markup.utf8)
  }

  mutating func number(_ value: Double) {
    number(tenths: Self.tenths(value))
  }

  /// The commands of a line through points: the first where it lies, every other as a step from the last.
  ///
  /// Steps are taken between rounded points, so that rounding never adds up.
  mutating func path(_ points: [(x: Double, y: Double)]) {
    var last: (x: Int64, y: Int64) = (0, 0)
    for (index, point) in points.enumerated() {
      let next = (x: Self.tenths(point.x), y: Self.tenths(point.y))
      let step = (x: next.x - last.x, y: next.y - last.y)
      raw(index == 0 ? "M" : index == 1 ? "l" : step.x < 0 ? "" : " ")
      number(tenths: step.x)
      if step.y >= 0 { raw(" ") }
      number(tenths: step.y)
      last = next
    }
  }

  private static func tenths(_ value: Double) -> Int64 {
    Int64((value * 10).rounded(.toNearestOrEven))
  }

  private mutating func number(tenths: Int64) {
    if tenths % 10 == 0 {
      DecimalText.append(tenths / 10, decimals: 0, to: &bytes)
    } else {
      DecimalText.append(tenths, decimals: 1, to: &bytes)
    }
  }

  /// `<line class="…" x1 y1 x2 y2/>`.
  mutating func line(_ kind: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) {
    raw("<line class=\"\(kind)\"")
    attributes([("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)])
    raw("/>")
  }

  mutating func rectangle(_ kind: String, x: Double, y: Double, width: Double, height: Double) {
    raw("<rect class=\"\(kind)\"")
    attributes([("x", x), ("y", y), ("width", width), ("height", height)])
    raw("/>")
  }

  /// A label that starts, ends or is centred at `x`.
  mutating func label(_ text: String, x: Double, y: Double, anchor: String) {
    raw("<text text-anchor=\"\(anchor)\"")
    attributes([("x", x), ("y", y)])
    raw(">\(Escaping.text(text))</text>")
  }

  private mutating func attributes(_ pairs: [(name: String, value: Double)]) {
    for pair in pairs {
      raw(" \(pair.name)=\"")
      number(pair.value)
      raw("\"")
    }
  }
}
