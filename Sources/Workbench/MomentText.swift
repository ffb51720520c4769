public import Archive
import Bytes
public import Console
public import Market

/// Reads points in time as a person writes them.
public enum MomentText {
  public static let form =
    "a date (its end), a date and time on the exchange's clock, or a time of UTC with a Z"

  /// `2021-01-04`, `2021-01-04 16:00` or `2021-01-04T08:00:00Z`; `nil` for anything else.
  public static func parse(_ text: String) -> Moment? {
    if let day = TradingDay(text) { return .endOf(day) }
    let isWorld = text.hasSuffix("Z")
    guard let nanos = try? TimeText.parse(isWorld ? String(text.dropLast()) : text) else {
      return nil
    }
    if isWorld { return .world(Instant(nanoseconds: nanos)) }
    let (days, time) = TimeText.split(nanos)
    return .local(TradingDay(days: Int32(days)), nanos: time)
  }
}

extension Invocation {
  /// A point in time given by a flag.
  public func moment(_ flag: String) throws(Failure) -> Moment? {
    guard let text = text(flag) else { return nil }
    guard let moment = MomentText.parse(text) else {
      throw usageFailure("--\(flag) is \"\(text)\": expected \(MomentText.form)")
    }
    return moment
  }
}

extension Flag {
  /// What commands that load bars share.
  public static let asOf = Flag(
    "as-of", value: "TIME", "Bars as they were known then: a date (its end), or a date and time.",
    setting: "data.as_of")
}

extension WorkSettings {
  /// The instant whose knowledge counts for a series; `nil` for all there is.
  public func asOf(_ symbol: Symbol) -> Instant? {
    settings["data.as_of"].orNil.flatMap { MomentText.parse($0.text) }?
      .instant(on: symbol.exchange.zone)
  }
}
