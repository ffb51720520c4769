import Market
import Numerics
import Testing

@testable import Bars

@Suite struct RollMapTests {
  static let first = TradingDay(year: 2021, month: 1, day: 4)

  static func day(_ number: Int) -> TradingDay { first.advanced(by: number) }

  static func contract(
    _ month: Int, holdUntil: Int? = nil, _ figures: [(day: Int, close: Int64, open: Int64)]
  ) -> ContractDays {
    ContractDays(
      symbol: Symbol(code: "rb210\(month)", exchange: .shfe),
      delivery: Month(year: 2021, month: month), holdUntil: holdUntil.map(day),
      days: figures.map {
        .init(
          day: day($0.day), close: Price(units: $0.close), volume: $0.open, openInterest: $0.open)
      })
  }

  /// Worked by hand: May overtakes January on day 2 and again on day 3; October never comes back.
  @Test func theSecondCloseInARowDecidesForTheDayAfter() throws {
    let map = RollMap(
      [
        Self.contract(5, [(0, 110, 10), (1, 110, 20), (2, 121, 60), (3, 120, 70), (4, 99, 80)]),
        Self.contract(1, [(0, 100, 90), (1, 100, 80), (2, 110, 50), (3, 100, 40), (4, 90, 99)]),
      ], rule: RollRule(.openInterest, confirmDays: 2, leaveDays: 0))
    #expect(map.legs.map(\.decidedOn) == [Self.day(0), Self.day(3)])
    #expect(map.main(on: Self.day(0)) == nil)
    #expect(map.contracts[try #require(map.main(on: Self.day(3)))].delivery.month == 1)
    #expect(map.contracts[try #require(map.main(on: Self.day(4)))].delivery.month == 5)
    #expect(map.legs[1].closes == .init(old: Price(units: 100), new: Price(units: 120)))
    let ratio = map.factors(.ratio)
    #expect(ratio.step(on: Self.day(3)).share == 1)
    #expect(ratio.step(on: Self.day(4)).share == 100.0 / 120.0)
    #expect(map.factors(.difference).step(on: Self.day(4)).shift == -20)
  }

  @Test func oneCloseSufficesWhereOneIsAskedFor() {
    let map = RollMap(
      [
        Self.contract(1, [(0, 100, 90), (1, 100, 50), (2, 100, 40)]),
        Self.contract(5, [(0, 110, 10), (1, 110, 60), (2, 110, 70)]),
      ], rule: RollRule(.volume, confirmDays: 1))
    #expect(map.legs.map(\.decidedOn) == [Self.day(0), Self.day(1)])
    #expect(map.legs.map(\.why) == [.first, .overtaken])
  }

  @Test func aContractIsLeftBeforeItsEndWhateverItHolds() {
    let map = RollMap(
      [
        Self.contract(1, holdUntil: 2, [(0, 100, 90), (1, 100, 90), (2, 100, 90), (3, 100, 90)]),
        Self.contract(5, [(0, 110, 10), (1, 110, 10), (2, 110, 10), (3, 110, 10)]),
      ], rule: RollRule(.openInterest, confirmDays: 1))
    #expect(map.legs.map(\.why) == [.first, .ending])
    #expect(map.main(on: Self.day(2)) == 0)
    #expect(map.main(on: Self.day(3)) == 1)
  }

  @Test func theExpiryRuleTakesTheNextDeliveryAndNotTheLargest() {
    let map = RollMap(
      [
        Self.contract(1, holdUntil: 1, [(0, 100, 1), (1, 100, 1), (2, 100, 1)]),
        Self.contract(5, [(0, 110, 2), (1, 110, 2), (2, 110, 2)]),
        Self.contract(9, [(0, 120, 90), (1, 120, 90), (2, 120, 90)]),
      ], rule: RollRule(.expiry))
    #expect(map.legs.map(\.contract) == [0, 1])
  }

  @Test func aContractWithoutBarsIsGivenUp() {
    let map = RollMap(
      [
        Self.contract(1, [(0, 100, 90), (1, 104, 90)]),
        Self.contract(5, (0..<7).map { ($0, 110 + Int64($0), 10) }),
      ], rule: RollRule())
    #expect(map.legs.map(\.decidedOn) == [Self.day(0), Self.day(4)])
    #expect(map.legs.last?.why == .absent)
    #expect(map.legs.last?.closes == .init(old: Price(units: 104), new: Price(units: 111)))
  }

  /// Contracts whose open interest moves over at random, with days missing and deadlines.
  static func random(_ seed: UInt64, days: Int) -> [ContractDays] {
    var dice = Xoshiro256(seed: seed)
    return (0..<5).map { number in
      let peak = 20 + 40 * number
      var figures: [(day: Int, close: Int64, open: Int64)] = []
      var close = 3_000 + Int64(dice.uniform() * 400)
      for day in max(0, peak - 60)..<min(days, peak + 45) {
        close += Int64(dice.normal() * 30)
        let tent = max(1, 60 - abs(day - peak))
        if dice.uniform() < 0.05 { continue }
        figures.append((day, close, Int64(Double(tent) * 100 * (0.5 + dice.uniform()))))
      }
      return contract(
        number + 1, holdUntil: dice.uniform() < 0.5 ? peak + 20 + Int(dice.uniform() * 20) : nil,
        figures)
    }
  }

  static func cut(_ contracts: [ContractDays], upTo day: TradingDay) -> [ContractDays] {
    contracts.compactMap { contract in
      let days = contract.days.filter { $0.day <= day }
      return days.isEmpty
        ? nil
        : ContractDays(
          symbol: contract.symbol, delivery: contract.delivery, holdUntil: contract.holdUntil,
          days: days)
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func aMapUpToADayIsTheBeginningOfEveryLaterOne(_ seed: UInt64) {
    let basis = RollRule.Basis.allCases[Int(seed % 3)]
    let rule = RollRule(basis, confirmDays: 1 + Int(seed % 4), leaveDays: 0)
    let whole = Self.random(seed, days: 220)
    var rolls = 0
    for number in stride(from: 0, to: 160, by: 7) {
      let known = RollMap(Self.cut(whole, upTo: Self.day(number)), rule: rule)
      let later = RollMap(Self.cut(whole, upTo: Self.day(number + 60)), rule: rule)
      rolls = max(rolls, later.legs.count)
      for splice in RollMap.Splice.allCases {
        let (early, late) = (known.factors(splice), later.factors(splice))
        for day in 0...number {
          let day = Self.day(day)
          let names = (
            known.main(on: day).map { known.contracts[$0].symbol },
            later.main(on: day).map { later.contracts[$0].symbol }
          )
          #expect(names.0 == names.1, "seed \(seed), \(day) known on day \(number)")
          let (a, b) = (early.step(on: day), late.step(on: day))
          #expect(
            a.share.bitPattern == b.share.bitPattern && a.shift.bitPattern == b.shift.bitPattern,
            "seed \(seed), \(day) known on day \(number)")
        }
      }
      for (before, after) in zip(later.legs, later.legs.dropFirst()) {
        #expect(before.contract < after.contract, "seed \(seed): only forward")
      }
    }
    #expect(rolls > 2, "seed \(seed): something to see")
  }

  /// What a holder of the main contract earns, spliced day by day, is what the adjusted closes say.
  @Test(arguments: 0..<10 as Range<UInt64>)
  func adjustedReturnsAreAHoldersReturns(_ seed: UInt64) {
    let map = RollMap(Self.random(seed, days: 220), rule: RollRule(confirmDays: 2, leaveDays: 0))
    let factors = map.factors()
    for (number, leg) in map.legs.enumerated().dropFirst() {
      guard let closes = leg.closes,
        let first = map.contracts[leg.contract].days.first(where: { $0.day > leg.decidedOn })
      else { continue }
      let old = factors.step(on: leg.decidedOn).share * Double(closes.old.units)
      let new = factors.step(on: first.day).share * Double(first.close.units)
      let earned = Double(first.close.units) / Double(closes.new.units)
      #expect(abs(new / old / earned - 1) < 1e-12, "seed \(seed), leg \(number)")
    }
  }
}
