import Features
import Market

extension Series {
  /// What a market does: wander, trend, stand still, jump, trade nothing, lock at its limit.
  enum Kind: String, CaseIterable, Sendable {
    case ruled, trending, flat, gapped, dry, locked
  }

  static let ruled = ruled(.ruled)

  /// The bars of Tests/Goldens/features/ruled.py.
  static func ruled(_ kind: Kind) -> [Bar] {
    var state: UInt64 = 1
    func draw(_ below: UInt64) -> Int64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64((state >> 33) % below)
    }
    var last: Int64 = 400_000
    return (0..<3_000).map { row in
      var open = last + draw(41) - 20
      var close = open + draw(401) - 200
      var high = max(open, close) + draw(90)
      var low = min(open, close) - draw(90)
      var volume = 1 + draw(5_000)
      switch kind {
      case .trending: (close, high) = (close + 90, high + 90)
      case .flat where row / 60 % 3 == 1: (open, high, low, close) = (last, last, last, last)
      case .gapped where row % 97 == 0:
        let jump: Int64 = row / 97 % 3 == 1 ? 4_000 : -2_000
        (open, high, low, close) = (open + jump, high + jump, low + jump, close + jump)
      case .dry where row / 20 % 4 == 1: volume = 0
      case .locked where row / 40 % 5 == 2:
        let limit: Int64 = row % 40 > 0 ? 0 : row / 200 % 2 == 0 ? 16_000 : -16_000
        (open, high, low, close) = (last + limit, last + limit, last + limit, last + limit)
        volume /= 500
      default: break
      }
      last = close
      return bar(
        row, open: open, high: high, low: low, close: close, volume: volume,
        turnover: Double(volume * (open + close)) / 200)
    }
  }
}
