import Bytes
import Market

/// Dates along an axis of points that are evenly spaced, however long the market slept between them.
///
/// A tick stands at the first point of a new year, month, day or hour, whichever gives the most that still fit.
struct DateTicks {
  struct Tick: Hashable {
    let index: Int
    let label: String
  }

  let ticks: [Tick]

  /// At most `most` ticks, no two nearer than half the points' count over `most`; whole days have no clock.
  init(_ instants: [Instant], zone: Zone, most: Int, areDays: Bool = false) {
    guard let start = instants.first, let end = instants.last, most > 0 else {
      ticks = []
      return
    }
    let span = (end.nanoseconds - start.nanoseconds) / 1_000_000_000
    let steps = Step.allCases.filter { !areDays || !$0.isClock }
    for step in steps where step.typicalSeconds * Int64(most) * 4 >= span {
      let found = Self.found(instants, zone, step, areDays: areDays)
      if found.count <= most || step == Step.allCases.last {
        ticks = Self.spaced(found, gap: instants.count / (most * 2))
        return
      }
    }
    ticks = []
  }

  /// The first point of every span. What a chart begins within is no first point, but a day or a clock begins there.
  private static func found(_ instants: [Instant], _ zone: Zone, _ step: Step, areDays: Bool)
    -> [Tick]
  {
    var found: [Tick] = []
    var last: Int64?
    var dated: TradingDay?
    for (index, instant) in instants.enumerated() {
      let key = step.key(instant, zone)
      defer { last = key }
      let begins = step.isClock || (areDays && step == .day)
      guard key != last, last != nil || begins else { continue }
      // Among clocks, the first of a day tells its date.
      let day = zone.local(instant).day
      let label = step.isClock && day != dated ? Step.day : step
      found.append(Tick(index: index, label: label.label(instant, zone)))
      dated = day
    }
    return found
  }

  private static func spaced(_ found: [Tick], gap: Int) -> [Tick] {
    var kept: [Tick] = []
    for tick in found where kept.last.map({ tick.index - $0.index >= gap }) ?? true {
      kept.append(tick)
    }
    return kept
  }
}

extension DateTicks {
  /// How far ticks lie apart, finest first.
  private enum Step: CaseIterable {
    case minutes15, hour, hours4, day, week, month, quarter, half, year, years2, years5, years20

    var typicalSeconds: Int64 {
      switch self {
      case .minutes15: 900
      case .hour: 3_600
      case .hours4: 14_400
      case .day: 86_400
      case .week: 604_800
      case .month: 2_629_746
      case .quarter: 7_889_238
      case .half: 15_778_476
      case .year: 31_556_952
      case .years2: 63_113_904
      case .years5: 157_784_760
      case .years20: 631_139_040
      }
    }

    var isClock: Bool { self == .minutes15 || self == .hour || self == .hours4 }

    /// A number that changes where a tick belongs.
    func key(_ instant: Instant, _ zone: Zone) -> Int64 {
      let (day, seconds) = zone.local(instant)
      switch self {
      case .minutes15, .hour, .hours4:
        return (Int64(day.days) * 86_400 + seconds) / typicalSeconds
      case .day: return Int64(day.days)
      case .week: return Int64(day.days + 3) / 7
      case .month: return Int64(day.civil.year * 12 + day.civil.month - 1)
      case .quarter: return Int64(day.civil.year * 4 + (day.civil.month - 1) / 3)
      case .half: return Int64(day.civil.year * 2 + (day.civil.month - 1) / 6)
      case .year: return Int64(day.civil.year)
      case .years2: return Int64(day.civil.year / 2)
      case .years5: return Int64(day.civil.year / 5)
      case .years20: return Int64(day.civil.year / 20)
      }
    }

    func label(_ instant: Instant, _ zone: Zone) -> String {
      let (day, seconds) = zone.local(instant)
      switch self {
      case .minutes15, .hour, .hours4: return DateTicks.clock(seconds)
      case .day, .week: return String(day.description.dropFirst(5))
      case .month, .quarter, .half: return String(day.description.prefix(7))
      case .year, .years2, .years5, .years20: return String(day.year)
      }
    }
  }

  /// `21:05`.
  static func clock(_ seconds: Int64) -> String {
    let minutes = seconds / 60
    let digits = { (number: Int64) in (number < 10 ? "0" : "") + String(number) }
    return digits(minutes / 60) + ":" + digits(minutes % 60)
  }
}
