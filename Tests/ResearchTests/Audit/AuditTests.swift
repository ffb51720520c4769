import Features
import Market
import Numerics
import Testing

@testable import Research

@Suite struct AuditTests {
  static let terms = Audit.Terms(label: LabelDefinition(horizonBars: 5))

  private func audit(
    _ seed: UInt64, _ making: @escaping ([Bar]) -> FeatureMatrix
  ) -> Audit {
    Audit(bars: Planted.market(900, seed: seed), Self.terms) { bars throws(Never) in making(bars) }
  }

  private func leak(_ audit: Audit, _ check: AuditCheck) throws -> Leak {
    try #require(audit.leaks.first { $0.check == check }, "\(audit.leaks)")
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func soundColumnsPass(seed: UInt64) {
    for making in [Planted.trailing, Planted.rounded, Planted.slow] {
      let audit = audit(seed, making)
      #expect(audit.leaks.isEmpty, "seed \(seed): \(audit.leaks)")
    }
    #expect(audit(seed, Planted.trailing).columns[0].neededBars == 9)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func aCentredWindowIsCaught(seed: UInt64) throws {
    let audit = audit(seed, Planted.centred)
    let prefix = try leak(audit, .prefix)
    // The last five rows before a cut have lost the end of their window.
    #expect(prefix.row == prefix.cut - 5 && prefix.rows == 5, "seed \(seed)")
    #expect(prefix.size == .infinity)
    let future = try leak(audit, .future)
    #expect(future.row == future.cut - 5 && future.rows == 5, "seed \(seed)")
    #expect(future.size > 1 && future.size < .infinity)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func normalisingByTheWholeSeriesIsCaught(seed: UInt64) throws {
    let audit = audit(seed, Planted.normalised)
    #expect(try leak(audit, .prefix).row == 0, "seed \(seed)")
    #expect(try leak(audit, .future).row == 0, "seed \(seed)")
    #expect(audit.columns[0].neededBars == nil)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func aLabelLeakedThroughAShiftIsCaught(seed: UInt64) throws {
    let audit = audit(seed, Planted.shifted)
    let prefix = try leak(audit, .prefix)
    #expect(prefix.row == prefix.cut - 1 && prefix.rows == 1, "seed \(seed)")
    #expect(try leak(audit, .outcome).size > 0.999, "seed \(seed)")
  }

  @Test func headRowsFilledFromTheFutureAreCaught() throws {
    let audit = audit(4, Planted.filled)
    let prefix = try leak(audit, .prefix)
    #expect(prefix.row == 0 && prefix.rows == 14)
  }

  @Test func aWarmUpThatIsToldTooShortIsCaught() throws {
    let bars = Planted.market(900, seed: 5)
    let trial = AuditTrial(bars: bars, Self.terms, by: .bits) { bars throws(Never) in
      Planted.slow(bars)
    }
    let needed = trial.neededBars()
    let bound = try #require(needed[0].bars)
    #expect((100..<450).contains(bound), "\(bound)")
    let short = trial.lateSettlers(needed, [WarmUp(silentBars: 0, settlingBars: bound - 1)])
    #expect(short.map(\.rows) == [1] && short.map(\.check) == [.warmUp])
    for warmUp in [
      WarmUp(silentBars: 0, settlingBars: bound),
      WarmUp(silentBars: 0, settlingBars: 0, isEndless: true),
    ] {
      #expect(trial.lateSettlers(needed, [warmUp]).isEmpty)
    }
  }

  @Test func aStateThatIsNotTheHistoryIsCaught() throws {
    // The history is of another formula than the state that streams.
    let bars = Planted.market(600, seed: 6)
    let (told, kept) = try (
      Recipe(name: "told", features: [("x", "ema(close, 9)")]),
      Recipe(name: "kept", features: [("x", "ema(close, 10)")])
    )
    let trial = AuditTrial(bars: bars, Self.terms, by: .bits) { bars throws(Never) in
      FeatureMatrix(told, bars: bars, grid: Planted.grid)
    }
    #expect(trial.liveLeaks(told, Planted.grid).isEmpty)
    #expect(trial.liveLeaks(kept, Planted.grid).map(\.check) == [.stream, .restore])
    #expect(trial.liveLeaks(kept, Planted.grid)[0].row == 8)
  }

  @Test func aRecipePassesWithTheWarmUpsItComputes() throws {
    let bars = Planted.market(1_500, seed: 7)
    let audit = Audit(try Recipe.stationary(), bars: bars, grid: Planted.grid, Self.terms)
    #expect(audit.leaks.isEmpty, "\(audit.leaks)")
    for column in audit.columns {
      let (needed, computed) = try (#require(column.neededBars), #require(column.computedBars))
      #expect(needed <= computed, "\(column.name)")
      #expect(needed > 0 || column.name == "body", "\(column.name)")
    }
  }

  @Test func aHandfulOfBarsIsAudited() throws {
    let recipe = try Recipe(name: "short", features: [("x", "change(3)")])
    for count in 2..<8 {
      let bars = Planted.market(count, seed: 8)
      let audit = Audit(recipe, bars: bars, grid: Planted.grid, Self.terms)
      #expect(audit.leaks.isEmpty && audit.cuts == count - 1)
    }
  }
}
