import Testing

/// The words of shape against fresh windows in wide numbers.
@Suite struct ShapeTests {
  private typealias Window = [Float80]

  private func compare(
    _ word: String, _ count: Int, _ tolerance: Double = 1e-9, scale: Bool = false,
    _ exact: (Window) -> Float80
  ) throws {
    for (name, values) in Series.hard(seed: 23, count: 1_600) {
      let column = try Series.column(
        word.replacing("N", with: "\(count)"), Series.carrying(values))
      for row in values.indices {
        guard let window = Series.window(values, row, count) else {
          holds(column[row].isNaN, "\(word) \(name) row \(row): \(column[row])")
          continue
        }
        let truth = exact(window)
        let unit = scale ? Series.moments(window).deviation : 1
        let error = abs(Float80(column[row]) - truth)
        holds(
          error <= Float80(tolerance) * unit + Float80(Double(truth).ulp),
          "\(word) \(count) \(name) row \(row): \(column[row]) for \(truth)")
      }
    }
  }

  private func central(_ window: Window, _ power: Int) -> Float80 {
    let mean = Series.moments(window).mean
    return window.reduce(0) { sum, value in
      sum + (0..<power).reduce(1 as Float80) { product, _ in product * (value - mean) }
    } / Float80(window.count)
  }

  private func isFlat(_ window: Window) -> Bool { window.allSatisfy { $0 == window[0] } }

  /// Slope, explained share and newest residual of the line through a window.
  private func line(_ window: Window) -> (slope: Float80, share: Float80, residual: Float80) {
    guard !isFlat(window) else { return (0, 0, 0) }
    let middle = Float80(window.count - 1) / 2
    let mean = Series.moments(window).mean
    var (products, places, squares): (Float80, Float80, Float80) = (0, 0, 0)
    for (place, value) in window.enumerated() {
      let distance = Float80(place) - middle
      products += distance * (value - mean)
      places += distance * distance
      squares += (value - mean) * (value - mean)
    }
    let slope = products / places
    return (
      slope, products * products / places / squares,
      window[window.count - 1] - mean - slope * middle
    )
  }

  @Test(arguments: [2, 5, 20, 240])
  func linesAreThoseOfFreshWindows(count: Int) throws {
    try compare("slope(turnover, N)", count, scale: true) { line($0).slope }
    try compare("rsquare(turnover, N)", count) { line($0).share }
    try compare("residual(turnover, N)", count, scale: true) { line($0).residual }
    try compare("wma(turnover, N)", count, scale: true) { window in
      let weights = (1...count).map { Float80($0) }
      return zip(weights, window).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    }
  }

  @Test(arguments: [3, 5, 20, 240])
  func momentsAreThoseOfFreshWindows(count: Int) throws {
    let size = Float80(count)
    try compare("samplestd(turnover, N)", count, scale: true) { window in
      (central(window, 2) * size / (size - 1)).squareRoot()
    }
    try compare("mad(turnover, N)", count, scale: true) { window in
      let mean = Series.moments(window).mean
      return window.reduce(0) { $0 + abs($1 - mean) } / size
    }
    try compare("skew(turnover, N)", count) { window in
      guard !isFlat(window) else { return 0 }
      let variance = central(window, 2)
      return (size * (size - 1)).squareRoot() / (size - 2) * central(window, 3)
        / (variance * variance.squareRoot())
    }
    try compare("kurt(turnover, N)", count, 3e-9) { window in
      guard !isFlat(window), count > 3 else { return 0 }
      let ratio = central(window, 4) / (central(window, 2) * central(window, 2))
      return (size - 1) / ((size - 2) * (size - 3)) * ((size + 1) * ratio - 3 * (size - 1))
    }
  }

  @Test(arguments: [1, 2, 5, 60])
  func orderIsThatOfFreshWindows(count: Int) throws {
    for share in [0, 0.2, 0.5, 1] {
      try compare("quantile(turnover, N, \(share))", count, scale: true) { window in
        let sorted = window.sorted()
        let position = Float80(share) * Float80(count - 1)
        let place = Int(position)
        let next = sorted[min(place + 1, count - 1)]
        return sorted[place] + (position - Float80(place)) * (next - sorted[place])
      }
    }
    try compare("rank(turnover, N)", count) { window in
      let newest = window[count - 1]
      let below = window.count { $0 < newest }
      let equal = window.count { $0 == newest }
      return (Float80(below) + Float80(equal + 1) / 2) / Float80(count)
    }
    try compare("argmax(turnover, N)", count, 0) { window in
      Float80(window.firstIndex(of: window.max() ?? 0) ?? -1)
    }
    try compare("argmin(turnover, N)", count, 0) { window in
      Float80(window.firstIndex(of: window.min() ?? 0) ?? -1)
    }
  }
}
