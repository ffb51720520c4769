public import Market

/// What the finished round trips say, each counted once whatever its size.
public struct TradeFigures: Hashable, Sendable {
  public let count: Int
  public let wins: Int
  public let longs: Int
  public let net: Money
  /// Wins over trades; a trade that ends at exactly nothing is no win.
  public let winRate: Double?
  /// The average win and the average loss, both positive.
  public let averageWin: Double?
  public let averageLoss: Double?
  /// Average win over average loss.
  public let profitLossRatio: Double?
  /// All wins over all losses.
  public let profitFactor: Double?
  public let meanBarsHeld: Double?
  public let best: Money?
  public let worst: Money?

  public init(_ trips: [RoundTrip]) {
    let nets = trips.map(\.net)
    let won = nets.filter { $0 > .zero }
    let lost = nets.filter { $0 < .zero }
    let gain = won.reduce(Money.zero, +).value
    let loss = -lost.reduce(Money.zero, +).value
    count = trips.count
    wins = won.count
    longs = trips.count { $0.side == .buy }
    net = nets.reduce(Money.zero, +)
    winRate = ratio(Double(won.count), Double(trips.count))
    averageWin = ratio(gain, Double(won.count))
    averageLoss = ratio(loss, Double(lost.count))
    profitFactor = ratio(gain, loss)
    profitLossRatio = ratio(averageWin, averageLoss)
    meanBarsHeld = ratio(Double(trips.reduce(0) { $0 + $1.barsHeld }), Double(trips.count))
    best = nets.max()
    worst = nets.min()
  }
}

/// A quotient where there is one: absent rather than infinite or not a number.
func ratio(_ part: Double?, _ whole: Double?) -> Double? {
  guard let part, let whole, whole != 0 else { return nil }
  let quotient = part / whole
  return quotient.isFinite ? quotient : nil
}
