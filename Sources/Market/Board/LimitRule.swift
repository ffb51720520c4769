/// How far a price may go from the reference, by status and age of the listing.
public struct LimitRule: Hashable, Sendable {
  /// A share of the reference price, up and down.
  public struct Span: Hashable, Sendable {
    public let up: Rate
    public let down: Rate

    public init(up: Rate, down: Rate) {
      self.up = up
      self.down = down
    }
  }

  /// `nil` where there is no limit.
  public let usual: Rate?
  /// For instruments under special treatment; `nil` where they have the usual limit.
  public let warned: Rate?
  /// How many days after the listing have their own rule.
  public let newDays: Int
  /// The limit of those days; `nil` where they have none.
  public let ofNewDays: Span?

  public init(usual: Rate?, warned: Rate? = nil, newDays: Int = 0, ofNewDays: Span? = nil) {
    self.usual = usual
    self.warned = warned
    self.newDays = newDays
    self.ofNewDays = ofNewDays
  }

  /// The limit of a day; `dayNumber` is 1 on the first day of trading, `nil` where that is long ago.
  public func span(isWarned: Bool = false, dayNumber: Int? = nil) -> Span? {
    if let dayNumber, dayNumber <= newDays { return ofNewDays }
    let rate = isWarned ? warned ?? usual : usual
    return rate.map { Span(up: $0, down: $0) }
  }
}

extension LimitRule.Span {
  /// The limits as stock exchanges count them: rounded to the nearest tick, halves up, and never
  /// nearer to the reference than one tick nor lower than one.
  public func band(around reference: Price, tick: Int64) -> (lowest: Price, highest: Price) {
    let one = Rate.one.hundredMillionths
    let highest = Self.nearest(reference, share: one + up.hundredMillionths, tick: tick)
    let lowest = Self.nearest(reference, share: one - down.hundredMillionths, tick: tick)
    return (
      Price(units: max(tick, min(lowest, reference.units - tick))),
      Price(units: max(highest, reference.units + tick))
    )
  }

  private static func nearest(_ reference: Price, share: Int64, tick: Int64) -> Int64 {
    let exact = Int128(reference.units) * Int128(share)
    return Int64(roundedQuotient(exact, Int128(tick) * 100_000_000)) * tick
  }
}
