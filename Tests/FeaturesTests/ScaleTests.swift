import Market
import Testing

@testable import Features

/// How columns answer to a change of currency or of lot size.
@Suite struct ScaleTests {
  /// The same market with prices or volumes in other units; four is a power of two, so that nothing
  /// rounds anew, three is none.
  private func market(prices: Int64 = 1, volumes: Int64 = 1) -> [Bar] {
    Series.market(1_200, seed: 31).map { bar in
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
      (Self.prices, market(prices: factor)), (Self.volumes, market(volumes: factor)),
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
      try expectPower(0, feature, factor, market(prices: factor))
      // Only the logarithm of volume plus one is bent by its units.
      guard !feature.expression.contains("log(volume + 1)") else { continue }
      try expectPower(0, feature, factor, market(volumes: factor))
    }
  }

  /// Values are multiplied by the factor to this power: to the last bit for a power of two.
  private func expectPower(
    _ power: Int, _ feature: (name: String, expression: String), _ factor: Int64, _ scaled: [Bar]
  ) throws {
    let plain = try Series.column(feature.expression, market())
    let other = try Series.column(feature.expression, scaled)
    var multiple = 1.0
    for _ in 0..<abs(power) { multiple *= power > 0 ? Double(factor) : 1 / Double(factor) }
    let expected = plain.map { $0 * multiple }
    let values = expected.filter(\.isFinite).map { Float80($0) }
    let deviation = Double(Series.moments(values).deviation)
    for row in plain.indices where !expected[row].isNaN || !other[row].isNaN {
      let error = abs(other[row] - expected[row])
      let limit = factor == 4 ? 0 : 1e-9 * max(deviation, abs(expected[row]))
      holds(
        error <= limit, "\(feature.name) × \(factor) row \(row): \(other[row]), \(expected[row])")
      guard error <= limit else { return }
    }
    #expect(power == 0 || expected != plain, "\(feature.name)")
  }
}
