public import Market

/// The deepest fall of equity from a peak, at every closed instant and not only at the end of days.
public struct Drawdown: Hashable, Sendable {
  /// The fall as a share of the peak.
  public let depth: Double
  public let loss: Money
  public let peakAt: Instant
  public let troughAt: Instant
  /// When the peak was reached again; `nil` if it has not been.
  public let recoveredAt: Instant?
  /// Trading days begun between the peak and the recovery, or the end.
  public let lengthDays: Int

  /// `nil` where equity never fell below a peak.
  public init?(_ ledger: Ledger) {
    guard let fall = Self.deepest(ledger) else { return nil }
    depth = fall.depth
    loss = fall.loss
    peakAt = fall.peakAt
    troughAt = fall.troughAt
    let recovery = Self.recovery(ledger, of: fall)
    recoveredAt = recovery
    let end = recovery ?? ledger.curve.instants.last ?? fall.troughAt
    lengthDays = ledger.days.count { fall.peakAt < $0.began && $0.began <= end }
  }

  /// Equity less its running peak, as a share of the peak, at every instant: the lower chart of a report.
  public static func path(_ ledger: Ledger) -> [Double] {
    var peak = ledger.cash
    return ledger.curve.equity.map { equity in
      peak = max(peak, equity)
      return peak > .zero ? (equity - peak).value / peak.value : 0
    }
  }

  private struct Fall {
    var depth = 0.0
    var loss = Money.zero
    var peak: Money
    var peakAt: Instant
    var troughAt: Instant
  }

  private static func deepest(_ ledger: Ledger) -> Fall? {
    guard let start = ledger.days.first?.began ?? ledger.curve.instants.first else { return nil }
    var peak = ledger.cash
    var peakAt = start
    var worst = Fall(peak: peak, peakAt: start, troughAt: start)
    for (instant, equity) in zip(ledger.curve.instants, ledger.curve.equity) {
      if equity >= peak {
        peak = equity
        peakAt = instant
        continue
      }
      guard peak > .zero else { continue }
      let depth = (peak - equity).value / peak.value
      guard depth > worst.depth else { continue }
      worst = Fall(
        depth: depth, loss: peak - equity, peak: peak, peakAt: peakAt, troughAt: instant)
    }
    return worst.depth > 0 ? worst : nil
  }

  private static func recovery(_ ledger: Ledger, of fall: Fall) -> Instant? {
    let curve = ledger.curve
    return curve.instants.indices
      .first { fall.troughAt < curve.instants[$0] && fall.peak <= curve.equity[$0] }
      .map { curve.instants[$0] }
  }
}
