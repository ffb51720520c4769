public import Market
import Numerics

/// The contracts of one product over one made-up price: each a fixed share above or below it, with
/// trading that moves from delivery to delivery.
///
/// What is planted in the price is so in every contract and in the series spliced from them; an
/// unadjusted splice sees the premiums as returns that nobody could earn.
public struct SyntheticProduct: Sendable {
  public let market: SyntheticMarket
  public let contracts: [Contract]

  /// The greatest share between a contract and the price.
  public static let widestPremium = 0.03
  /// Trading is at its height so many calendar days before the delivery month, and falls off with
  /// this width.
  private static let peakDays = 100.0
  private static let widthDays = 50.0
  /// How many calendar days before its delivery month a contract is listed.
  private static let listedDays = 210

  public init(market: SyntheticMarket, contracts: [Contract]) {
    self.market = market
    self.contracts = contracts.sorted { $0.delivery < $1.delivery }
  }

  /// The price a contract stands at beside the product's own.
  public func premium(of contract: Int) -> Double {
    let delivery = contracts[contract].delivery
    var dice = Xoshiro256(seed: market.seed ^ 0xC0_11EC7)
      .split(stream: UInt64(delivery.year * 12 + delivery.month))
    return 1 + Self.widestPremium * (2 * dice.uniform() - 1)
  }

  /// The bars of each contract over the trading days of a range; without those that do not trade in it.
  public func bars(
    of product: InstrumentIndex, _ terms: SyntheticTerms = SyntheticTerms(),
    days: ClosedRange<TradingDay>
  ) -> [(contract: Contract, bars: [Bar])] {
    let whole = market.bars(of: product, terms, days: days)
    let runs = QualityGate.days(of: BarColumns(whole))
    return contracts.indices.compactMap { index in
      let contract = contracts[index]
      let share = premium(of: index)
      var bars: [Bar] = []
      for rows in runs {
        let day = whole[rows.lowerBound].tradingDay
        guard isListed(contract, on: day) else { continue }
        let (before, after) = (part(index, Double(day.days - 1)), part(index, Double(day.days)))
        for row in rows {
          let place = Double(row - rows.lowerBound + 1) / Double(rows.count)
          bars.append(
            Self.moved(whole[row], terms, share, part: before + place * (after - before)))
        }
      }
      return bars.isEmpty ? nil : (contract, bars)
    }
  }

  private func isListed(_ contract: Contract, on day: TradingDay) -> Bool {
    contract.delivery.first.advanced(by: -Self.listedDays) <= day && day <= contract.lastDay
  }

  /// The part of all trading that is in a contract.
  private func part(_ index: Int, _ day: Double) -> Double {
    let weight = { (contract: Contract) in
      let peak = Double(contract.delivery.first.days) - Self.peakDays
      let distance = (day - peak) / Self.widthDays
      return Numerics.exp(-distance * distance)
    }
    let all = contracts.reduce(0) { $0 + weight($1) }
    return weight(contracts[index]) / max(all, .leastNormalMagnitude)
  }

  private static func moved(
    _ bar: Bar, _ terms: SyntheticTerms, _ share: Double, part: Double
  ) -> Bar {
    let price = { (price: Price) in
      let ticks = (Double(price.units) * share / Double(terms.tick)).rounded(.toNearestOrEven)
      return Price(units: max(1, Int64(ticks)) * terms.tick)
    }
    let prices = [bar.open, bar.high, bar.low, bar.close].map(price)
    let volume = max(1, Int64((Double(bar.volume) * part).rounded()))
    let mean = prices.reduce(0) { $0 + $1.value(on: terms.grid) } / 4
    return Bar(
      instrument: bar.instrument, tradingDay: bar.tradingDay, closedAt: bar.closedAt,
      open: prices[0], high: prices[1], low: prices[2], close: prices[3], volume: volume,
      turnover: (Double(volume * terms.multiplier) * mean).rounded(),
      openInterest: Int64((Double(bar.openInterest) * part).rounded()))
  }
}
