import Market
import Testing

@Suite struct MoneyTests {
  @Test(arguments: UInt8(0)...Grid.most)
  func pricesSurviveTheirText(decimals: UInt8) {
    let grid = Grid(decimals: decimals)
    for units: Int64 in [0, 1, -1, 9, 10, 99, 12_345, -98_765_432, 4_611_686_018] {
      let price = Price(units: units)
      #expect(grid.nearest(price.value(on: grid)) == price)
    }
    #expect(Price(units: -5).text(on: Grid(decimals: 2)) == "-0.05")
    #expect(Price(units: 351_250).text(on: Grid(decimals: 2)) == "3512.50")
  }

  @Test func ratesRoundHalvesAwayFromZero() {
    let half = Rate(hundredMillionths: 50_000_000)
    #expect(half.of(3) == 2)
    #expect(half.of(-3) == -2)
    #expect(half.of(2) == 1)
    #expect(Rate(basisPoints: 1).of(1_000_000) == 100)
    // A fee of 0.0000341 of a hundred million yuan, to the fen.
    #expect(Money(whole: 100_000_000).times(Rate(hundredMillionths: 3_410)) == Money(whole: 3_410))
  }

  @Test func worthIsExactBeyondSixtyFourBits() {
    let grid = Grid(decimals: 4)
    let worth = grid.worth(Price(units: 9_000_000_000), lots: 1_000, multiplier: 10_000)
    #expect(worth == Money(whole: 9_000_000_000_000))
    #expect(grid.worth(unitLots: 49, multiplier: 1) == .zero)
    #expect(grid.worth(unitLots: 50, multiplier: 1) == Money(minor: 1))
    #expect(grid.worth(unitLots: -50, multiplier: 1) == Money(minor: -1))
  }

  @Test func moneyPrintsItsCents() {
    #expect(Money(minor: -7).description == "-0.07")
    #expect(Money(whole: 1_000_000).description == "1000000.00")
  }
}
