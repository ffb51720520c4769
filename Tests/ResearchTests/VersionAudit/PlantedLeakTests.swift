import Features
import Market
import Models
import Numerics
import Research
import Testing
import Training

/// Six experiments that cheat and two files that lie: the audit names each, and finds nothing where there is
/// nothing.
@Suite struct PlantedLeakTests {
  private static let bars = Planted.market(4_800, seed: 21)

  private func walk(
    _ bars: [Bar] = bars, _ parameters: ModelParameters? = nil, horizon: Int = 5
  ) throws -> LeakyWalk {
    try LeakyWalk(
      bars: bars, recipe: try Recipe.stationary(),
      parameters: try parameters ?? .ridge(RidgeParameters(penaltiesPerRow: [1], overlapBars: 1)),
      horizon: horizon)
  }

  private func alarms(_ audit: VersionAudit) -> Set<VersionCheck> {
    Set(audit.alarms.map(\.check))
  }

  @Test func anHonestWalkPasses() throws {
    let walk = try walk()
    let audit = try walk.audit(try walk.honest())
    #expect(audit.alarms.isEmpty, "\(audit.alarms)")
    let asked = Set(VersionCheck.allCases).subtracting([.features, .compared])
    #expect(Set(audit.findings.map(\.check)) == asked)
  }

  @Test func aScalerFittedOnAllRowsIsNamed() throws {
    let walk = try walk()
    let found = alarms(try walk.audit(try walk.scalingByAllRows()))
    #expect(found == [.scaler, .forecasts])
  }

  @Test func overlappingLabelsAreNamed() throws {
    let walk = try walk()
    let audit = try walk.audit(try walk.overlappingLabels())
    #expect(alarms(audit).isSuperset(of: [.purge, .forecasts]))
    #expect(
      audit.alarms.contains { $0.check == .purge && $0.told.contains("6 rows") }, "\(audit.alarms)")
  }

  @Test func aShuffledSplitIsNamed() throws {
    let forest = try ForestParameters(
      trees: 20)
    let walk = try walk(Array(Self.bars.prefix(1_500)), .forest(forest))
    let found = alarms(try walk.audit(try walk.shuffled()))
    #expect(found.isSuperset(of: [.order, .tests, .forecasts]), "\(found)")
  }

  @Test func stoppingByTheTestIsNamed() throws {
    var growth = GrowthParameters()
    growth.leaves = 8
    let trees = try BoostParameters(
      growth: growth, rounds: 60, rate: 0.1, patience: 10, startsAtZero: true, seed: 1)
    let walk = try walk(Array(Self.bars.prefix(2_400)), .boosted(trees))
    #expect(alarms(try walk.audit(try walk.honest())).isEmpty)
    #expect(alarms(try walk.audit(try walk.stoppingByTheTest(trees))) == [.forecasts])
  }

  @Test func aCentredFeatureIsNamed() throws {
    let centred = Planted.centred(Self.bars)
    let walk = try LeakyWalk(
      try walk(), adding: [("centred", (0..<centred.rows).map { centred[$0, 0] })])
    let columns = Audit(bars: Array(Self.bars.prefix(900)), AuditTests.terms) {
      bars throws(Never) in Planted.centred(bars)
    }
    let found = alarms(try walk.audit(try walk.honest(), columns: columns))
    #expect(found.isSuperset(of: [.features, .bands]), "\(found)")
  }

  /// Whether a day belongs to the next contract is told by the volume of that whole day, and the history is
  /// moved onto the last contract's prices.
  @Test func aRollMapThatKnowsTheDayIsNamed() throws {
    let columns = Audit(bars: Array(Self.bars.prefix(1_200)), AuditTests.terms) {
      bars throws(Never) in Planted.rolledByHindsight(bars)
    }
    let audit = try walk().audit(try walk().honest(), columns: columns)
    #expect(alarms(audit) == [.features], "\(audit.alarms)")
    #expect(columns.leaks.contains { $0.check == .prefix })
  }

  @Test func aColumnStampedABarEarlyIsNamed() throws {
    let bars = Self.bars
    let poisoned = zip(bars, bars.dropFirst()).map { bar, next in
      Bar(
        instrument: bar.instrument, tradingDay: bar.tradingDay, closedAt: bar.closedAt,
        open: bar.open, high: max(bar.high, next.close), low: min(bar.low, next.close),
        close: next.close, volume: bar.volume)
    }
    let walk = try walk(poisoned, horizon: 1)
    let found = alarms(try walk.audit(try walk.honest()))
    #expect(found == [.bands], "\(found)")
  }

  @Test func anAuditThatCannotSeeSaysSo() throws {
    // No leaf is ever large enough to be parted, so it forecasts the mean, whatever it is shown.
    var growth = GrowthParameters()
    growth.leastLeafRows = 1_000_000
    let blind = ModelParameters.forest(try ForestParameters(growth: growth, trees: 2))
    let walk = try walk(Self.bars, blind)
    #expect(alarms(try walk.audit(try walk.honest())) == [.canary])
  }
}
