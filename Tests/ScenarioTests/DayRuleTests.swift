import Engine
import Fixtures
import Foundation
import Market
import Testing
import Trading
import Workbench

/// Rules of the day through the programs: what a person is told, and what the journal holds.
@Suite struct DayRuleTests {
  /// The folder of a workplace with the shipped configuration in it.
  private func ownHome(_ place: borrowing Workplace) {
    let copied = Spawned("/bin/cp", ["-R", "\(Workplace.home)/config", place.path("config")])
    #expect(copied.wait() == 0)
  }

  private func orders(_ path: String, _ offset: Offset) throws -> [(day: TradingDay, lots: Int64)] {
    var day = TradingDay(days: 0)
    var orders: [(TradingDay, Int64)] = []
    for record in try RecordedJournal(path).records {
      if case .taken(let event) = record, case .dayBegan(let began) = event.kind { day = began }
      if case .command(.submit(let order), _) = record, order.offset == offset {
        orders.append((day, order.lots))
      }
    }
    return orders
  }

  private func denied(_ answer: Workplace.Answer, _ rule: String) throws -> Int {
    let denials = try #require(try answer.object()["denials"] as? [String: Any])
    return try #require(denials[rule] as? Int)
  }

  @Test func pastItsCalendarARunOnlyLeaves() throws {
    let place = Workplace()
    try place.prepare()
    ownHome(place)
    let calendar = place.path("config/markets/calendars/china.yaml")
    let text = String(decoding: FileBytes.read(calendar), as: UTF8.self)
    let ended = text.replacing("verified_until: 2026-12-31", with: "verified_until: 2020-03-10")
    #expect(ended != text)
    FileBytes.write(Array(ended.utf8), to: calendar)
    let end = TradingDay(year: 2020, month: 3, day: 10)
    let words = "the calendar of SHFE ended on 2020-03-10: nothing new is opened"
    for line in ["run demo --json", "evaluate backtest --json", "train walk", "train fit"] {
      let answer = place.answer(line, home: place.folder)
      #expect(answer.exitCode == 0, "\(line): \(answer.talk)")
      #expect(answer.talk.components(separatedBy: words).count == 2, "\(line): \(answer.talk)")
      guard line == "run demo --json" else { continue }
      #expect(try denied(answer, "calendar") > 5)
      #expect(answer.talk.contains("calendar: turned down"), "\(answer.talk)")
    }
    let opened = try orders(place.path("runs/demo.journal"), .open)
    #expect(opened.count > 5 && opened.allSatisfy { $0.day <= end })
    let page = String(decoding: FileBytes.read(place.path("runs/demo.journal.html")), as: UTF8.self)
    #expect(page.contains("the calendar is announced until 2020-03-10"))
    try place.run("evaluate replay runs/demo.journal")
  }

  @Test func aDaysOpeningsEnd() throws {
    let place = Workplace()
    try place.prepare()
    ownHome(place)
    try FileManager.default.createDirectory(
      atPath: place.path("config/markets/local"), withIntermediateDirectories: true)
    FileBytes.write(
      Array("exchange: SHFE\nproducts:\n  rb: {daily_opens: [{value: 3}]}\n".utf8),
      to: place.path("config/markets/local/mine.yaml"))
    let answer = place.answer("run demo --json", home: place.folder)
    #expect(try denied(answer, "daily openings") > 5, "\(answer.talk)")
    var lots: [TradingDay: Int64] = [:]
    for order in try orders(place.path("runs/demo.journal"), .open) {
      lots[order.day, default: 0] += order.lots
    }
    #expect(lots.count > 10 && lots.values.allSatisfy { $0 <= 3 } && lots.values.contains(3))
  }
}
