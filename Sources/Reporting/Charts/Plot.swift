/// The size a chart is drawn for: text keeps its size, so that a phone gets a drawing of its own.
public struct Frame: Hashable, Sendable {
  public let width: Double
  public let height: Double

  /// For screens and paper.
  public static let wide = Frame(width: 960, height: 280)
  /// For phones.
  public static let narrow = Frame(width: 380, height: 230)

  public init(width: Double, height: Double) {
    precondition(width >= 200 && height >= 80, "a chart needs room")
    self.width = width
    self.height = height
  }

  /// The same width with a share of the height.
  func lower(_ share: Double) -> Frame { Frame(width: width, height: max(80, height * share)) }
}

/// The area inside the axes, and where numbers fall in it.
struct Plot {
  let left: Double
  let right: Double
  let top: Double
  let bottom: Double
  let scale: Scale
  let measure: Measure

  var width: Double { right - left }

  init(_ frame: Frame, low: Double, high: Double, measure: Measure) {
    let scale = Scale(low, high, most: max(2, Int(frame.height / 46)))
    self.scale = scale
    self.measure = measure
    let labels = scale.ticks.map { measure.tick(scale.value($0), decimals: scale.decimals).count }
    // Seven pixels are a wide digit of twelve-pixel text.
    // Charts below one another share an edge, unless a label needs more room.
    left = max(frame.width < 600 ? 52 : 78, Double(labels.max() ?? 1) * 7 + 10)
    right = frame.width - 14
    top = 10
    bottom = frame.height - 24
  }

  func x(_ place: Double) -> Double { left + place * width }

  func y(_ value: Double) -> Double {
    bottom - (value - scale.low) / (scale.high - scale.low) * (bottom - top)
  }

  /// The baseline of areas and bars: zero where the axis holds it, else the nearest end.
  var base: Double { y(min(max(0, scale.low), scale.high)) }

  func drawAxes(_ axis: Axis, isBanded: Bool, into svg: inout SvgText) {
    for tick in scale.ticks {
      let value = scale.value(tick)
      let kind = tick == 0 ? "zero" : "grid"
      svg.line(kind, left, y(value), right, y(value))
      let label = measure.tick(value, decimals: scale.decimals)
      svg.label(label, x: left - 8, y: y(value) + 4, anchor: "end")
    }
    for tick in axis.ticks(width: width, isBanded: isBanded) {
      let x = x(tick.place)
      svg.line("tick", x, bottom, x, bottom + 4)
      let half = Double(tick.label.count) * 3.5
      svg.label(
        tick.label, x: min(max(x, left + half - 8), right + 12 - half), y: bottom + 18,
        anchor: "middle")
    }
  }

  /// Opens the drawing with what a screen reader says of it.
  static func open(_ frame: Frame, kind: String, title: String, telling: String) -> SvgText {
    var svg = SvgText()
    svg.raw("<svg class=\"chart \(kind)\" role=\"img\" viewBox=\"0 0 ")
    svg.number(frame.width)
    svg.raw(" ")
    svg.number(frame.height)
    svg.raw("\" aria-label=\"\(Escaping.text(title + ". " + telling))\">")
    svg.raw("<title>\(Escaping.text(title))</title>")
    return svg
  }
}
