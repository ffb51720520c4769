/// What a recipe can read of a bar, of its place in time and of its series.
public enum Input: String, CaseIterable, Hashable, Sendable {
  case open
  case high
  case low
  case close
  case volume
  case turnover
  case openInterest = "openinterest"
  /// When the bar closed, in minutes since 1970.
  case time
  /// The trading day it is booked on, in days since 1970.
  case tradingDay = "tradingday"
  /// 0 is Monday.
  case weekday
  /// When the bar's session opened and closes, as `time` tells it; absent without a timetable.
  case sessionOpen = "sessionopen"
  case sessionClose = "sessionclose"
  /// Which contract of an unadjusted chain the bar is of, counted from 0.
  case contract
}
