import Market
import Numerics
import Testing

@testable import Bars

@Suite struct SyntheticMarketTests {
  static let first = TradingDay(year: 2021, month: 1, day: 4)

  static func schedule(days: Int32) -> Schedule {
    let calendar = ExchangeCalendar(
      zone: .shanghai, first: first, last: TradingDay(days: first.days + days - 1), closures: [])
    let hours = Timeline([
      Fact(
        TestHours.rebar, from: TradingDay(year: 2000, month: 1, day: 1), source: "test",
        isVerified: true)
    ])
    return .sessions(Timetable(calendar: calendar, hours: hours))
  }

  func bars(
    _ seed: UInt64, days: Int32, signal: PlantedSignal = .none,
    terms: SyntheticTerms = SyntheticTerms()
  ) -> [Bar] {
    SyntheticMarket(schedule: Self.schedule(days: days), signal: signal, seed: seed)
      .bars(
        of: InstrumentIndex(0), terms,
        days: Self.first...TradingDay(days: Self.first.days + days - 1))
  }

  /// The label and the forecast a reader of the documentation would compute from rounded prices alone.
  func sample(_ bars: [Bar], horizon: Int) -> (label: [Double], belief: [Double]) {
    var trend = 0.0
    var label: [Double] = []
    var belief: [Double] = []
    for row in 1..<(bars.count - 1 - horizon) {
      let (before, now) = (Double(bars[row - 1].close.units), Double(bars[row].close.units))
      trend = 0.9 * trend + 0.1 * (now / before - 1)
      let entry = Double(bars[row + 1].open.units)
      label.append(Double(bars[row + 1 + horizon].open.units) / entry - 1)
      belief.append(trend)
    }
    return (label, belief)
  }

  func correlation(_ left: [Double], _ right: [Double]) -> Double {
    let n = Double(left.count)
    let (a, b) = (left.reduce(0, +) / n, right.reduce(0, +) / n)
    var (ab, aa, bb) = (0.0, 0.0, 0.0)
    for (x, y) in zip(left, right) {
      ab += (x - a) * (y - b)
      aa += (x - a) * (x - a)
      bb += (y - b) * (y - b)
    }
    return ab / (aa * bb).squareRoot()
  }

  @Test func theSameSeedGivesTheSameBars() {
    #expect(bars(7, days: 12) == bars(7, days: 12))
    #expect(bars(7, days: 12) != bars(8, days: 12))
  }

  /// A known answer: another machine or compiler must come to the same bars.
  @Test func theBarsOfASeedNeverChange() throws {
    let all = bars(2021, days: 5)
    let sum = all.reduce(UInt64(0)) { hash, bar in
      let words = [
        bar.closedAt.nanoseconds, bar.open.units, bar.high.units, bar.low.units, bar.close.units,
        bar.volume, Int64(bar.turnover), bar.openInterest,
      ]
      return words.reduce(hash) { ($0 ^ UInt64(bitPattern: $1)) &* 0x100_0000_01B3 }
    }
    #expect(all.count == 225 + 4 * 345)
    #expect(sum == 16_896_506_960_866_408_382)
  }

  @Test func instrumentsHaveTheirOwnLuck() {
    let market = SyntheticMarket(schedule: Self.schedule(days: 12), seed: 3)
    let days = Self.first...TradingDay(days: Self.first.days + 11)
    let one = market.bars(of: InstrumentIndex(0), days: days)
    let two = market.bars(of: InstrumentIndex(1), days: days)
    #expect(one.map(\.close) != two.map(\.close))
    #expect(two.allSatisfy { $0.instrument == InstrumentIndex(1) })
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func barsAreSoundOnTickAndWithinTheirLimits(_ seed: UInt64) {
    var terms = SyntheticTerms()
    terms.grid = Grid(decimals: 1)
    terms.start = Price(units: 40_000)
    terms.tick = 5
    terms.priceLimit = Rate(basisPoints: 50)
    terms.deviation = 0.002
    terms.tailDegrees = 3
    var reference = terms.start
    var touched = 0
    for day in Dictionary(grouping: bars(seed, days: 30, terms: terms), by: \.tradingDay)
      .sorted(by: { $0.key < $1.key })
    {
      let band = terms.band(around: reference)
      for bar in day.value {
        let prices = [bar.open, bar.high, bar.low, bar.close].map(\.units)
        #expect(prices.allSatisfy { $0 % 5 == 0 && $0 > 0 }, "seed \(seed)")
        #expect(prices.allSatisfy(band.contains), "seed \(seed)")
        touched += band.upperBound == bar.high.units || band.lowerBound == bar.low.units ? 1 : 0
      }
      reference = day.value[day.value.count - 1].close
    }
    #expect(touched > 0, "seed \(seed)")
  }

  @Test func aCheapWildInstrumentNeverReachesZero() {
    var terms = SyntheticTerms()
    terms.start = Price(units: 3)
    terms.deviation = 0.05
    terms.priceLimit = nil
    for seed in 0..<5 as Range<UInt64> {
      #expect(bars(seed, days: 20, terms: terms).allSatisfy { $0.low.units >= 1 }, "seed \(seed)")
    }
  }

  @Test func newsIsWildClusteredAndGathersAtTheEnds() {
    let all = (0..<4 as Range<UInt64>).flatMap { bars($0, days: 120) }
    let moves = all.map { Double($0.close.units) / Double($0.open.units) - 1 }
    let squares = moves.map { $0 * $0 }
    let mean = squares.reduce(0, +) / Double(squares.count)
    let fourth = squares.reduce(0) { $0 + $1 * $1 } / Double(squares.count)
    #expect(fourth / (mean * mean) > 4.5)
    #expect(correlation(Array(squares.dropLast()), Array(squares.dropFirst())) > 0.08)
    let byMinute = Dictionary(grouping: all) { Zone.shanghai.local($0.closedAt).seconds / 60 }
    let volume = { (minute: Int64) in
      byMinute[minute, default: []].reduce(0) { $0 + Double($1.volume) }
    }
    #expect(volume(9 * 60 + 1) > 1.5 * volume(13 * 60 + 31))
    #expect(volume(15 * 60) > 1.5 * volume(11 * 60 + 30))
  }

  @Test(arguments: [(0.02, 1), (0.05, 5), (0.10, 10)])
  func theStatedShareIsTheTrueShare(_ stated: Double, _ horizon: Int) throws {
    let signal = try #require(PlantedSignal(rSquared: stated, horizonBars: horizon))
    #expect(abs(signal.rSquared(horizonBars: horizon) - stated) < 1e-9)
    var terms = SyntheticTerms()
    terms.grid = Grid(decimals: 2)
    terms.start = Price(units: 350_000)
    var label: [Double] = []
    var belief: [Double] = []
    for seed in 0..<4 as Range<UInt64> {
      let part = sample(bars(seed, days: 250, signal: signal, terms: terms), horizon: horizon)
      label += part.label
      belief += part.belief
    }
    let measured = correlation(label, belief)
    #expect(
      abs(measured * measured - stated) < 0.15 * stated + 0.003,
      "stated \(stated), measured \(measured * measured) over \(horizon) bars")
  }

  @Test func roundingLowersTheStatedShare() throws {
    let signal = try #require(PlantedSignal(rSquared: 0.05, horizonBars: 1))
    let market = SyntheticMarket(schedule: .alwaysOpen(.utc), signal: signal, seed: 1)
    let terms = SyntheticTerms()
    let stated = market.rSquared(horizonBars: 1, terms)
    #expect(stated < 0.05 && stated > 0.045)
    var label: [Double] = []
    var belief: [Double] = []
    for seed in 0..<4 as Range<UInt64> {
      let part = sample(bars(seed, days: 250, signal: signal), horizon: 1)
      label += part.label
      belief += part.belief
    }
    let measured = correlation(label, belief)
    #expect(abs(measured * measured - stated) < 0.005, "measured \(measured * measured)")
  }

  @Test func nothingIsToBeFoundInANullMarket() {
    for horizon in [1, 5] {
      var label: [Double] = []
      var belief: [Double] = []
      for seed in 0..<8 as Range<UInt64> {
        let part = sample(bars(seed, days: 120), horizon: horizon)
        label += part.label
        belief += part.belief
      }
      #expect(abs(correlation(label, belief)) < 0.02, "\(horizon) bars")
      let n = Double(label.count)
      let mean = label.reduce(0, +) / n
      let spread = (label.reduce(0) { $0 + $1 * $1 } / n).squareRoot()
      #expect(abs(mean) < 4 * spread / (n / Double(horizon)).squareRoot(), "\(horizon) bars")
    }
  }

  @Test func moreThanTheStrongestIsRefused() {
    #expect(PlantedSignal(rSquared: 0.99, horizonBars: 1) == nil)
    #expect(PlantedSignal(rSquared: -0.1, horizonBars: 1) == nil)
    #expect(PlantedSignal(rSquared: 0, horizonBars: 5)?.rSquared(horizonBars: 5) ?? 1 < 1e-9)
  }
}
