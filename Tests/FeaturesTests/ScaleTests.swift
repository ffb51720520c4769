import Market
import Numerics
import Testing

@testable import Features

/// How columns answer to a change of currency or of lot size.
@Suite struct ScaleTests {
  /// Four is a power of two: nothing rounds anew, every bit can be foretold, flat stretches included.
  /// Three is none, and where nothing moves its rounding tips comparisons that stand on the edge:
  /// there the market always moves.
  private func bars(_ factor: Int64) -> [Bar] {
    guard factor == 3 else { return Series.market(1_200, seed: 31) }
    var random = Xoshiro256(seed: 32)
    var close: Int64 = 400_000
    return (0..<1_200).map { row in
      let open = close + Int64(random.int(in: -50...50))
      close = open + Int64(random.int(in: 20...900)) * (random.int(below: 2) == 0 ? 1 : -1)
      let (high, low) = (max(open, close), min(open, close))
      return Series.bar(
        row, open: open, high: high + Int64(random.int(in: 1...90)),
        low: low - Int64(random.int(in: 1...90)), close: close,
        volume: Int64(random.int(in: 100...5_000)), turnover: Double(row))
    }
  }

  /// The same market with prices or volumes in other units.
  private func market(_ factor: Int64, prices: Int64 = 1, volumes: Int64 = 1) -> [Bar] {
    bars(factor).map { bar in
      Series.bar(
        Int(bar.closedAt.nanoseconds / 60_000_000_000), open: bar.open.units * prices,
        high: bar.high.units * prices, low: bar.low.units * prices, close: bar.close.units * prices,
        volume: bar.volume * volumes, turnover: bar.turnover * Double(prices * volumes))
    }
  }

  /// Columns of ta that know the price level, and the power with which they answer to it.
  private static let prices: [String: Int] = [
    "volume_fi": 1, "volume_em": 2, "volume_sma_em": 2, "volume_vwap": 1, "volatility_bbm": 1,
    "volatility_bbh": 1, "volatility_bbl": 1, "volatility_kcc": 1, "volatility_kch": 1,
    "volatility_kcl": 1, "volatility_dcl": 1, "volatility_dch": 1, "volatility_dcm": 1,
    "volatility_atr": 1, "trend_macd": 1, "trend_macd_signal": 1, "trend_macd_diff": 1,
    "trend_sma_fast": 1, "trend_sma_slow": 1, "trend_ema_fast": 1, "trend_ema_slow": 1,
    "trend_dpo": 1, "trend_ichimoku_conv": 1, "trend_ichimoku_base": 1, "trend_ichimoku_a": 1,
    "trend_ichimoku_b": 1, "trend_visual_ichimoku_a": 1, "trend_visual_ichimoku_b": 1,
    "trend_psar_up": 1, "trend_psar_down": 1, "momentum_ao": 1, "momentum_kama": 1,
  ]

  /// The same of volume.
  private static let volumes: [String: Int] = [
    "volume_adi": 1, "volume_obv": 1, "volume_fi": 1, "volume_em": -1, "volume_sma_em": -1,
    "volume_vpt": 1,
  ]

  @Test(arguments: [3, 4] as [Int64])
  func theMarkedColumnsOfTaAndNoOthersKnowTheLevel(factor: Int64) throws {
    #expect(Self.prices.count == 32 && Self.volumes.count == 6)
    for (marks, scaled) in [
      (Self.prices, market(factor, prices: factor)),
      (Self.volumes, market(factor, volumes: factor)),
    ] {
      let names = Set(try Golden.features("ta").map(\.name))
      #expect(marks.keys.allSatisfy { names.contains($0) })
      for feature in try Golden.features("ta") {
        try expectPower(marks[feature.name] ?? 0, feature, factor, scaled)
      }
    }
  }

  @Test(arguments: [3, 4] as [Int64], ["stationary", "alpha158"])
  func levelFreeRecipesAreFreeOfIt(factor: Int64, recipe: String) throws {
    for feature in try Golden.features(recipe) {
      try expectPower(0, feature, factor, market(factor, prices: factor))
      // Only the logarithm of volume plus one is bent by its units.
      guard !feature.expression.contains("log(volume + 1)") else { continue }
      try expectPower(0, feature, factor, market(factor, volumes: factor))
    }
  }

  /// Values are multiplied by the factor to this power: to the last bit for a power of two.
  private func expectPower(
    _ power: Int, _ feature: (name: String, expression: String), _ factor: Int64, _ scaled: [Bar]
  ) throws {
    let plain = try Series.column(feature.expression, market(factor))
    let other = try Series.column(feature.expression, scaled)
    var multiple = 1.0
    for _ in 0..<abs(power) { multiple *= power > 0 ? Double(factor) : 1 / Double(factor) }
    let expected = plain.map { $0 * multiple }
    let values = expected.filter(\.isFinite).map { Float80($0) }
    let deviation = Double(Series.moments(values).deviation)
    let isExact = factor == 4 && !feature.expression.contains("log")
    let wrong = plain.indices.filter { row in
      let limit = isExact ? 0 : 1e-9 * max(deviation, abs(expected[row]))
      return !(expected[row].isNaN && other[row].isNaN)
        && !(abs(other[row] - expected[row]) <= limit)
    }
    let example = wrong.first.map { "row \($0): \(other[$0]) for \(expected[$0])" } ?? ""
    #expect(wrong.isEmpty, "\(feature.name) × \(factor) \(wrong.count) rows, \(example)")
    #expect(power == 0 || expected != plain, "\(feature.name)")
  }
}
