import Market
import Trading

/// An order of any side and offset, filled in random parts under random fees and levies, with what it costs by a
/// reckoning of its own: exact fractions of the whole, each rounded once.
struct RandomOrder {
  typealias Part = (lots: Int64, units: Int64)

  let terms: InstrumentDay
  let leg: Leg
  let fills: [Fill]
  private let side: Side
  private let offset: Offset
  private let parts: [Part]
  /// A close finds this many lots of the age it takes first, and pays the other rate for the rest.
  private let first: Int64
  private let takesToday: Bool

  init(seed: UInt64) {
    var draw = AccountingTests.Draw(state: seed &* 77_777)
    let side: Side = draw.below(2) == 0 ? .buy : .sell
    let offset: Offset = [.open, .close, .closeToday][Int(draw.below(3))]
    let taking: ClosingRule.Taking = [.byFlag, .yesterdayFirst, .todayFirst][Int(draw.below(3))]
    parts = (0..<1 + draw.below(9)).map { _ in
      (lots: 1 + Int64(draw.below(500)), units: 1 + Int64(draw.below(200_000)))
    }
    terms = OrderChargeTests.terms(
      Self.levies(&draw), fees: Self.fees(&draw), multiplier: 1 + Int64(draw.below(20)),
      closing: ClosingRule(taking: taking, charging: .byLot))
    let all = parts.reduce(0) { $0 + $1.lots }
    first = Int64(draw.below(UInt64(all) + 1))
    takesToday = taking == .todayFirst || (taking == .byFlag && offset == .closeToday)
    leg = Leg.holding(
      takesToday ? Lots(today: first, yesterday: all) : Lots(today: all, yesterday: first))
    fills = parts.enumerated().map {
      OrderChargeTests.fill(UInt64($0 + 1), side, offset, lots: $1.lots, at: $1.units)
    }
    (self.side, self.offset) = (side, offset)
  }

  private static func rate(_ draw: inout AccountingTests.Draw, _ bound: UInt64) -> Rate {
    Rate(hundredMillionths: Int64(draw.below(bound)))
  }

  private static func fees(_ draw: inout AccountingTests.Draw) -> Fees {
    let fees = (0..<3).map { _ in
      Fee(rate: rate(&draw, 100_000), perLot: Money(minor: Int64(draw.below(300))))
    }
    return Fees(
      open: fees[0], close: fees[1], closeToday: fees[2],
      minimum: Money(minor: Int64(draw.below(2_000))), saleTax: rate(&draw, 200_000))
  }

  private static func levies(_ draw: inout AccountingTests.Draw) -> [Levy] {
    LevyKind.allCases.prefix(Int(draw.below(7))).map { kind in
      Levy(
        kind: kind, onBuys: rate(&draw, 200_000), onSales: rate(&draw, 200_000),
        boughtPerMillion: Money(minor: Int64(draw.below(30_000))),
        soldPerMillion: Money(minor: Int64(draw.below(30_000))),
        least: Money(minor: Int64(draw.below(300))),
        most: draw.below(2) == 0 ? nil : Money(minor: Int64(300 + draw.below(9_000))),
        isWhole: draw.below(3) == 0, isInCommission: draw.below(5) == 0)
    }
  }
}

extension RandomOrder {
  /// What the whole order costs, in hundredths.
  var whole: Int128 {
    let fees = terms.fees
    let (head, tail) = split
    let commission =
      offset == .open
      ? fee(fees.open, parts)
      : fee(takesToday ? fees.closeToday : fees.close, head)
        + fee(takesToday ? fees.close : fees.closeToday, tail)
    let taxed = side == .sell ? Int128(fees.saleTax.hundredMillionths) : 0
    return max(commission, Int128(fees.minimum.minor))
      + rounded(worth(parts) * taxed, 100_000_000)
      + (terms.board?.levies ?? []).reduce(0) { $0 + levy($1) }
  }

  /// The lots that pay the first rate, and those that are left for the other.
  private var split: (head: [Part], tail: [Part]) {
    var left = first
    var (head, tail): ([Part], [Part]) = ([], [])
    for part in parts {
      let taken = min(left, part.lots)
      head.append((taken, part.units))
      tail.append((part.lots - taken, part.units))
      left -= taken
    }
    return (head, tail)
  }

  /// The nearest whole, halves up; nothing here is negative.
  private func rounded(_ numerator: Int128, _ denominator: Int128) -> Int128 {
    (2 * numerator + denominator) / (2 * denominator)
  }

  private func lots(_ parts: [Part]) -> Int128 { parts.reduce(0) { $0 + Int128($1.lots) } }

  private func worth(_ parts: [Part]) -> Int128 {
    let unitLots = parts.reduce(Int128(0)) { $0 + Int128($1.lots) * Int128($1.units) }
    return rounded(unitLots * Int128(terms.multiplier) * 100, 1_000)
  }

  private func fee(_ fee: Fee, _ parts: [Part]) -> Int128 {
    rounded(worth(parts) * Int128(fee.rate.hundredMillionths), 100_000_000)
      + lots(parts) * Int128(fee.perLot.minor)
  }

  private func levy(_ levy: Levy) -> Int128 {
    let rate = Int128((side == .buy ? levy.onBuys : levy.onSales).hundredMillionths)
    let fixed = Int128((side == .buy ? levy.boughtPerMillion : levy.soldPerMillion).minor)
    if levy.isInCommission || (rate == 0 && fixed == 0) { return 0 }
    var due = rounded(worth(parts) * rate, 100_000_000) + rounded(fixed * lots(parts), 1_000_000)
    due = max(due, Int128(levy.least.minor))
    if let most = levy.most { due = min(due, Int128(most.minor)) }
    return levy.isWhole ? (due + 99) / 100 * 100 : due
  }
}
