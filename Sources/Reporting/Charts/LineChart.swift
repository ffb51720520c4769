/// One or more lines over a common axis; what is no finite number breaks its line.
public struct LineChart: Hashable, Sendable {
  /// One line.
  public struct Series: Hashable, Sendable {
    public let name: String
    public let values: [Double]
    /// Whether the area down to zero, or to the axis, is tinted.
    public let isFilled: Bool

    public init(_ name: String, _ values: [Double], isFilled: Bool = false) {
      self.name = name
      self.values = values
      self.isFilled = isFilled
    }
  }

  public let title: String
  public let axis: Axis
  public let measure: Measure
  public let series: [Series]
  /// Height as a share of the frame's, for a chart that only accompanies another.
  public let height: Double

  public init(
    _ title: String, axis: Axis, measure: Measure = .number, series: [Series], height: Double = 1
  ) {
    precondition(series.allSatisfy { $0.values.count == axis.count }, "a value for every point")
    self.title = title
    self.axis = axis
    self.measure = measure
    self.series = series
    self.height = height
  }

  /// How many colours there are; further series start again.
  static let tones = 6
  /// Points of all lines and areas together, which keeps a drawing below 60 KB.
  static let mostPoints = 5_000

  /// The drawing as an SVG element, for one size.
  public func svg(_ frame: Frame, kind: String = "wide") -> String {
    let frame = frame.lower(height)
    let (low, high) = extent
    let plot = Plot(frame, low: low, high: high, measure: measure)
    var svg = Plot.open(frame, kind: kind, title: title, telling: telling)
    plot.drawAxes(axis, isBanded: false, into: &svg)
    for (number, series) in series.enumerated() {
      draw(series, tone: number % Self.tones, plot, into: &svg)
    }
    svg.raw("</svg>")
    return svg.text
  }

  /// The lowest and the highest value, zero included where an area is tinted down to it.
  private var extent: (low: Double, high: Double) {
    var low = Double.infinity
    var high = -Double.infinity
    for series in series {
      for value in series.values where value.isFinite {
        low = min(low, value)
        high = max(high, value)
      }
    }
    // An area of one sign hangs on zero if that is near; a curve of equity keeps its own range.
    if low > 0, series.contains(where: \.isFilled), low < (high - low) { low = 0 }
    if high < 0 || high == 0 { high = 0 }
    return low <= high ? (low, high) : (0, 1)
  }

  /// Every line in words: where it starts and ends, and its extremes.
  private var telling: String {
    let parts = series.map { series in
      let values = series.values.filter(\.isFinite)
      guard let first = values.first, let last = values.last, let low = values.min(),
        let high = values.max()
      else { return "\(series.name): no values" }
      return "\(series.name): from \(measure.text(first)) to \(measure.text(last)), "
        + "lowest \(measure.text(low)), highest \(measure.text(high))"
    }
    return ([axis.range].compactMap { $0 } + parts).joined(separator: ". ")
  }
}

// MARK: - Lines

extension LineChart {
  private func draw(_ series: Series, tone: Int, _ plot: Plot, into svg: inout SvgText) {
    // An area repeats its line.
    let paths = self.series.reduce(0) { $0 + ($1.isFilled ? 2 : 1) }
    let share = Self.mostPoints / max(1, paths)
    let columns = min(Int(plot.width / 1.5), share / 4)
    let kept = Thinning.kept(series.values, columns: max(1, columns))
    let numbers = axis.numberScale(width: plot.width)
    let points = kept.map { index in
      (
        x: plot.x(place(index, numbers)),
        y: series.values[index].isFinite ? plot.y(series.values[index]) : nil
      )
    }
    for run in points.split(whereSeparator: { $0.y == nil }) {
      let line = run.map { (x: $0.x, y: $0.y ?? plot.base) }
      if series.isFilled { area(line, tone: tone, plot, into: &svg) }
      svg.raw("<path class=\"line s\(tone)\" d=\"")
      svg.path(line)
      // A lone point is a dot: round caps show a line of no length.
      if line.count == 1 { svg.raw("h0") }
      svg.raw("\"/>")
    }
  }

  private func place(_ index: Int, _ scale: Scale?) -> Double {
    guard let scale, case .numbers(let numbers) = axis else {
      return axis.place(index, isBanded: false)
    }
    return (numbers[index] - scale.low) / (scale.high - scale.low)
  }

  private func area(
    _ line: [(x: Double, y: Double)], tone: Int, _ plot: Plot, into svg: inout SvgText
  ) {
    guard let first = line.first, let last = line.last else { return }
    svg.raw("<path class=\"area s\(tone)\" d=\"")
    svg.path(line)
    for x in [last.x, first.x] {
      svg.raw("L")
      svg.number(x)
      svg.raw(" ")
      svg.number(plot.base)
    }
    svg.raw("Z\"/>")
  }
}
