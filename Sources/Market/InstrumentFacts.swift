/// What is told of a single instrument beside the rules of its product, day by day.
public struct InstrumentFacts: Hashable, Sendable {
  /// How an exchange regards a company.
  public enum Status: UInt8, CaseIterable, Sendable {
    case usual
    /// Under special treatment, as ST.
    case special
    case suspended
    /// In its last weeks, under a rule of its own.
    case delisting
  }

  public let code: String
  /// The first and the last day of trading.
  public let listed: TradingDay?
  public let delisted: TradingDay?
  public let status: Timeline<Status>
  /// The price that limits are counted from, of days on which it is not the last close: a payout's.
  public let previousClose: Timeline<Tick>

  public init(
    code: String, listed: TradingDay? = nil, delisted: TradingDay? = nil,
    status: Timeline<Status> = Timeline([]), previousClose: Timeline<Tick> = Timeline([])
  ) {
    self.code = code
    self.listed = listed
    self.delisted = delisted
    self.status = status
    self.previousClose = previousClose
  }

  /// After so many days a listing is an old one for every rule there is.
  private static let newDays = 60

  /// What is known on a day, in the units of the instrument's series.
  public func known(on day: TradingDay, grid: Grid, in calendar: ExchangeCalendar) -> KnownDay {
    var known = KnownDay()
    known.previousClose = previousClose[day]?.units(on: grid).map { Price(units: $0) }
    if let status = status[day] {
      known.isSpecial = status == .special
      known.listing = status == .suspended ? .suspended : nil
      if status == .delisting { known.listing = .delisting }
    }
    if let delisted, day > delisted { known.listing = .delisted }
    guard let listed else { return known }
    if day < listed { known.listing = .notYet }
    let number = calendar.lowerBound(day.next) - calendar.lowerBound(listed)
    if (1...Self.newDays).contains(number) { known.dayNumber = number }
    return known
  }
}
