public import Console
public import Market

extension Invocation {
  /// A trading day given by a flag.
  public func day(_ flag: String) throws(Failure) -> TradingDay? {
    guard let text = text(flag) else { return nil }
    guard let day = TradingDay(text) else {
      throw usageFailure("--\(flag) is \"\(text)\": expected a date such as 2020-01-31")
    }
    return day
  }
}
