/// One bar per point, gains and losses in colours of their own.
public struct BarChart: Hashable, Sendable {
  public let title: String
  public let axis: Axis
  public let measure: Measure
  public let values: [Double]
  public let height: Double

  public init(
    _ title: String, axis: Axis, measure: Measure = .number, values: [Double], height: Double = 1
  ) {
    precondition(values.count == axis.count, "a value for every point")
    self.title = title
    self.axis = axis
    self.measure = measure
    self.values = values
    self.height = height
  }

  public func svg(_ frame: Frame, kind: String = "wide") -> String {
    let frame = frame.lower(height)
    let finite = values.filter(\.isFinite)
    let plot = Plot(
      frame, low: min(0, finite.min() ?? 0), high: max(0, finite.max() ?? 1), measure: measure)
    var svg = Plot.open(frame, kind: kind, title: title, telling: telling(finite))
    plot.drawAxes(axis, isBanded: true, into: &svg)
    drawBars(plot, into: &svg)
    svg.raw("</svg>")
    return svg.text
  }

  /// Bars as they are, or, where they would be thinner than two pixels, the extremes of every column.
  private func drawBars(_ plot: Plot, into svg: inout SvgText) {
    let columns = min(values.count, Int(plot.width / 2))
    guard columns > 0 else { return }
    let band = plot.width / Double(columns)
    let gap = min(band * 0.25, 6)
    let width = min(band - gap, 48)
    for column in 0..<columns {
      let start = values.count * column / columns
      let end = values.count * (column + 1) / columns
      let finite = values[start..<end].filter(\.isFinite)
      let x = plot.left + (Double(column) + 0.5) * band - width / 2
      if let high = finite.max(), high > 0 {
        bar("gain", from: 0, to: high, x: x, width: width, plot, into: &svg)
      }
      if let low = finite.min(), low < 0 {
        bar("loss", from: low, to: 0, x: x, width: width, plot, into: &svg)
      }
    }
  }

  private func bar(
    _ kind: String, from low: Double, to high: Double, x: Double, width: Double, _ plot: Plot,
    into svg: inout SvgText
  ) {
    let top = plot.y(high)
    let height = max(0.5, plot.y(low) - top)
    svg.rectangle(kind, x: x, y: top, width: width, height: height)
  }

  private func telling(_ finite: [Double]) -> String {
    guard let low = finite.min(), let high = finite.max() else { return "No values" }
    let up = finite.count { $0 > 0 }
    let down = finite.count { $0 < 0 }
    let extremes = "lowest \(measure.text(low)), highest \(measure.text(high))"
    return ([axis.range].compactMap { $0 } + ["\(up) above zero, \(down) below, \(extremes)"])
      .joined(separator: ". ")
  }
}
