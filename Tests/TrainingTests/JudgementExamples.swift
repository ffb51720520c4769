import Market
import Numerics

@testable import Training

/// Evidence of one series an hour apart, outcomes `strength`·forecast and noise.
func evidence(_ count: Int, strength: Double, seed: UInt64, horizon: Int = 1) -> Evidence {
  var generator = Xoshiro256(seed: seed)
  var evidence = Evidence(horizonBars: horizon)
  evidence.instants = (0..<count).map { Instant(seconds: 1_600_000_000 + Int64($0) * 3_600) }
  evidence.instruments = [Int32](repeating: 0, count: count)
  evidence.folds = (0..<count).map { Int32(1 + 4 * $0 / count) }
  evidence.isMissed = [Bool](repeating: false, count: count)
  evidence.forecasts = (0..<count).map { _ in 0.001 * generator.normal() }
  evidence.outcomes = evidence.forecasts.map { strength * $0 + 0.01 * generator.normal() }
  evidence.lastValues = [Double](repeating: 0, count: count)
  evidence.expandingMeans = evidence.lastValues
  return evidence
}
