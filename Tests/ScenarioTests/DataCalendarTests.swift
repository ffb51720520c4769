import Fixtures
import Foundation
import Testing

/// History from before the exchange's table: its own bars tell the trading days, from the import to a run.
@Suite struct DataCalendarTests {
  /// The bars of an export, 1,043 weeks earlier: weekdays stay, and 2020 becomes 2000.
  private static func old(_ csv: String) throws -> String {
    let clock = DateFormatter()
    clock.locale = Locale(identifier: "en_US_POSIX")
    clock.timeZone = TimeZone(secondsFromGMT: 0)
    clock.dateFormat = "yyyy-MM-dd HH:mm:ss"
    var lines = csv.split(separator: "\n").map(String.init)
    for row in lines.indices.dropFirst() {
      var fields = lines[row].split(separator: ",").map(String.init)
      let time = try #require(clock.date(from: fields[1]))
      fields[1] = clock.string(from: time.addingTimeInterval(-1_043 * 7 * 86_400))
      lines[row] = fields.joined(separator: ",")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let series = "--set data.symbols=[cu2105.SHFE] --set data.interval=5m"

  @Test func barsOlderThanTheTableAreTaughtAndTraded() throws {
    let place = Workplace()
    try place.run(
      "data make --symbol cu2105.SHFE --from 2020-05-11 --until 2020-08-14 --archive new.db")
    let csv = try place.run("data export cu2105.SHFE --archive new.db").output
    FileBytes.write(Array(try Self.old(csv).utf8), to: place.path("old.csv"))

    let refused = place.answer("data import old.csv")
    #expect(refused.exitCode == 3 && refused.talk.contains("--calendar from-data"))
    let rows = try place.run("data import old.csv --calendar from-data --json").object()
    #expect(rows["refused"] as? Double == 0)
    // What a series is kept by need not be said again, and cannot be changed in passing.
    let again = try place.run("data import old.csv --json").object()
    #expect(again["same"] as? Double == rows["added"] as? Double)
    #expect(place.answer("data import old.csv --calendar always-open").exitCode == 3)

    #expect(try place.run("data list").output.contains("from-data"))
    #expect(place.answer("data check --grade A").exitCode == 0)
    let page = try place.run(
      "data calendar cu2105.SHFE --calendar from-data --month 2000-06")
    #expect(page.output.contains("2000-06-05  Mon  Fri 21:00–01:00  09:00–10:15 10:30–11:30"))

    try place.run("train fit --until 2000-07-21 \(Self.series)")
    try place.run("evaluate promote 1 --reason first \(Self.series)")
    let end = try RunEnd(report: place.run("evaluate backtest --json \(Self.series)"))
    let twin = try RunEnd(report: place.run("evaluate backtest --json \(Self.series)"))
    #expect(end == twin)
  }
}
