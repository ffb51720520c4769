extension Recipe {
  /// The sound default: a dozen level-free features, the same as `config/recipes/stationary.yaml`.
  public static let stationaryFeatures: [(name: String, expression: String)] = [
    ("return-1", "change(1)"),
    ("return-5", "change(5)"),
    ("return-20", "change(20)"),
    ("gap", "open / ref(close, 1) - 1"),
    ("body", "ratio(close - open, high - low, 0)"),
    ("rsi-14", "rsi(14) / 100 - 0.5"),
    ("range-14", "atr(14) / close"),
    ("macd", "macd(12, 26) / close"),
    ("bollinger-20", "zscore(close, 20)"),
    ("position-60", "position(60) - 0.5"),
    ("volatility-ratio", "ratio(std(change(1), 10), std(change(1), 60), 1) - 1"),
    ("volume-surprise", "zscore(log(volume + 1), 240)"),
  ]

  public static func stationary() throws(RecipeError) -> Recipe {
    try Recipe(name: "stationary", features: stationaryFeatures)
  }
}
