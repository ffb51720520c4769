/// A drift that past bars give away: prices lean on the way they moved lately.
///
/// With cₜ the return from close to close, mₜ = ρ·mₜ₋₁ + (1 − ρ)·cₜ its running mean and ε the news,
///
///     cₜ₊₁ = β·mₜ + εₜ₊₁,     εₜ₊₁ = γₜ + δₜ₊₁,
///
/// where γₜ moves the price between the close of bar t and the next open and is unknown at the close.
/// m is then an AR(1) with a = ρ + (1 − ρ)·β, a trader after the close of t sees all of it, and the
/// best forecast of open(t+1) → open(t+1+h) is β·mₜ·(1 − aʰ)/(1 − a).
public struct PlantedSignal: Hashable, Sendable {
  /// β: 0 is no drift at all.
  public let strength: Double
  /// ρ: how much of the running mean stays from bar to bar.
  public static let memory = 0.9
  /// The share of the news that falls between close and open.
  public static let openShare = 0.1
  /// Beyond this, trends outlast the day and meet the price limits.
  public static let strongest = 0.9

  public static let none = PlantedSignal(strength: 0)

  private init(strength: Double) {
    self.strength = strength
  }

  /// The strength that gives `rSquared` over a horizon; `nil` where none up to the strongest does.
  public init?(rSquared: Double, horizonBars: Int) {
    var low = 0.0
    var high = Self.strongest
    guard rSquared >= 0, horizonBars > 0,
      rSquared <= PlantedSignal(strength: high).rSquared(horizonBars: horizonBars)
    else { return nil }
    for _ in 0..<60 {
      let middle = (low + high) / 2
      let reached = PlantedSignal(strength: middle).rSquared(horizonBars: horizonBars)
      if reached < rSquared { low = middle } else { high = middle }
    }
    strength = (low + high) / 2
  }

  /// The part of the variance of open(t+1) → open(t+1+h) that the past explains, out of sample.
  ///
  /// `roundingShare` is the variance of rounding one price to its tick over that of a bar's news.
  public func rSquared(horizonBars: Int, roundingShare: Double = 0) -> Double {
    let (rho, beta) = (Self.memory, strength)
    let a = rho + (1 - rho) * beta
    // What a shock adds to the returns of the n bars after its own: β(1 − ρ)(1 − aⁿ)/(1 − a).
    let echo = { (bars: Int) in beta * (1 - rho) * (1 - self.power(a, bars)) / (1 - a) }
    let lean = beta * (1 - power(a, horizonBars)) / (1 - a)
    let explained = lean * lean * (1 - rho) * (1 - rho) / (1 - a * a)
    let first = 1 + echo(horizonBars - 1)
    var noise = (1 - Self.openShare) * first * first
    // γₜ itself lies before the first open; only its echo is in the return.
    noise += Self.openShare * (first - 1) * (first - 1)
    for later in 1..<max(1, horizonBars) {
      let gain = 1 + echo(horizonBars - 1 - later)
      noise += gain * gain
    }
    noise += Self.openShare + 2 * roundingShare
    return explained / (explained + noise)
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}
