import Market
import Numerics
import Testing

@testable import Bars

/// Markets beside the plain one: by the day, in regimes, as a panel, with rolls, and rough.
@Suite struct SyntheticKindsTests {
  static let first = SyntheticMarketTests.first

  static func days(_ count: Int32) -> ClosedRange<TradingDay> {
    first...TradingDay(days: first.days + count - 1)
  }

  static func hash(_ bars: [Bar]) -> UInt64 {
    bars.reduce(0) { hash, bar in
      let words = [
        Int64(bar.tradingDay.days), bar.closedAt.nanoseconds, bar.open.units, bar.high.units,
        bar.low.units, bar.close.units, bar.volume, Int64(bar.turnover), bar.openInterest,
      ]
      return words.reduce(hash) { ($0 ^ UInt64(bitPattern: $1)) &* 0x100_0000_01B3 }
    }
  }

  static func daily(
    _ seed: UInt64, _ index: Int = 0, days count: Int32 = 2_500, signal: PlantedSignal = .none,
    _ terms: SyntheticTerms = SyntheticTerms().daily()
  ) -> [Bar] {
    let market = SyntheticMarket(
      schedule: SyntheticMarketTests.schedule(days: count), signal: signal, interval: .day,
      seed: seed)
    return market.bars(of: InstrumentIndex(index), terms, days: days(count))
  }

  static func returns(_ bars: [Bar]) -> [Double] {
    zip(bars, bars.dropFirst()).map { Double($1.close.units) / Double($0.close.units) - 1 }
  }

  /// open(t+1) → open(t+1+h), and the running mean that a reader of the documentation would keep.
  static func sample(_ bars: [Bar], horizon: Int) -> (label: [Double], belief: [Double]) {
    var trend = 0.0
    var (label, belief): ([Double], [Double]) = ([], [])
    for row in 1..<(bars.count - 1 - horizon) {
      trend =
        0.9 * trend + 0.1 * (Double(bars[row].close.units) / Double(bars[row - 1].close.units) - 1)
      let entry = Double(bars[row + 1].open.units)
      label.append(Double(bars[row + 1 + horizon].open.units) / entry - 1)
      belief.append(trend)
    }
    return (label, belief)
  }

  // MARK: - By the day

  @Test func aDayIsOneBarAtItsLastSecond() {
    let bars = Self.daily(1, days: 12)
    #expect(bars.count == 10)
    #expect(bars.allSatisfy { Zone.shanghai.local($0.closedAt).seconds == 15 * 3_600 })
    #expect(Self.hash(bars) == 11_486_459_631_440_904_490)
  }

  @Test func daysAreWildAndClustered() {
    let all = (0..<6 as Range<UInt64>).map { Self.returns(Self.daily($0)) }
    let kurtosis = all.map(Statistics.kurtosis).reduce(0, +) / 6
    #expect(kurtosis > 1.5, "excess kurtosis \(kurtosis)")
    let clustering = all.map { returns -> Double in
      let sizes = returns.map(\.magnitude)
      return Statistics.pearson(Array(sizes.dropLast()), Array(sizes.dropFirst()))
    }
    let mean = clustering.reduce(0, +) / 6
    #expect(mean > 0.05, "autocorrelation of |r| \(mean)")
  }

  @Test func theStatedShareIsTheTrueShareOfDaysToo() throws {
    let signal = try #require(PlantedSignal(rSquared: 0.08, horizonBars: 5))
    var terms = SyntheticTerms().daily()
    terms.grid = Grid(decimals: 2)
    terms.start = Price(units: 350_000)
    var (label, belief): ([Double], [Double]) = ([], [])
    for seed in 0..<24 as Range<UInt64> {
      let part = Self.sample(Self.daily(seed, signal: signal, terms), horizon: 5)
      label += part.label
      belief += part.belief
    }
    let r = Statistics.pearson(label, belief)
    #expect(abs(r * r - 0.08) < 0.02, "measured \(r * r)")
  }

  // MARK: - A panel without anything to find

  @Test func noSimpleReturnCanBeExpectedWhateverTheDeviation() {
    var (means, logs, deviations): ([Double], [Double], [Double]) = ([], [], [])
    for index in 0..<60 {
      let terms = SyntheticTerms.share.ofPanel(InstrumentIndex(index), barsPerDay: 1)
      var fine = terms
      fine.grid = Grid(decimals: 6)
      fine.start = Price(units: 20_000_000)
      let returns = Self.returns(Self.daily(3, index, fine))
      means.append(Statistics.mean(returns))
      logs.append(Statistics.mean(returns.map { Numerics.log(1 + $0) }))
      deviations.append(Statistics.deviation(returns))
    }
    let n = 2_500.0 * 5 / 7
    #expect((deviations.min() ?? 0) < 0.013 && (deviations.max() ?? 0) > 0.030)
    let scores = zip(means, deviations).map { $0 / ($1 / n.squareRoot()) }
    #expect(abs(Statistics.mean(scores)) < 3.5 / 60.0.squareRoot(), "\(scores)")
    #expect(scores.allSatisfy { abs($0) < 4.5 })
    // What a log return loses to its variance must be there, or the drift has been put into the simple one.
    let drag = zip(logs, deviations).map { $0 + $1 * $1 / 2 }
    #expect(abs(Statistics.mean(drag)) < 4 * Statistics.mean(deviations) / (60 * n).squareRoot())
    #expect(Statistics.pearson(logs, deviations) < -0.2)
  }

  // MARK: - Regimes

  @Test func theSignTurnsWithTheRegime() throws {
    let signal = try #require(PlantedSignal(rSquared: 0.08, horizonBars: 1))
    let regimes = Regimes()
    var parts: [Bool: (label: [Double], belief: [Double])] = [true: ([], []), false: ([], [])]
    var sizes: [Bool: [Double]] = [true: [], false: []]
    for seed in 0..<4 as Range<UInt64> {
      let market = SyntheticMarket(
        schedule: SyntheticMarketTests.schedule(days: 300), signal: signal, regimes: regimes,
        seed: seed)
      var terms = SyntheticTerms()
      terms.grid = Grid(decimals: 2)
      terms.start = Price(units: 350_000)
      let bars = market.bars(of: InstrumentIndex(0), terms, days: Self.days(300))
      let runs = QualityGate.days(of: BarColumns(bars))
      let isWild = regimes.isWild(days: runs.count, seed: seed, of: InstrumentIndex(0))
      for (rows, wild) in zip(runs, isWild) {
        let part = Self.sample(Array(bars[rows]), horizon: 1)
        parts[wild]?.label += part.label
        parts[wild]?.belief += part.belief
        sizes[wild]? += Self.returns(Array(bars[rows])).map(\.magnitude)
      }
    }
    let calm = try #require(parts[false])
    let wild = try #require(parts[true])
    #expect(wild.label.count > 10_000 && calm.label.count > 10_000)
    #expect(Statistics.pearson(calm.label, calm.belief) > 0.1)
    #expect(Statistics.pearson(wild.label, wild.belief) < -0.02)
    let ratio = Statistics.mean(sizes[true] ?? []) / Statistics.mean(sizes[false] ?? [])
    #expect(abs(ratio - 1.5 / 0.7) < 0.4, "\(ratio)")
  }

  // MARK: - Contracts that roll

  static func product(_ seed: UInt64, days count: Int32) -> SyntheticProduct {
    let market = SyntheticMarket(
      schedule: SyntheticMarketTests.schedule(days: count),
      signal: PlantedSignal(rSquared: 0.05, horizonBars: 5) ?? .none, seed: seed)
    let contracts = (0..<6).map { number in
      let delivery = Month(year: 2021, month: 1).advanced(by: 4 * number)
      let last = delivery.first.advanced(by: 14)
      return Contract(
        symbol: Symbol(
          code: "rb\((delivery.year % 100) * 100 + delivery.month)", exchange: .shfe),
        delivery: delivery, lastDay: last, lastStageFrom: last)
    }
    return SyntheticProduct(market: market, contracts: contracts)
  }

  /// The contracts' splice, adjusted, is the price they were made of; without factors it is not.
  @Test func theSplicedContractsAreThePriceTheyWereMadeOf() throws {
    let product = Self.product(5, days: 420)
    var terms = SyntheticTerms()
    terms.grid = Grid(decimals: 2)
    terms.start = Price(units: 350_000)
    let made = product.bars(of: InstrumentIndex(0), terms, days: Self.days(420))
    let columns = made.map { BarColumns($0.bars) }
    let map = RollMap(
      zip(made, columns).map { made, columns in
        ContractDays(
          symbol: made.contract.symbol, delivery: made.contract.delivery,
          holdUntil: made.contract.lastDay.advanced(by: -7),
          days: ContractDays.figures(of: columns))
      }, rule: RollRule())
    #expect(map.legs.count >= 4)
    #expect(map.legs.dropFirst().allSatisfy { $0.why == .overtaken })
    let factors = map.factors()
    var spliced: [Bar] = []
    var widest = 0.0
    for leg in map.legs.indices {
      let rows = map.rows(of: leg, in: columns[map.legs[leg].contract])
      let raw = columns[map.legs[leg].contract].rows(rows).bars(of: InstrumentIndex(0))
      spliced += raw.map { factors.adjusted($0, on: terms.grid) }
      if let closes = map.legs[leg].closes {
        widest = max(widest, abs(Double(closes.new.units) / Double(closes.old.units) - 1))
      }
    }
    #expect(widest > 0.01, "a splice without factors would jump")
    let whole = product.market.bars(of: InstrumentIndex(0), terms, days: Self.days(420))
      .filter { spliced[0].closedAt <= $0.closedAt }
    #expect(spliced.map(\.closedAt) == whole.map(\.closedAt))
    let scale = Double(spliced[0].close.units) / Double(whole[0].close.units)
    for (one, other) in zip(spliced, whole) {
      let ratio = Double(one.close.units) / Double(other.close.units) / scale
      try #require(abs(ratio - 1) < 2e-5, "\(one.tradingDay): \(ratio)")
    }
  }

  @Test func interestMovesOverAndNeverJumpsWithinAContract() {
    for (contract, bars) in Self.product(2, days: 420).bars(
      of: InstrumentIndex(0), days: Self.days(420))
    {
      #expect(bars.allSatisfy { $0.tradingDay <= contract.lastDay && $0.volume > 0 })
      let gate = QualityGate(
        schedule: SyntheticMarketTests.schedule(days: 420), interval: .minute)
      let worst = gate.check(BarColumns(bars)).filter { $0.grade > .b }
      #expect(worst.isEmpty, "\(contract.symbol): \(worst.first.map { "\($0)" } ?? "")")
    }
  }

  // MARK: - Rough edges

  @Test(arguments: 0..<4 as Range<UInt64>)
  func whatIsPlantedIsWhatTheGateSees(_ seed: UInt64) {
    let schedule = SyntheticMarketTests.schedule(days: 400)
    let whole = SyntheticMarket(schedule: schedule, seed: seed)
      .bars(of: InstrumentIndex(0), days: Self.days(400))
    let rough = RoughMarket(roughening: whole, SyntheticTerms(), seed: seed)
    #expect(
      rough.suspended.count > 2 && rough.locked.count > 1 && rough.missing > 50, "seed \(seed)")
    let found = QualityGate(schedule: schedule, interval: .minute).check(BarColumns(rough.bars))
    let missingDays = found.filter { $0.findings.contains { $0.fault == .missingDay } }.map(\.day)
    let last = rough.bars[rough.bars.count - 1].tradingDay
    #expect(missingDays == rough.suspended.filter { $0 < last }, "seed \(seed)")
    for rows in QualityGate.days(of: BarColumns(rough.bars)) {
      let day = rough.bars[rows.lowerBound].tradingDay
      let isFlat = rough.bars[rows].allSatisfy { $0.low == $0.high }
      #expect(isFlat == rough.locked.contains(day), "seed \(seed), \(day)")
      guard rows.lowerBound > 0 else { continue }
      let band = SyntheticTerms().band(around: rough.bars[rows.lowerBound - 1].close)
      let isWithin = rough.bars[rows].allSatisfy {
        band.contains($0.low.units) && band.contains($0.high.units)
      }
      #expect(isWithin, "seed \(seed), \(day)")
      if isFlat {
        let limit = rough.bars[rows.lowerBound].close.units
        #expect(limit == band.lowerBound || limit == band.upperBound, "seed \(seed), \(day)")
      }
    }
  }

  // MARK: - Known answers

  @Test func theBytesOfASeedNeverChange() {
    let rough = RoughMarket(
      roughening: SyntheticMarket(schedule: SyntheticMarketTests.schedule(days: 90), seed: 4)
        .bars(of: InstrumentIndex(1), days: Self.days(90)), SyntheticTerms(), seed: 4)
    let contracts = Self.product(9, days: 30).bars(of: InstrumentIndex(0), days: Self.days(30))
    let regimes = SyntheticMarket(
      schedule: SyntheticMarketTests.schedule(days: 30),
      signal: PlantedSignal(rSquared: 0.05, horizonBars: 5) ?? .none, regimes: Regimes(), seed: 6)
    let hashes = [
      Self.hash(rough.bars), Self.hash(contracts.flatMap(\.bars)),
      Self.hash(regimes.bars(of: InstrumentIndex(0), days: Self.days(30))),
      Self.hash(
        Self.daily(8, 2, days: 60, SyntheticTerms.share.ofPanel(InstrumentIndex(2), barsPerDay: 1))),
    ]
    #expect(
      hashes == [
        7_940_839_926_162_728_550, 10_040_228_732_016_340_478, 17_891_453_349_893_495_944,
        8_303_318_709_343_677_038,
      ])
  }

  /// Nights are there, and within day and night the ends are livelier than the middle.
  @Test func theDayIsAnU() {
    let bars = (0..<4 as Range<UInt64>).flatMap { seed in
      SyntheticMarket(schedule: SyntheticMarketTests.schedule(days: 120), seed: seed)
        .bars(of: InstrumentIndex(0), days: Self.days(120))
    }
    let size = { (from: Int64, to: Int64) in
      Statistics.mean(
        bars.filter { (from...to).contains(Zone.shanghai.local($0.closedAt).seconds / 60) }
          .map { (Double($0.close.units) / Double($0.open.units) - 1).magnitude })
    }
    let middle = size(10 * 60 + 40, 11 * 60 + 20)
    #expect(size(9 * 60 + 1, 9 * 60 + 15) > 1.3 * middle)
    #expect(size(14 * 60 + 45, 15 * 60) > 1.3 * middle)
    #expect(size(21 * 60 + 1, 21 * 60 + 10) > 1.2 * size(21 * 60 + 50, 22 * 60 + 10))
    #expect(bars.contains { $0.tradingDay > Zone.shanghai.local($0.closedAt).day })
  }
}
