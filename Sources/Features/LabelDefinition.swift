/// What a model is asked to foretell.
public struct LabelDefinition: Hashable, Sendable {
  /// Between which prices the return is taken.
  public enum Prices: String, CaseIterable, Hashable, Sendable {
    /// From the first price that can be had after the forecast: open(t+1) to open(t+1+h).
    case openToOpen = "open-to-open"
    /// close(t) to close(t+h): the entry price is gone when the forecast is there.
    case closeToClose = "close-to-close"
  }

  /// What is made of the return.
  public enum Form: Hashable, Sendable {
    /// The return itself.
    case plain
    /// In units of the volatility known at the row, so that wild times do not outvote calm ones.
    case scaled(Volatility)
    /// The return where the price first left a band of so many volatilities around the entry, and at
    /// the horizon where it never did.
    case barrier(widths: Double, Volatility)
    /// The place of the return among those of all instruments at the same instant.
    case ranked(Ranking)
  }

  /// How a place among others is counted.
  public enum Ranking: String, CaseIterable, Hashable, Sendable {
    /// From −½ to ½.
    case rank
    /// Where a normal distribution has that place: who stands out counts for more.
    case gaussRank = "gauss-rank"

    public var measure: SliceMeasure { self == .rank ? .rank : .gaussRank }
  }

  /// How the volatility of a horizon is known at a row: the deviation of so many one-bar changes,
  /// times √h.
  public struct Volatility: Hashable, Sendable {
    public static let range = 2...10_000
    public let bars: Int

    public init(bars: Int) {
      precondition(Volatility.range ~= bars, "a deviation wants two bars at least")
      self.bars = bars
    }

    /// The one feature that it is: history and the present measure it by the same code.
    public var recipe: Recipe {
      guard let recipe = try? Recipe(name: "unit", features: [("unit", "std(change(1), \(bars))")])
      else { preconditionFailure("a formula of this module's own words") }
      return recipe
    }
  }

  public let prices: Prices
  /// Counted in tradable bars.
  public let horizonBars: Int
  public let form: Form

  public init(_ prices: Prices = .openToOpen, horizonBars: Int, form: Form = .plain) {
    precondition(horizonBars > 0, "a horizon is at least one bar")
    if case .barrier(let widths, _) = form {
      precondition(widths > 0 && widths.isFinite, "a barrier lies off the price")
    }
    self.prices = prices
    self.horizonBars = horizonBars
    self.form = form
  }

  /// How it is measured among all instruments, `nil` where one alone has it.
  public var ranking: Ranking? {
    if case .ranked(let ranking) = form { ranking } else { nil }
  }

  /// The volatility the label rests on, `nil` where it rests on none.
  public var volatility: Volatility? {
    switch form {
    case .plain, .ranked: nil
    case .scaled(let volatility), .barrier(_, let volatility): volatility
    }
  }

  /// What a forecast of one means as a return, given the deviation of one-bar changes.
  public func unit(deviation: Float) -> Double {
    guard case .scaled = form else { return 1 }
    return horizonDeviation(deviation)
  }

  func horizonDeviation(_ deviation: Float) -> Double {
    Double(deviation) * Double(horizonBars).squareRoot()
  }
}

extension LabelDefinition: CustomStringConvertible {
  public var description: String {
    let span = "\(prices.rawValue), \(horizonBars) bars"
    switch form {
    case .plain: return span
    case .scaled(let volatility):
      return "\(span), in volatilities of \(volatility.bars) bars"
    case .barrier(let widths, let volatility):
      return "\(span), or where ±\(widths) volatilities of \(volatility.bars) bars are met first"
    case .ranked(let ranking): return "\(span), as \(ranking.rawValue) among all"
    }
  }
}
