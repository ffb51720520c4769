import Bytes
import Console
import Market

/// Words of market files that the schema keeps as text.
enum MarketText {
  /// The days of an item with `from` and perhaps `until`.
  static func span(
    _ item: Settings, _ path: String
  ) throws(Failure) -> ClosedRange<TradingDay> {
    let from = TradingDay(item.date("from"))
    let until = item["until"].orNil.map { TradingDay($0.date) } ?? from
    guard from <= until else { throw Failure(.usage, "\(path): \(from) is after \(until)") }
    return from...until
  }

  static func tick(_ text: String, _ path: String) throws(Failure) -> Tick {
    let decimals = text.split(separator: ".", omittingEmptySubsequences: false)
    let places = decimals.count == 2 ? decimals[1].utf8.count : 0
    guard places <= Int(Grid.most), let units = try? DecimalText.parse(text, decimals: places),
      units > 0
    else {
      throw Failure(.usage, "\(path): \"\(text)\" is not a price step; write a decimal such as 0.2")
    }
    return Tick(units: units, decimals: UInt8(places))
  }

  /// Reads `day 09:00-10:15`; a closing time before the opening one is of the next morning.
  static func hours(_ text: String, _ path: String) throws(Failure) -> Hours {
    let words = text.split(separator: " ").map(String.init)
    let isWithoutNight = words.count == 4 && words[2...] == ["without", "night"]
    let ends = words.count > 1 ? words[1].split(separator: "-") : []
    guard words.count == 2 || isWithoutNight, ends.count == 2,
      let phase = Phase.allCases.first(where: { $0.name == words[0] }),
      let opens = try? TimeText.parseTimeOfDay(String(ends[0])),
      let closes = try? TimeText.parseTimeOfDay(String(ends[1])), opens != closes
    else {
      throw Failure(
        .usage, "\(path): \"\(text)\" is not a span; write one such as \"night 21:00-02:30\"")
    }
    let second = TimeText.nanosPerSecond
    let morning = closes < opens ? closes + TimeText.nanosPerDay : closes
    return Hours(
      phase, opensSecond: opens / second, closesSecond: morning / second,
      isWithoutNight: isWithoutNight)
  }
}
