import Market
import Testing

@testable import Bars

@Suite struct ScheduleTests {
  let schedule = Schedule.sessions(TestHours.timetable(TestHours.rebar))
  let tuesday = TestHours.week.next

  func at(_ hour: Int64, _ minute: Int64, _ day: TradingDay) -> Instant {
    Zone.shanghai.instant(day, seconds: TestHours.clock(hour, minute))
  }

  @Test func aNightBarBelongsToTheNextTradingDay() throws {
    let slot = try #require(schedule.slot(closing: at(21, 5, TestHours.week), .minute5))
    #expect(slot.tradingDay == tuesday)
    let friday = TradingDay(days: TestHours.week.days + 4)
    let night = try #require(schedule.slot(closing: at(22, 0, friday), .minute))
    #expect(night.tradingDay == TradingDay(days: friday.days + 3))
  }

  @Test func aHolidayHasNoNightBeforeIt() {
    let closed = TestHours.timetable(TestHours.rebar, closures: [tuesday])
    #expect(Schedule.sessions(closed).slot(closing: at(21, 5, TestHours.week), .minute5) == nil)
  }

  @Test func startAndEndStampsMeanTheSameSlot() throws {
    let byEnd = try #require(schedule.slot(closing: at(11, 15, tuesday), .hour))
    let byStart = try #require(schedule.slot(opening: at(10, 0, tuesday), .hour))
    #expect(byEnd == byStart)
    #expect(byEnd.opens == at(10, 0, tuesday))
    #expect(schedule.slot(opening: at(10, 15, tuesday), .minute) == nil)
    #expect(schedule.slot(opening: at(15, 0, tuesday), .minute) == nil)
  }

  @Test func aLaterBellIsNotAnAuction() {
    #expect(schedule.slot(closing: at(10, 30, tuesday), .minute) == nil)
    #expect(schedule.slot(closing: at(9, 0, tuesday), .minute) != nil)
  }

  @Test func aDaySpansItsSessions() throws {
    let slot = try #require(schedule.slot(of: tuesday))
    #expect(slot.auctionOpens == at(20, 55, TestHours.week))
    #expect(slot.opens == at(21, 0, TestHours.week))
    #expect(slot.closes == at(15, 0, tuesday))
    #expect(schedule.slot(of: TradingDay(days: tuesday.days + 4)) == nil)
  }
}
