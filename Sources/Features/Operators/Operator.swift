/// Where an operator reads: `now[0]` is this bar's value, `now[-k]` the value k bars ago, NaN
/// before the first bar.
typealias Reading = UnsafePointer<Double>

/// A value an operator can count with. Anything else (NaN, infinite, or so large that its fourth
/// power would overflow) is absent: windows stay silent until it has left them, recursive operators
/// skip it.
@inline(__always)
func isSound(_ value: Double) -> Bool {
  abs(value) < 0x1p240
}

/// A running state over one instrument's bars.
protocol Operator: Sendable {
  /// Carries the state over a run of bars: the call is dynamic, once; the loop is not.
  mutating func run(_ stretch: Stretch)
}

/// A running state over one series: history is `update` in a loop, live is `update` once.
protocol UnaryOperator: Operator {
  /// `scratch` is the operator's own piece of memory, as much as its operation asked for.
  mutating func update(_ now: Reading, _ scratch: UnsafeMutablePointer<Double>) -> Double
}

/// A running state over two series.
protocol BinaryOperator: Operator {
  mutating func update(_ left: Reading, _ right: Reading) -> Double
}

/// A running state over three series.
protocol TernaryOperator: Operator {
  mutating func update(_ first: Reading, _ second: Reading, _ third: Reading) -> Double
}

/// How often a running window is rebuilt from its values, so that rounding cannot pile up.
@inline(__always)
func renewalBars(_ count: Int) -> Int {
  max(256, 4 * count)
}
