import Features
import Market
import Numerics

@testable import Research

/// Columns as somebody might make them of bars, most of them with a look ahead planted.
enum Planted {
  static let grid = Grid(decimals: 2)

  static func market(_ count: Int, seed: UInt64) -> [Bar] {
    var random = Xoshiro256(seed: seed)
    var close = 400_000.0
    return (0..<count).map { row in
      let open = Int64(close)
      close *= exp(0.002 * random.normal())
      let last = Int64(close)
      return Bar(
        instrument: InstrumentIndex(0), tradingDay: TradingDay(days: 18_000 + Int32(row / 240)),
        closedAt: Instant(seconds: 60 * Int64(row)), open: Price(units: open),
        high: Price(units: max(open, last) + 50), low: Price(units: min(open, last) - 50),
        close: Price(units: last), volume: Int64(random.int(below: 900)))
    }
  }

  static func column(
    _ bars: [Bar], _ values: (_ closes: [Double]) -> [Double]
  ) -> FeatureMatrix {
    let closes = bars.map { Double($0.close.units) }
    return FeatureMatrix(names: ["planted"], columns: [values(closes).map { Float($0) }], of: bars)
  }

  static func mean(_ closes: [Double], _ row: Int, from: Int, to: Int) -> Double {
    guard row + from >= 0, row + to < closes.count else { return .nan }
    return Statistics.mean(Array(closes[(row + from)...(row + to)]))
  }

  /// Sound: the mean of the ten bars past, this one among them.
  static func trailing(_ bars: [Bar]) -> FeatureMatrix {
    column(bars) { closes in
      closes.indices.map { closes[$0] / mean(closes, $0, from: -9, to: 0) - 1 }
    }
  }

  /// Sound but for rounding, which depends on how long the history is.
  static func rounded(_ bars: [Bar]) -> FeatureMatrix {
    let sound = trailing(bars)
    let values = (0..<bars.count).map { bars.count % 2 == 0 ? sound[$0, 0].nextUp : sound[$0, 0] }
    return FeatureMatrix(names: ["planted"], columns: [values], of: bars)
  }

  /// A window of eleven bars with this one in its middle.
  static func centred(_ bars: [Bar]) -> FeatureMatrix {
    column(bars) { closes in
      closes.indices.map { closes[$0] / mean(closes, $0, from: -5, to: 5) - 1 }
    }
  }

  /// Mean and deviation of all there is.
  static func normalised(_ bars: [Bar]) -> FeatureMatrix {
    column(bars) { closes in
      let (mean, deviation) = (Statistics.mean(closes), Statistics.deviation(closes))
      return closes.map { ($0 - mean) / deviation }
    }
  }

  /// The next bar's return, shifted the wrong way.
  static func shifted(_ bars: [Bar]) -> FeatureMatrix {
    column(bars) { closes in
      closes.indices.map { $0 + 1 < closes.count ? closes[$0 + 1] / closes[$0] - 1 : .nan }
    }
  }

  /// A shift whose first rows are filled with the mean of all there is, as some libraries do.
  static func filled(_ bars: [Bar]) -> FeatureMatrix {
    column(bars) { closes in
      closes.indices.map { $0 < 14 ? Statistics.mean(closes) : closes[$0 - 14] }
    }
  }

  /// Forgets its start slowly: half of it every 20 bars.
  static func slow(_ bars: [Bar]) -> FeatureMatrix {
    column(bars) { closes in
      var level = closes.first ?? 0
      return closes.map { close in
        level += (close - level) * 0.034
        return close / level - 1
      }
    }
  }

  /// A day is the next contract's, whose prices lie a tenth higher, if the first one's volume of that whole
  /// day is small.
  static func rolledByHindsight(_ bars: [Bar]) -> FeatureMatrix {
    var volumes: [TradingDay: Int64] = [:]
    for bar in bars { volumes[bar.tradingDay, default: 0] += bar.volume }
    let usual = Int64(240 * 500)
    return column(bars) { closes in
      closes.indices.map { row in
        (volumes[bars[row].tradingDay] ?? 0) < usual * 9 / 10 ? 1.1 * closes[row] : closes[row]
      }
    }
  }
}
