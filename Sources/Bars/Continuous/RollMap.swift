public import Market

/// Which contract of a product is the main one on which day, decided without looking ahead.
///
/// A roll is decided on what is known at the close of a day and takes effect on the next one; it
/// only ever goes to a later delivery. So a map made up to a day is the beginning of every map made
/// later.
public struct RollMap: Hashable, Sendable {
  /// A stretch of days in one contract.
  public struct Leg: Hashable, Sendable {
    public let contract: Int
    /// The close that decided it: the leg holds from the next day on.
    public let decidedOn: TradingDay
    public let why: Reason
    /// Old and new contract's close of the same day; `nil` for the first leg and where the two never
    /// traded on one day.
    public let closes: Closes?

    /// Whether its prices can be moved onto those of the leg before.
    public var isSpliced: Bool { closes.map { $0.old.units > 0 && $0.new.units > 0 } ?? false }
  }

  public struct Closes: Hashable, Sendable {
    public let old: Price
    public let new: Price
  }

  public enum Reason: String, Sendable {
    case first
    /// A later contract had more of what the rule measures.
    case overtaken
    /// The contract had to be left.
    case ending
    /// The contract had no bars any more.
    case absent
  }

  public let contracts: [ContractDays]
  public let rule: RollRule
  public private(set) var legs: [Leg] = []

  /// After so many days without a bar, while others trade, a contract is given up.
  static let mostAbsences = 3

  /// Contracts of one product, in any order.
  public init(_ contracts: [ContractDays], rule: RollRule) {
    self.contracts = contracts.sorted { $0.delivery < $1.delivery }
    self.rule = rule
    let days = Set(contracts.flatMap { $0.days.map(\.day) }).sorted()
    var streak = 0
    var absences = 0
    for day in days { close(day, &streak, &absences) }
  }

  /// The index of the main contract on a day; `nil` before the first decision took effect.
  public func main(on day: TradingDay) -> Int? { leg(on: day).map { legs[$0].contract } }

  /// The leg a day lies in.
  public func leg(on day: TradingDay) -> Int? {
    let index = legs.partitioned { $0.decidedOn < day }
    return index > 0 ? index - 1 : nil
  }
}

// MARK: - The decision at a close

extension RollMap {
  private mutating func close(_ day: TradingDay, _ streak: inout Int, _ absences: inout Int) {
    guard let current = legs.last?.contract else {
      if let first = leader(on: day, after: -1) { enter(first, on: day, .first) }
      return
    }
    let held = contracts[current].figures(on: day)
    absences = held == nil ? absences + 1 : 0
    guard let leader = leader(on: day, after: current) else { return }
    let isOvertaken =
      rule.basis != .expiry
      && held.map { rule.measure($0) < measure(leader, on: day) } ?? false
    streak = isOvertaken ? streak + 1 : 0
    if contracts[current].holdUntil.map({ $0 <= day }) ?? false {
      enter(leader, on: day, .ending)
    } else if absences >= Self.mostAbsences {
      enter(leader, on: day, .absent)
    } else if streak >= rule.confirmDays {
      enter(leader, on: day, .overtaken)
    } else {
      return
    }
    streak = 0
    absences = 0
  }

  /// The contract behind another one that has most of what the rule measures and may be held on the
  /// next day; of equals the nearer delivery.
  private func leader(on day: TradingDay, after current: Int) -> Int? {
    var best: (index: Int, measure: Int64)?
    for index in contracts.indices.dropFirst(current + 1) {
      guard let figures = contracts[index].figures(on: day),
        contracts[index].holdUntil.map({ day < $0 }) ?? true
      else { continue }
      let measure = rule.measure(figures)
      if best.map({ $0.measure < measure }) ?? true { best = (index, measure) }
    }
    return best?.index
  }

  private func measure(_ index: Int, on day: TradingDay) -> Int64 {
    contracts[index].figures(on: day).map(rule.measure) ?? 0
  }

  private mutating func enter(_ contract: Int, on day: TradingDay, _ why: Reason) {
    var closes: Closes?
    if let held = legs.last { closes = self.closes(of: held.contract, contract, upTo: day) }
    legs.append(Leg(contract: contract, decidedOn: day, why: why, closes: closes))
  }

  /// Both closes of the latest day on which both traded.
  private func closes(of old: Int, _ new: Int, upTo day: TradingDay) -> Closes? {
    for figures in contracts[old].days[..<contracts[old].count(upTo: day)].reversed() {
      if let match = contracts[new].figures(on: figures.day) {
        return Closes(old: figures.close, new: match.close)
      }
    }
    return nil
  }
}

// MARK: - Factors

extension RollMap {
  /// How the prices of one contract are moved onto those of the one before.
  public enum Splice: String, CaseIterable, Sendable {
    /// By a share: returns stay what a holder earned.
    case ratio
    /// By an amount: differences stay what a holder earned, in money.
    case difference
  }

  /// The factors from leg to leg; a roll between contracts that never traded on one day has none.
  public func factors(_ splice: Splice = .ratio) -> PriceFactors {
    var factors = PriceFactors()
    for leg in legs {
      var (share, shift) = (factors.last.share, factors.last.shift)
      if leg.isSpliced, let closes = leg.closes {
        switch splice {
        case .ratio: share *= Double(closes.old.units) / Double(closes.new.units)
        case .difference: shift += Double(closes.old.units - closes.new.units)
        }
      }
      factors.append(PriceFactors.Step(from: leg.decidedOn.next, share: share, shift: shift))
    }
    return factors
  }
}

// MARK: - Bars

extension RollMap {
  /// The trading days in each leg of one contract's bars, as row ranges: from the day after its
  /// decision to the day that decided the next.
  public func rows(of leg: Int, in bars: BarColumns) -> Range<Int> {
    let decided = legs[leg].decidedOn.days
    let start = bars.tradingDays.partitioned { $0 <= decided }
    guard leg + 1 < legs.count else { return start..<bars.count }
    let until = legs[leg + 1].decidedOn.days
    return start..<max(start, bars.tradingDays.partitioned { $0 <= until })
  }
}
