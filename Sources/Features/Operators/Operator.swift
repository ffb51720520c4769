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

/// A running state over one instrument's bars, made of plain numbers: it lies in the recipe's one piece
/// of memory, and a copy of that memory is a saved state.
protocol Operator: Sendable, BitwiseCopyable {
  /// Carries the state over a run of bars.
  mutating func run(_ stretch: Stretch)
  /// Carries the state that lies in memory: the call is dynamic, once; the loop is not.
  static func run(_ memory: UnsafeMutablePointer<Double>, _ stretch: Stretch)
}

extension Operator {
  // The loop has the state as a value of its own: one changed in place would be written to memory on
  // every bar.
  static func run(_ memory: UnsafeMutablePointer<Double>, _ stretch: Stretch) {
    let memory = UnsafeMutableRawPointer(memory)
    var state = memory.loadUnaligned(as: Self.self)
    state.run(stretch)
    memory.storeBytes(of: state, as: Self.self)
  }

  /// The numbers' worth of memory that it takes.
  static var words: Int { (MemoryLayout<Self>.size + 7) / 8 }

  func store(at memory: UnsafeMutablePointer<Double>) {
    UnsafeMutableRawPointer(memory).storeBytes(of: self, as: Self.self)
  }
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
