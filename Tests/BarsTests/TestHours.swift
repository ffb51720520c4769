import Bars
import Market

/// Hand-written hours for tests: a commodity future with a night, and a stock with its auctions.
enum TestHours {
  static let week = TradingDay(year: 2021, month: 1, day: 4)

  static func calendar(_ days: Int32 = 14, closures: [TradingDay] = []) -> ExchangeCalendar {
    ExchangeCalendar(
      zone: .shanghai, first: week, last: TradingDay(days: week.days + days), closures: closures)
  }

  static func clock(_ hour: Int64, _ minute: Int64) -> Int64 { (hour * 60 + minute) * 60 }

  static func timetable(_ hours: [Hours], closures: [TradingDay] = []) -> Timetable {
    Timetable(
      calendar: calendar(closures: closures),
      hours: Timeline([
        Fact(
          hours, from: TradingDay(year: 2000, month: 1, day: 1), source: "test", isVerified: true)
      ]))
  }

  static let rebar: [Hours] = [
    Hours(.auction, opensSecond: clock(20, 55), closesSecond: clock(21, 0)),
    Hours(.night, opensSecond: clock(21, 0), closesSecond: clock(23, 0)),
    Hours(.day, opensSecond: clock(9, 0), closesSecond: clock(10, 15)),
    Hours(.day, opensSecond: clock(10, 30), closesSecond: clock(11, 30)),
    Hours(.day, opensSecond: clock(13, 30), closesSecond: clock(15, 0)),
  ]

  static let nightRebar = [
    Hours(.night, opensSecond: clock(21, 0), closesSecond: clock(23, 0)),
    Hours(.day, opensSecond: clock(9, 0), closesSecond: clock(10, 15)),
    Hours(.day, opensSecond: clock(10, 30), closesSecond: clock(11, 30)),
    Hours(.day, opensSecond: clock(13, 30), closesSecond: clock(15, 0)),
  ]

  static let stock: [Hours] = [
    Hours(.auction, opensSecond: clock(9, 15), closesSecond: clock(9, 25)),
    Hours(.day, opensSecond: clock(9, 30), closesSecond: clock(11, 30)),
    Hours(.day, opensSecond: clock(13, 0), closesSecond: clock(14, 57)),
    Hours(.auction, opensSecond: clock(14, 57), closesSecond: clock(15, 0)),
  ]
}

extension Timetable {
  /// One bar a minute through all sessions but the auctions, told apart by its volume.
  func minuteBars() -> [Bar] {
    var bars: [Bar] = []
    for session in sessions where session.phase != .auction {
      var end = session.opens.advanced(bySeconds: 60)
      while end <= session.closes {
        bars.append(.test(end, session.tradingDay, number: Int64(bars.count)))
        end = end.advanced(bySeconds: 60)
      }
    }
    return bars
  }
}

extension Bar {
  static func test(_ end: Instant, _ day: TradingDay, number: Int64) -> Bar {
    let base = 1_000 + (number * 7919) % 97
    return Bar(
      instrument: InstrumentIndex(0), tradingDay: day, closedAt: end, open: Price(units: base),
      high: Price(units: base + 3), low: Price(units: base - 2), close: Price(units: base + 1),
      volume: 1, turnover: 10, openInterest: number)
  }
}
