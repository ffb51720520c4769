import Features
import Market
import Numerics

/// How fast a whole market's slice is made, day by day, and how much memory it takes.
enum PanelBench {
  struct Figures {
    let features: Int
    let bars: Int
    /// From the first bar of an instant to its slice, settled or not.
    let medianSeconds: Double
    let worstSeconds: Double
    /// Of the last slice.
    let members: Int
    /// Over the bits of every slice.
    let check: UInt64
  }

  static func run(_ recipe: Recipe, instruments: Int, days: Int) -> Figures {
    guard let ranked = try? recipe.unmeasured.measured(by: .rank) else {
      preconditionFailure("a recipe that was read is read again")
    }
    var panel = Panel(ranked, grids: Array(repeating: Grid(decimals: 2), count: instruments))
    var random = Xoshiro256(seed: 1)
    var closes = (0..<instruments).map { _ in Int64(random.int(in: 300...30_000)) }
    var (seconds, members, check) = ([Double](), 0, UInt64(14_695_981_039_346_656_037))
    for day in 0..<days {
      let bars = closes.indices.map { index -> Bar in
        let bar = PanelBench.bar(index, day, after: closes[index], using: &random)
        closes[index] = bar.close.units
        return bar
      }
      let start = wallSeconds()
      for bar in bars { panel.take(bar) }
      let slice = panel.close()
      seconds.append(wallSeconds() - start)
      members = slice.instruments.count
      for value in slice.values.values {
        check = (check ^ UInt64(value.bitPattern)) &* 1_099_511_628_211
      }
    }
    seconds.sort()
    return Figures(
      features: recipe.count, bars: instruments * days,
      medianSeconds: seconds[seconds.count / 2], worstSeconds: seconds[seconds.count - 1],
      members: members, check: check)
  }

  private static func bar(
    _ index: Int, _ day: Int, after close: Int64, using random: inout Xoshiro256
  ) -> Bar {
    let open = max(100, close + Int64(random.int(in: -20...20)))
    let next = max(100, open + Int64(random.int(in: -50...50)))
    let volume = Int64(1_000 + random.int(below: 9_000))
    return Bar(
      instrument: InstrumentIndex(index), tradingDay: TradingDay(days: Int32(15_000 + day)),
      closedAt: Instant(seconds: Int64(15_000 + day) * 86_400),
      open: Price(units: open), high: Price(units: max(open, next) + Int64(random.int(below: 9))),
      low: Price(units: min(open, next) - Int64(random.int(below: 9))), close: Price(units: next),
      volume: volume, turnover: Double(volume * next) / 100)
  }
}
