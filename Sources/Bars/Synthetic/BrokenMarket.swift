public import Market

/// A market in which every fault that the gate knows is planted, each on a day of its own.
///
/// Time out of order cannot be planted: the archive takes no such bars.
public struct BrokenMarket: Sendable {
  public struct Planting: Hashable, Sendable {
    public let fault: Fault
    public let day: TradingDay
  }

  public private(set) var bars = BarColumns()
  public private(set) var planted: [Planting] = []

  static let order: [Fault] = [
    .gap, .missingDay, .prices, .zeroPrice, .stale, .noTrade, .spike, .volume, .turnover,
    .openInterest, .stamps, .hours, .shifted, .jump, .roll,
  ]
  /// A fault's own day and one of peace after it.
  private static let pace = 2
  /// Where in the day it lies.
  private static let place = 50

  /// What a jump and a roll have done to all later prices and open interests.
  private var priceShare = 1.0
  private var interestShare = 1.0

  /// Spoils sound minute bars; faults for which there are too few days are left out.
  public init(spoiling whole: BarColumns) {
    var faults = Self.order[...]
    for (index, rows) in QualityGate.days(of: whole).enumerated() {
      var day = whole.rows(rows)
      rescale(&day, from: 0)
      if index > 0, index % Self.pace == 0, rows.count > 4 * Self.place, let fault = faults.first {
        let name = TradingDay(days: day.tradingDays[0])
        if plant(fault, in: &day) { planted.append(Planting(fault: fault, day: name)) }
        faults = faults.dropFirst()
      }
      bars.append(contentsOf: day, 0..<day.count)
    }
  }

  private func rescale(_ day: inout BarColumns, from first: Int) {
    for row in first..<day.count {
      scalePrices(&day, row, by: priceShare)
      day.openInterest[row] = Int64((Double(day.openInterest[row]) * interestShare).rounded())
    }
  }

  private func scalePrices(_ day: inout BarColumns, _ row: Int, by share: Double) {
    guard share != 1 else { return }
    let scaled = { (price: Int64) in Int64((Double(price) * share).rounded()) }
    day.open[row] = scaled(day.open[row])
    day.high[row] = scaled(day.high[row])
    day.low[row] = scaled(day.low[row])
    day.close[row] = scaled(day.close[row])
    day.turnover[row] = (day.turnover[row] * share).rounded()
  }

  /// `false` where the day has no place for the fault.
  private mutating func plant(_ fault: Fault, in day: inout BarColumns) -> Bool {
    switch fault {
    case .missingDay: day = BarColumns()
    case .gap:
      var kept = day.rows(0..<Self.place)
      kept.append(contentsOf: day, 2 * Self.place..<day.count)
      day = kept
    case .hours: return insertStray(in: &day)
    case .stamps:
      for row in 0..<day.count { day.closedAtNanos[row] -= 60_000_000_000 }
    case .jump:
      priceShare *= 0.8
      for row in Self.place..<day.count { scalePrices(&day, row, by: 0.8) }
    case .roll:
      priceShare *= 1.04
      interestShare *= 0.5
      for row in 0..<day.count {
        scalePrices(&day, row, by: 1.04)
        day.openInterest[row] /= 2
      }
    case .stale, .noTrade: repeatBar(in: &day, traded: fault == .stale)
    default: spoilBars(fault, in: &day)
    }
    return true
  }

  private func spoilBars(_ fault: Fault, in day: inout BarColumns) {
    let row = Self.place
    switch fault {
    case .prices: day.high[row] = day.low[row] - 5
    case .zeroPrice: day.low[row] = 0
    case .spike:
      day.close[row] += day.close[row] / 5
      day.high[row] = max(day.high[row], day.close[row])
    case .volume:
      let factor = 1_000_000 / max(1, day.volume[row])
      day.volume[row] *= factor
      day.turnover[row] *= Double(factor)
    case .turnover:
      for row in 0..<day.count { day.volume[row] *= 3 }
    case .openInterest: day.openInterest[row] = 0
    case .shifted: day.volume.insert(day.volume.removeLast(), at: 0)
    default: preconditionFailure("\(fault.rawValue) is planted elsewhere")
    }
  }

  private func repeatBar(in day: inout BarColumns, traded: Bool) {
    let model = Self.place
    for row in model + 1...2 * model {
      day.open[row] = traded ? day.open[model] : day.close[model]
      day.high[row] = traded ? day.high[model] : day.close[model]
      day.low[row] = traded ? day.low[model] : day.close[model]
      day.close[row] = day.close[model]
      day.volume[row] = traded ? day.volume[model] : 0
      day.turnover[row] = traded ? day.turnover[model] : 0
      day.openInterest[row] = day.openInterest[model]
    }
  }

  /// A bar half an hour into the longest rest of the day.
  private func insertStray(in day: inout BarColumns) -> Bool {
    let hour: Int64 = 3_600_000_000_000
    let rest = (1..<day.count).first {
      day.closedAtNanos[$0] - day.closedAtNanos[$0 - 1] > hour
    }
    guard let rest else { return false }
    var spoilt = day.rows(0..<rest)
    spoilt.append(contentsOf: day, rest - 1..<day.count)
    spoilt.closedAtNanos[rest] += hour / 2
    day = spoilt
    return true
  }
}
