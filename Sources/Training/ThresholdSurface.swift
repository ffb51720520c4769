public import Market
internal import Numerics

/// What a change of position costs at a row, as shares of its price, by the rules of its day.
public struct RowCost: Hashable, Sendable {
  public let open: Double
  public let close: Double
  /// Where the position was opened on the same day.
  public let closeToday: Double
  /// On top of every sale, as stamp duty is.
  public let sale: Double
  /// The step of prices.
  public let tick: Double
  public let mayShort: Bool

  public init(
    open: Double, close: Double, closeToday: Double, sale: Double, tick: Double, mayShort: Bool
  ) {
    self.open = open
    self.close = close
    self.closeToday = closeToday
    self.sale = sale
    self.tick = tick
    self.mayShort = mayShort
  }
}

/// What holding forecasts by their sign would have earned, by how large a forecast must be and by what trading
/// costs: all rows at once, without a desk, so that the whole surface is seen. Each forecast is held over its
/// horizon as one of h equal tranches; a tranche that goes on in the same direction is not traded.
public struct ThresholdSurface: Hashable, Sendable {
  public struct Cell: Hashable, Sendable {
    /// The mean return of a day, times the days of a year, of capital that is fully used where every
    /// tranche is held.
    public let yearly: Double
    /// Of a year; `nil` where nothing varies.
    public let sharpe: Double?
  }

  /// A row of the surface.
  public struct Line: Hashable, Sendable {
    /// The share of rows with the smallest forecasts that are passed over.
    public let passedShare: Double
    public let threshold: Double
    /// Positions changed on a day, as a share of all.
    public let turnover: Double
    /// One for each cost.
    public let cells: [Cell]
  }

  public static let daysOfYear = 252.0
  /// Ticks lost at every change of position beside the fees; `nil`: no costs at all.
  public let slippages: [Double?]
  public let lines: [Line]

  /// `nil` where all forecasts are nothing. `days` and `costs` hold those of each row.
  public init?(
    _ evidence: Evidence, days: [TradingDay], costs: [RowCost],
    passing shares: [Double] = [0, 0.5, 0.75, 0.9, 0.95, 0.99],
    slippages: [Double?] = [nil, 0, 0.5, 1, 2]
  ) {
    precondition(
      days.count == evidence.count && costs.count == evidence.count, "a day and a cost for each row"
    )
    let sizes = evidence.forecasts.map(abs).sorted()
    guard let most = sizes.last, most > 0 else { return nil }
    self.slippages = slippages
    lines = shares.map { share in
      let threshold = sizes[min(Int(Double(sizes.count) * share), sizes.count - 1)]
      let held = Held(evidence, days, costs, threshold)
      let columns = slippages.map { held.daily(evidence, days, costs, ticks: $0) }
      return Line(
        passedShare: share, threshold: threshold,
        turnover: held.changes / Double(max(1, columns.first?.count ?? 0)),
        cells: columns.map { returns in
          Cell(
            yearly: Statistics.mean(returns) * Self.daysOfYear,
            sharpe: SharpeRatio.value(of: returns).map { $0 * Self.daysOfYear.squareRoot() })
        })
    }
  }
}

/// The tranche of each row: its sign, and what of it had to be traded.
private struct Held {
  /// By row; nothing where the forecast is too small or may not be held.
  private var signs: [Double] = []
  /// What the tranche that ends at the row was.
  private var before: [Double] = []
  /// Whether that one was opened on the row's own day.
  private var isToday: [Bool] = []
  private let horizon: Double
  private let members: Double

  init(_ evidence: Evidence, _ days: [TradingDay], _ costs: [RowCost], _ threshold: Double) {
    horizon = Double(evidence.horizonBars)
    members = Double((evidence.instruments.max() ?? 0) + 1)
    var chains = [[(sign: Double, opened: TradingDay)]](repeating: [], count: Int(members))
    for row in evidence.forecasts.indices {
      let forecast = evidence.forecasts[row]
      let isLarge = forecast != 0 && abs(forecast) >= threshold
      let isHeld = isLarge && !evidence.isMissed[row] && (forecast > 0 || costs[row].mayShort)
      let sign = isHeld ? (forecast > 0 ? 1.0 : -1) : 0
      let instrument = Int(evidence.instruments[row])
      let place = chains[instrument].count - evidence.horizonBars
      let last = place >= 0 ? chains[instrument][place] : (0, days[row])
      signs.append(sign)
      before.append(last.0)
      isToday.append(last.1 == days[row])
      chains[instrument].append((sign, sign == last.0 ? last.1 : days[row]))
    }
  }

  /// Changes of a whole position, over all rows.
  var changes: Double {
    zip(signs, before).reduce(0) { $0 + abs($1.0 - $1.1) } / horizon / members
  }

  /// The return of each day after costs.
  func daily(
    _ evidence: Evidence, _ days: [TradingDay], _ costs: [RowCost], ticks: Double?
  ) -> [Double] {
    var totals: [TradingDay: Double] = [:]
    for row in signs.indices {
      let paid = ticks.map { charge(row, costs[row], $0) } ?? 0
      let earned = signs[row] * evidence.outcomes[row] - paid
      totals[days[row], default: 0] += earned / horizon / members
    }
    return totals.keys.sorted().map { totals[$0] ?? 0 }
  }

  private func charge(_ row: Int, _ cost: RowCost, _ ticks: Double) -> Double {
    let (sign, last) = (signs[row], before[row])
    guard sign != last else { return 0 }
    var paid = 0.0
    if last != 0 {
      paid += (isToday[row] ? cost.closeToday : cost.close) + ticks * cost.tick
      if last > 0 { paid += cost.sale }
    }
    if sign != 0 {
      paid += cost.open + ticks * cost.tick
      if sign < 0 { paid += cost.sale }
    }
    return paid
  }
}
