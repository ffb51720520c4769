import Features
import Market
import Numerics

@testable import Training

/// Labels of a horizon from open to open over rows that are all tradable.
func labels(_ values: [Double], horizon: Int, _ instants: [Instant]) -> Labels {
  let known = max(0, values.count - 1 - horizon)
  return Labels(
    values: values.indices.map { $0 < known ? values[$0] : .nan },
    spans: values.indices.map { row in
      row < known ? LabelSpan(entryRow: row + 1, exitRow: row + 1 + horizon) : nil
    },
    knownAt: values.indices.map { $0 < known ? instants[$0 + 1 + horizon] : nil })
}

/// `columns` AR(0.8) features, and labels of which a line through them explains the share `r2`.
func planted(_ rows: Int, _ columns: Int, r2: Double, seed: UInt64, rowsPerDay: Int = 100) -> Sample
{
  var generator = Xoshiro256(seed: seed)
  var values = FloatMatrix(rows: rows, columns: columns)
  let weights = (0..<columns).map { _ in generator.normal() }
  // A feature's own variance is 1 / (1 − 0.8²).
  let power = weights.reduce(0) { $0 + $1 * $1 } / 0.36
  let scale = (r2 / power).squareRoot()
  var outcomes = [Double](repeating: 0, count: rows)
  for column in 0..<columns {
    var value = generator.normal() / 0.6
    for row in 0..<rows {
      value = 0.8 * value + generator.normal()
      values[row, column] = Float(value)
      outcomes[row] += scale * weights[column] * value
    }
  }
  for row in 0..<rows {
    outcomes[row] = 0.01 * (outcomes[row] + (1 - r2).squareRoot() * generator.normal())
  }
  let instants = (0..<rows).map { Instant(seconds: 1_500_000_000 + Int64($0) * 300) }
  let days = (0..<rows).map { TradingDay(days: Int32(17_000 + $0 / rowsPerDay)) }
  let features = FeatureMatrix(
    names: (0..<columns).map { "x\($0)" }, values: values, instants: instants, tradingDays: days)
  return Sample(features, labels(outcomes, horizon: 1, instants))
}

/// The same sample with other features and labels from a row on.
func altered(_ sample: Sample, from row: Int) -> Sample {
  var values = sample.features.values
  var outcomes = sample.labels.values
  for place in row..<values.rows {
    for column in 0..<values.columns { values[place, column] = Float(place % 7) * 1_000 }
    outcomes[place] = 0.5
  }
  let features = FeatureMatrix(
    names: sample.features.names, values: values, instants: sample.features.instants,
    tradingDays: sample.features.tradingDays)
  return Sample(features, labels(outcomes, horizon: 1, sample.features.instants))
}

let grid = Grid(decimals: 2)

/// A random walk whose volatility clusters, 48 five-minute bars a day.
func nullMarket(_ count: Int, seed: UInt64) -> [Bar] {
  var generator = Xoshiro256(seed: seed)
  var close: Int64 = 400_000
  var variance = 1.0
  var shock = 0.0
  return (0..<count).map { row in
    variance = 0.05 + 0.9 * variance + 0.05 * shock * shock
    shock = variance.squareRoot() * generator.normal()
    let open = close
    close = max(1_000, open + Int64((Double(open) * 0.001 * shock).rounded()))
    let high = max(open, close) + Int64(generator.int(below: 300))
    let low = min(open, close) - Int64(generator.int(below: 300))
    return Bar(
      instrument: InstrumentIndex(0), tradingDay: TradingDay(days: Int32(17_000 + row / 48)),
      closedAt: Instant(seconds: 1_500_000_000 + Int64(row) * 300), open: Price(units: open),
      high: Price(units: high), low: Price(units: low), close: Price(units: close),
      volume: Int64(100 + generator.int(below: 900)))
  }
}

func stationary() throws -> Recipe {
  try Recipe(
    name: "stationary",
    features: [
      ("change1", "change(1)"), ("change5", "change(5)"), ("change20", "change(20)"),
      ("spread", "(high - low) / close"), ("strength", "rsi(14)"), ("place", "position(20)"),
      ("volume", "zscore(volume, 20)"), ("noise", "std(change(1), 20)"),
      ("trend", "macd(12, 26) / close"), ("range", "atr(14) / close"),
    ])
}

/// A panel of many instruments of which some rest now and then: two features with a known part in what comes,
/// `r2` of a label's variance, beside a move all share.
func plantedPanel(_ instruments: Int, _ moments: Int, r2: Double, seed: UInt64) -> Sample {
  var generator = Xoshiro256(seed: seed)
  let all = (0..<moments).map { Instant(seconds: 1_500_000_000 + Int64($0) * 86_400) }
  let present = (0..<instruments).map { instrument in
    (0..<moments).filter { instrument % 4 != 3 || ($0 + instrument) % 40 >= 10 }
  }
  let timeline = Chronology(of: present.map { $0.map { all[$0] } })
  let shared = (0..<moments).map { _ in 0.01 * generator.normal() }
  var (columns, series) = ([[Float]](), [Labels]())
  for rows in present {
    let (x, z) = (rows.map { _ in generator.normal() }, rows.map { _ in generator.normal() })
    let outcomes = rows.indices.map { place in
      let told = (x[place] - z[place]) * (r2 / 2).squareRoot()
      let noise = (1 - r2).squareRoot() * generator.normal()
      return shared[rows[place]] + 0.02 * (told + noise)
    }
    columns.append(zip(x, z).flatMap { [Float($0), Float($1)] })
    series.append(labels(outcomes, horizon: 1, rows.map { all[$0] }))
  }
  let pairs = timeline.merged(
    columns.map { flat in
      stride(from: 0, to: flat.count, by: 2).map { (flat[$0], flat[$0 + 1]) }
    })
  let features = FeatureMatrix(
    names: ["x", "z"],
    values: FloatMatrix(
      rows: timeline.rows, columns: 2, values: pairs.map(\.0) + pairs.map(\.1)),
    instants: timeline.moments.map { all[Int($0)] },
    tradingDays: timeline.moments.map { TradingDay(days: 17_000 + $0) })
  return Sample(features, Labels(merging: series, on: timeline), on: timeline)
}
