import Bytes
import Market

/// The stock part of an instrument's day: a flag, then lists with their counts before them.
extension ByteWriter {
  mutating func board(_ board: BoardDay?) {
    bool(board != nil)
    guard let board else { return }
    uint8(UInt8(board.steps.count))
    for step in board.steps {
      int64(step.from.units)
      int64(step.units)
    }
    int64(board.leastOrder)
    bool(board.sellsRemainder)
    bool(board.cage != nil)
    int64(board.cage?.rate.hundredMillionths ?? 0)
    int64(board.cage?.ticks ?? 0)
    spans(board.uncancellable)
    spans(board.afterHours)
    uint8(UInt8(board.levies.count))
    for levy in board.levies { self.levy(levy) }
  }

  /// The sessions of a day, which is written before them.
  mutating func hours(_ sessions: [Session]) {
    uint8(UInt8(sessions.count))
    for session in sessions {
      uint8(session.phase.rawValue)
      int64(session.opens.nanoseconds)
      int64(session.closes.nanoseconds)
    }
  }

  private mutating func spans(_ spans: [InstantSpan]) {
    uint8(UInt8(spans.count))
    for span in spans {
      int64(span.from.nanoseconds)
      int64(span.until.nanoseconds)
    }
  }

  private mutating func levy(_ levy: Levy) {
    uint8(levy.kind.rawValue)
    int64(levy.onBuys.hundredMillionths)
    int64(levy.onSales.hundredMillionths)
    int64(levy.boughtPerMillion.minor)
    int64(levy.soldPerMillion.minor)
    int64(levy.least.minor)
    bool(levy.most != nil)
    int64(levy.most?.minor ?? 0)
    bool(levy.isWhole)
    bool(levy.isInCommission)
  }
}

extension ByteReader {
  mutating func board() throws(BytesError) -> BoardDay? {
    guard try bool() else { return nil }
    var steps: [TickStep] = []
    for _ in 0..<(try uint8("a number of price steps")) {
      let from = Price(units: try int64("a price"))
      steps.append(TickStep(from: from, units: try atLeastOne("a price step")))
    }
    let least = try atLeastOne("a least order")
    let sellsRemainder = try bool()
    let cage = try cage()
    let (uncancellable, afterHours) = (try spans(), try spans())
    var levies: [Levy] = []
    for _ in 0..<(try uint8("a number of levies")) { levies.append(try levy()) }
    return BoardDay(
      steps: steps, leastOrder: least, sellsRemainder: sellsRemainder, cage: cage,
      uncancellable: uncancellable, afterHours: afterHours, levies: levies)
  }

  private mutating func cage() throws(BytesError) -> PriceCage? {
    let start = offset
    let isThere = try bool()
    let cage = PriceCage(
      rate: Rate(hundredMillionths: try int64("a rate")), ticks: try int64("ticks"))
    guard isThere || cage == PriceCage(rate: .zero, ticks: 0) else {
      throw .malformed(offset: start, expected: "zeros where there is no price cage")
    }
    return isThere ? cage : nil
  }

  mutating func hours(of day: TradingDay) throws(BytesError) -> [Session] {
    var sessions: [Session] = []
    for _ in 0..<(try uint8("a number of sessions")) {
      let start = offset
      guard let phase = Phase(rawValue: try uint8("a phase")) else {
        throw .malformed(offset: start, expected: "a phase of trading")
      }
      let opens = try instant()
      sessions.append(
        Session(tradingDay: day, phase: phase, opens: opens, closes: try instant()))
    }
    return sessions
  }

  private mutating func spans() throws(BytesError) -> [InstantSpan] {
    var spans: [InstantSpan] = []
    for _ in 0..<(try uint8("a number of spans")) {
      let from = try instant()
      spans.append(InstantSpan(from: from, until: try instant()))
    }
    return spans
  }

  private mutating func levy() throws(BytesError) -> Levy {
    let start = offset
    guard let kind = LevyKind(rawValue: try uint8("a levy")) else {
      throw .malformed(offset: start, expected: "a levy")
    }
    let (onBuys, onSales) = (try int64("a rate"), try int64("a rate"))
    let (bought, sold) = (try int64("an amount"), try int64("an amount"))
    let least = try int64("an amount")
    let isCapped = try bool()
    let most = try int64("an amount")
    guard isCapped || most == 0 else {
      throw .malformed(offset: start, expected: "zero where nothing caps a levy")
    }
    return Levy(
      kind: kind, onBuys: Rate(hundredMillionths: onBuys),
      onSales: Rate(hundredMillionths: onSales), boughtPerMillion: Money(minor: bought),
      soldPerMillion: Money(minor: sold), least: Money(minor: least),
      most: isCapped ? Money(minor: most) : nil, isWhole: try bool(), isInCommission: try bool())
  }

  private mutating func atLeastOne(_ what: String) throws(BytesError) -> Int64 {
    let start = offset
    let value = try int64(what)
    guard value > 0 else { throw .malformed(offset: start, expected: "\(what) above 0") }
    return value
  }
}
