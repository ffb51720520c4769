internal import Bytes
public import Market

/// What a trial's strategy earned on each trading day, to a ten-millionth.
public struct DailyReturns: Equatable, Sendable {
  public private(set) var days: [TradingDay] = []
  public private(set) var returns: [Double] = []

  /// Ten-millionths: a thousandth of a basis point, far below what any cost is known to.
  static let scale = 1e7
  /// A day that loses or wins more is no return.
  static let largest = 1e6

  public init() {}

  /// `nil` unless days rise and every return is a number that could be one.
  public init?(days: [TradingDay], returns: [Double]) {
    guard days.count == returns.count, zip(days, days.dropFirst()).allSatisfy({ $0 < $1 }),
      returns.allSatisfy({ abs($0) < DailyReturns.largest })
    else { return nil }
    self.days = days
    self.returns = returns.map { ($0 * DailyReturns.scale).rounded() / DailyReturns.scale }
  }

  /// `2020-01-02 123 -45 3>78`: the first day, then each return, with the days since the one before where they
  /// are not one; `-` where there is no day.
  var text: String {
    guard let first = days.first else { return "-" }
    var words = [DateText.text(days: Int(first.days))]
    for (place, value) in returns.enumerated() {
      let gap = place == 0 ? 1 : days[place].days - days[place - 1].days
      let units = Int64((value * DailyReturns.scale).rounded())
      words.append(gap == 1 ? "\(units)" : "\(gap)>\(units)")
    }
    return words.joined(separator: " ")
  }

  init?(reading text: String) {
    guard text != "-" else { return }
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    guard let first = try? DateText.parse(String(words[0])) else { return nil }
    var day = Int64(first)
    for (place, word) in words.dropFirst().enumerated() {
      let parts = word.split(separator: ">", omittingEmptySubsequences: false)
      guard parts.count <= 2, let units = Int64(parts[parts.count - 1]),
        let gap = parts.count == 2 ? Int64(parts[0]) : 1, 1...1_000_000 ~= gap,
        abs(units) <= 10_000_000_000_000
      else { return nil }
      day += place == 0 ? 0 : gap
      guard day < 1_000_000_000 else { return nil }
      days.append(TradingDay(days: Int32(day)))
      returns.append(Double(units) / DailyReturns.scale)
    }
  }
}
