import Features
import Market
import Numerics
import Testing

@testable import Models

let grid = Grid(decimals: 2)

/// A random walk of bars, five minutes each, 48 to a day.
func bars(_ count: Int, seed: UInt64, index: Int = 0) -> [Bar] {
  var generator = Xoshiro256(seed: seed)
  var close: Int64 = 350_000
  return (0..<count).map { row in
    let open = close
    close += Int64((generator.normal() * 400).rounded())
    let high = max(open, close) + Int64(generator.int(below: 200))
    let low = min(open, close) - Int64(generator.int(below: 200))
    return Bar(
      instrument: InstrumentIndex(index), tradingDay: TradingDay(days: Int32(18_000 + row / 48)),
      closedAt: Instant(seconds: 1_600_000_000 + Int64(row) * 300), open: Price(units: open),
      high: Price(units: high), low: Price(units: low), close: Price(units: close),
      volume: Int64(generator.int(below: 900)))
  }
}

func recipe() throws -> Recipe {
  try Recipe(
    name: "small",
    features: [
      ("change5", "change(5)"), ("strength", "rsi(7) - 50"), ("score", "zscore(volume, 12)"),
      ("place", "position(20)"),
    ])
}

func normals(_ rows: Int, _ columns: Int, seed: UInt64) -> FloatMatrix {
  var generator = Xoshiro256(seed: seed)
  return FloatMatrix(
    rows: rows, columns: columns,
    values: (0..<rows * columns).map { _ in Float(generator.normal()) })
}

/// A model of the small recipe with weights of its own.
func trained(_ kind: Model? = nil) throws -> TrainedModel {
  let recipe = try recipe()
  let matrix = FeatureMatrix(recipe, bars: bars(300, seed: 1), grid: grid)
  let ridge = try #require(
    Ridge(
      intercept: 1e-5, weights: [1e-4, -2e-4, 3e-5, 4e-5], penalty: 30, degreesOfFreedom: 3.5))
  return TrainedModel(
    recipe: recipe, scaler: Scaler(fitting: matrix, rows: 0..<300, tail: 0.01),
    label: LabelDefinition(horizonBars: 5), interval: .minute5,
    symbols: [Symbol(code: "rb2105", exchange: .shfe)], model: kind ?? .ridge(ridge),
    residualDeviation: 0.0021)
}
