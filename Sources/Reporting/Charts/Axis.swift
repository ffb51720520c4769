public import Market

/// What the points of a chart stand for, from left to right.
public enum Axis: Hashable, Sendable {
  /// Moments, evenly spaced: the nights and holidays between them take no room.
  case instants([Instant], Zone)
  case days([TradingDay])
  /// Measured values, each at its own place.
  case numbers([Double])
  case names([String])

  var count: Int {
    switch self {
    case .instants(let instants, _): instants.count
    case .days(let days): days.count
    case .numbers(let numbers): numbers.count
    case .names(let names): names.count
    }
  }

  /// From where to where the axis reaches, in words.
  var range: String? {
    switch self {
    case .instants(let instants, let zone):
      guard let first = instants.first, let last = instants.last else { return nil }
      return "\(zone.local(first).day) – \(zone.local(last).day)"
    case .days(let days):
      guard let first = days.first, let last = days.last else { return nil }
      return "\(first) – \(last)"
    case .numbers, .names: return nil
    }
  }

  /// Room a label takes, of ten characters of twelve-pixel text and a gap.
  static let labelWidth = 84.0

  /// Labels with the share of the width they stand at; `isBanded` puts them into the middle of a band per point.
  func ticks(width: Double, isBanded: Bool) -> [(place: Double, label: String)] {
    let most = max(2, Int(width / Self.labelWidth))
    switch self {
    case .instants(let instants, let zone):
      return DateTicks(instants, zone: zone, most: most).ticks
        .map { (place($0.index, isBanded: isBanded), $0.label) }
    case .days(let days):
      let instants = days.map { Instant(seconds: Int64($0.days) * 86_400) }
      return DateTicks(instants, zone: .utc, most: most, areDays: true).ticks
        .map { (place($0.index, isBanded: isBanded), $0.label) }
    case .numbers:
      guard let scale = numberScale(width: width) else { return [] }
      return scale.ticks.map { tick in
        let value = scale.value(tick)
        let label = Measure.number.tick(value, decimals: scale.decimals)
        return ((value - scale.low) / (scale.high - scale.low), label)
      }
    case .names(let names):
      let every = max(1, (names.count + most - 1) / most)
      return names.indices.filter { $0 % every == 0 }
        .map { (place($0, isBanded: isBanded), names[$0]) }
    }
  }

  /// Where a point stands, as a share of the width.
  func place(_ index: Int, isBanded: Bool) -> Double {
    if isBanded { return (Double(index) + 0.5) / Double(max(1, count)) }
    return count > 1 ? Double(index) / Double(count - 1) : 0.5
  }

  /// The scale of measured values; `nil` for points that are merely counted.
  func numberScale(width: Double) -> Scale? {
    guard case .numbers(let numbers) = self, let low = numbers.min(), let high = numbers.max()
    else { return nil }
    return Scale(low, high, most: max(2, Int(width / Self.labelWidth)))
  }
}
