/// Figures too good to be true at these horizons: a leak until the opposite is shown.
public enum LeakAlarm: Hashable, Sendable {
  /// R² against zero above 1 % on one series.
  case explained(r2: Double)
  /// A correlation of ranks above 0.10 on one series.
  case ranked(rankIC: Double)
  /// Signs foretold four points more often than the commoner sign comes.
  case foretold(hitRate: Double, baseRate: Double)
  /// A mean correlation per instant above 0.12 over a panel.
  case ordered(rankIC: Double)
  /// Forecasts that vary more than half as much as outcomes, and still explain something.
  case bold(deviationRatio: Double, r2: Double)

  public static let r2 = 0.01
  public static let rankIC = 0.10
  public static let hitMargin = 0.04
  public static let panelRankIC = 0.12
  public static let deviationRatio = 0.5

  /// Those that figures raise; `panelRankIC` is the mean per instant where there are many series.
  public static func raised(by scores: Scores, panelRankIC: Double? = nil) -> [LeakAlarm] {
    var alarms: [LeakAlarm] = []
    if let ic = panelRankIC {
      if ic > LeakAlarm.panelRankIC { alarms.append(.ordered(rankIC: ic)) }
    } else {
      if let r2 = scores.r2Zero, r2 > LeakAlarm.r2 { alarms.append(.explained(r2: r2)) }
      if let ic = scores.rankIC, ic > LeakAlarm.rankIC { alarms.append(.ranked(rankIC: ic)) }
      if let hit = scores.hitRate, let base = scores.baseRate, hit > base + hitMargin {
        alarms.append(.foretold(hitRate: hit, baseRate: base))
      }
    }
    if let ratio = scores.deviationRatio, let r2 = scores.r2Zero,
      ratio > LeakAlarm.deviationRatio, r2 > 0
    {
      alarms.append(.bold(deviationRatio: ratio, r2: r2))
    }
    return alarms
  }

  /// A word for programs.
  public var name: String {
    switch self {
    case .explained: "r2-zero"
    case .ranked: "rank-ic"
    case .foretold: "hit-rate"
    case .ordered: "daily-rank-ic"
    case .bold: "deviation-ratio"
    }
  }

  /// What was found and where the band ends.
  public var measure: (found: Double, limit: Double) {
    switch self {
    case .explained(let r2): (r2, LeakAlarm.r2)
    case .ranked(let ic): (ic, LeakAlarm.rankIC)
    case .foretold(let hit, let base): (hit, base + LeakAlarm.hitMargin)
    case .ordered(let ic): (ic, LeakAlarm.panelRankIC)
    case .bold(let ratio, _): (ratio, LeakAlarm.deviationRatio)
    }
  }
}
