/// A window over the last `count` values of one series that knows how to exchange its oldest value
/// for a new one.
///
/// What all such windows have in common is here: an absent value silences the window until it has
/// left, and the sums are built anew from the values themselves when rounding may have piled up or
/// when the window says that they are worn.
protocol MovingWindow: Sendable {
  /// A window that knows nothing: its sums are NaN, which carries itself forward.
  init(count: Int)
  var count: Int { get }
  /// Bars until the window is built anew.
  var fuse: Int { get set }
  mutating func exchange(_ leaving: Double, for entering: Double)
  /// Whether the sums have become small beside what they once held.
  var isWorn: Bool { get }
  /// The window built from its values, of which the newest is sound.
  static func built(_ now: Reading, count: Int) -> Self
}

extension MovingWindow {
  @inline(__always)
  mutating func move(_ now: Reading) {
    let entering = now[0]
    fuse &-= 1
    guard fuse != 0, isSound(entering) else {
      self = Self.renewed(now, count)
      return
    }
    exchange(now[0 &- count], for: entering)
    guard isWorn else { return }
    self = Self.renewed(now, count)
  }

  /// It returns a value, as a mutating call would drive the state out of the registers of the whole
  /// loop.
  @inline(never)
  private static func renewed(_ now: Reading, _ count: Int) -> Self {
    guard isSound(now[0]) else { return Self(count: count) }
    var fresh = built(now, count: count)
    fresh.fuse = renewalBars(count)
    return fresh
  }
}

/// An operator that moves a window and reads one figure off it.
protocol WindowReading: UnaryOperator {
  associatedtype Window: MovingWindow
  init(window: Window)
  var window: Window { get set }
  var figure: Double { get }
}

extension WindowReading {
  @inline(__always)
  mutating func update(_ now: Reading, _: UnsafeMutablePointer<Double>) -> Double {
    window.move(now)
    return figure
  }

  static func operation(_ name: String, _ count: Int) -> Operation {
    .window(name, count) { Self(window: Window(count: count)) }
  }
}

extension Operation {
  /// What all running windows have in common: they read the value that leaves them.
  static func window(
    _ name: String, _ count: Int, begin: @escaping @Sendable () -> any Operator
  ) -> Operation {
    Operation(name, [Double(count)], reach: count, silence: count - 1, begin: begin)
  }
}
