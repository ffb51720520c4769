/// The mean length of bootstrap blocks that suits a series: (2G²/D)^⅓·n^⅓ with flat-top weights over the lags that
/// still matter (Politis and White 2004, as corrected by Patton, Politis and White 2009).
public struct BlockLength: Hashable, Sendable {
  /// For blocks of random length.
  public let stationary: Double
  /// For blocks of one length.
  public let circular: Double

  /// One element where a series is too short or never varies.
  public init(_ values: [Double]) {
    let count = Double(values.count)
    let variance = Statistics.autocovariance(values, lag: 0)
    guard values.count >= 10, variance > 0 else {
      (stationary, circular) = (1, 1)
      return
    }
    let width = BlockLength.width(values, variance)
    var (spectrum, change) = (variance, 0.0)
    for lag in 1...width {
      let share = Double(lag) / Double(width)
      let taper = 2 * (share <= 0.5 ? 1 : 2 * (1 - share))
      let covariance = Statistics.autocovariance(values, lag: lag)
      spectrum += taper * covariance
      change += taper * Double(lag) * covariance
    }
    let most = min(3 * count.squareRoot(), count / 3).rounded(.up)
    func length(_ scale: Double) -> Double {
      let ratio = 2 * change * change / (scale * spectrum * spectrum)
      let length = pow(ratio * count, 1.0 / 3)
      return length.isFinite ? min(max(1, length), most) : most
    }
    stationary = length(2)
    circular = length(4.0 / 3)
  }

  /// Twice the first lag from which on a run of autocorrelations cannot be told from nothing.
  private static func width(_ values: [Double], _ variance: Double) -> Int {
    let count = Double(values.count)
    let digits = log(count) / 2.302585092994046
    let run = max(5, Int(digits.squareRoot()))
    let most = min(Int(count.squareRoot().rounded(.up)) + run, values.count - 1)
    let bound = 2 * (digits / count).squareRoot()
    var quiet = 0
    for lag in 1...(most + run) {
      let correlation = Statistics.autocovariance(values, lag: lag) / variance
      quiet = abs(correlation) < bound ? quiet + 1 : 0
      if quiet == run { return min(2 * (lag - run + 1), most) }
    }
    return most
  }
}
