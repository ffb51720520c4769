/// From the model's measure back to raw values.
extension Scaler.Column {
  /// Whether values pass as they are.
  public var isIdentity: Bool {
    centre == 0 && spread == 1 && low == -.infinity && high == .infinity && knots.isEmpty
  }

  /// The largest finite value whose scaled one is at most `cut`: whatever the measure, as it never falls,
  /// `scaled(value) <= cut` and `value <= largest(scaledTo: cut)` say the same of every finite number.
  /// Infinite where all are, minus infinity where none is.
  public func largest(scaledTo cut: Float) -> Float {
    guard !isIdentity else { return cut }
    let greatest = Float.greatestFiniteMagnitude
    guard scaled(-greatest) <= cut else { return -.infinity }
    guard scaled(greatest) > cut else { return .infinity }
    var (low, high) = (Self.order(-greatest), Self.order(greatest))
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if scaled(Self.number(middle)) <= cut { low = middle } else { high = middle }
    }
    return Self.number(low)
  }

  /// Whole numbers in the order of the floats.
  private static func order(_ value: Float) -> Int64 {
    let magnitude = Int64(value.bitPattern & 0x7FFF_FFFF)
    return value.sign == .minus ? -magnitude : magnitude
  }

  private static func number(_ order: Int64) -> Float {
    let magnitude = Float(bitPattern: UInt32(abs(order)))
    return order < 0 ? -magnitude : magnitude
  }
}
