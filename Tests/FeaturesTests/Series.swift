import Features
import Market
import Numerics

@testable import struct Features.FeatureState

/// Markets and series to try features on, and the plainest way to get a column.
enum Series {
  static let grid = Grid(decimals: 2)

  /// Any numbers at all as one input; bars admit only what a market can say.
  struct Carried {
    let values: [Double]
  }

  static func carrying(_ values: [Double]) -> Carried { Carried(values: values) }

  /// A random walk with gaps, flat stretches and bars without volume.
  static func market(_ count: Int, seed: UInt64) -> [Bar] {
    var random = Xoshiro256(seed: seed)
    var close: Int64 = 400_000
    return (0..<count).map { row in
      let isFlat = row / 50 % 7 == 3
      let gap: Int64 = row % 97 == 0 ? Int64(random.int(in: -4_000...4_000)) : 0
      let open = max(1_000, close + gap)
      close = isFlat ? open : max(1_000, open + Int64(random.int(in: -200...200)))
      let high = max(open, close) + (isFlat ? 0 : Int64(random.int(below: 90)))
      let low = min(open, close) - (isFlat ? 0 : Int64(random.int(below: 90)))
      let volume = row % 11 == 5 || isFlat ? 0 : Int64(random.int(below: 5_000))
      return bar(
        row, open: open, high: high, low: low, close: close, volume: volume,
        turnover: Double(volume * close))
    }
  }

  static func bar(
    _ row: Int, open: Int64, high: Int64, low: Int64, close: Int64, volume: Int64,
    turnover: Double = 0
  ) -> Bar {
    Bar(
      instrument: InstrumentIndex(0), tradingDay: TradingDay(days: 18_000 + Int32(row / 240)),
      closedAt: Instant(seconds: 60 * Int64(row)), open: Price(units: open),
      high: Price(units: high), low: Price(units: low), close: Price(units: close),
      volume: volume, turnover: turnover, openInterest: volume * 3)
  }

  /// Series that strain running windows, by name.
  static func hard(seed: UInt64, count: Int = 3_000) -> [(name: String, values: [Double])] {
    var random = Xoshiro256(seed: seed)
    let noise = (0..<count).map { _ in random.normal() }
    var spiked = noise.map { 4_000 + $0 }
    for (row, spike) in [(100, 1e300), (400, 1e12), (403, -3e13), (700, 1e60), (900, -1e300)] {
      spiked[row] = spike
    }
    var holed = noise.map { 50 + $0 }
    for row in [0, 77, 78, 300, 1_501] { holed[row] = .nan }
    (holed[600], holed[1_200]) = (.infinity, -.infinity)
    return [
      ("noise", noise),
      ("trending", noise.indices.map { 4_000 + Double($0) + 0.01 * noise[$0] }),
      ("flat", Array(repeating: 3_999.7, count: count)),
      ("gapped", noise.indices.map { ($0 / 500 % 2 == 0 ? 4_000 : 9) + 0.001 * noise[$0] }),
      ("zeros", noise.indices.map { $0 % 300 < 150 ? 0 : (1_000 * abs(noise[$0])).rounded() }),
      ("steps", noise.indices.map { (noise[$0] * 0.6).rounded() * 0.2 + 3_500 }),
      ("spiked", spiked),
      ("holed", holed),
    ]
  }

  /// One feature's column in double precision.
  static func column(
    _ expression: String, _ bars: [Bar], room: Int = 512
  ) throws -> [Double] {
    let recipe = try Recipe(name: "test", features: [("x", expression)])
    var state = FeatureState(recipe, grid: grid, room: room)
    var values: [Double] = []
    bars.withUnsafeBufferPointer { bars in
      while values.count < bars.count {
        _ = state.take(firstOf: UnsafeBufferPointer(rebasing: bars[values.count...])) {
          values.append(contentsOf: $1)
        }
      }
    }
    return values
  }

  /// One feature's column where every input is the carried series.
  static func column(_ expression: String, _ carried: Carried) throws -> [Double] {
    let recipe = try Recipe(name: "test", features: [("x", expression)])
    var state = FeatureState(recipe, grid: grid, room: FeatureState.historyRoom(recipe))
    var column: [Double] = []
    while column.count < carried.values.count {
      let rest = carried.values[column.count...].prefix(state.tapes.freeRows())
      state.take(rows: rest.count) { _, tape in
        for (row, value) in rest.enumerated() { tape[row] = value }
      }
      state.showLast(rest.count) { column.append(contentsOf: $1) }
    }
    return column
  }

  /// The columns of one recipe, taken in pieces of one to so many rows.
  static func columns(
    _ expressions: [String], _ carried: Carried, pieces longest: UInt64
  ) throws -> [[Double]] {
    let features = expressions.enumerated().map { ("x\($0)", $1) }
    var state = FeatureState(try Recipe(name: "test", features: features), grid: grid, room: 100)
    var columns = [[Double]](repeating: [], count: expressions.count)
    var random = Xoshiro256(seed: longest)
    while columns[0].count < carried.values.count {
      let length = min(state.tapes.freeRows(), 1 + random.int(below: Int(longest)))
      let rest = carried.values[columns[0].count...].prefix(length)
      state.take(rows: rest.count) { _, tape in
        for (row, value) in rest.enumerated() { tape[row] = value }
      }
      state.showLast(rest.count) { columns[$0].append(contentsOf: $1) }
    }
    return columns
  }

  /// The last `count` values up to each row as wide numbers, or nil where one of them is absent.
  static func window(_ values: [Double], _ row: Int, _ count: Int) -> [Float80]? {
    guard row + 1 >= count else { return nil }
    let window = values[(row + 1 - count)...row]
    guard window.allSatisfy({ abs($0) < 0x1p240 }) else { return nil }
    return window.map { Float80($0) }
  }

  /// Mean and population deviation from scratch.
  static func moments(_ window: [Float80]) -> (mean: Float80, deviation: Float80) {
    let count = Float80(window.count)
    let mean = window.reduce(0, +) / count
    let squares = window.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / count).squareRoot())
  }
}
