import Bytes
import Market
import Trading

extension ByteWriter {
  mutating func kind(_ kind: Event.Kind) {
    switch kind {
    case .dayBegan(let day):
      uint8(1)
      int32(day.days)
    case .terms(let terms):
      uint8(2)
      self.terms(terms)
    case .bar(let bar):
      uint8(3)
      self.bar(bar)
    case .instantClosed: uint8(4)
    case .forecast(let forecast):
      uint8(5)
      self.forecast(forecast)
    case .accepted(let id):
      uint8(6)
      uint64(id.value)
    case .refused(let id, let refusal):
      uint8(7)
      uint64(id.value)
      uint8(refusal.rawValue)
    case .fill(let fill):
      uint8(8)
      self.fill(fill)
    case .cancelled(let id):
      uint8(9)
      uint64(id.value)
    case .expired(let id):
      uint8(10)
      uint64(id.value)
    case .cancelRefused(let id):
      uint8(11)
      uint64(id.value)
    case .rolled(let old, let new):
      uint8(12)
      int32(old.position)
      int32(new.position)
    case .action(let action):
      uint8(13)
      self.action(action)
    }
  }

  mutating func command(_ command: Command) {
    switch command {
    case .submit(let order):
      uint8(1)
      self.order(order)
    case .cancel(let id):
      uint8(2)
      uint64(id.value)
    }
  }

  mutating func denial(_ denial: Denial) {
    int32(denial.instrument.position)
    uint8(denial.rule.rawValue)
    uint8(denial.side.rawValue)
    uint8(denial.offset.rawValue)
    int64(denial.lots)
    int64(denial.limit.units)
    int64(denial.measured)
    int64(denial.allowed)
  }

  mutating func alarm(_ alarm: Alarm) {
    switch alarm {
    case .strayFill(let id): self.alarm(1, id)
    case .overfill(let id): self.alarm(2, id)
    case .strayReport(let id): self.alarm(3, id)
    case .missingLots(let id): self.alarm(4, id)
    case .mustLeave(let instrument):
      uint8(5)
      int32(instrument.position)
    }
  }

  private mutating func alarm(_ tag: UInt8, _ id: OrderID) {
    uint8(tag)
    uint64(id.value)
  }

  private mutating func order(_ order: Order) {
    uint64(order.id.value)
    int32(order.instrument.position)
    uint8(order.side.rawValue)
    uint8(order.offset.rawValue)
    uint8(order.lifetime.rawValue)
    int64(order.lots)
    int64(order.limit.units)
  }

  private mutating func fill(_ fill: Fill) {
    uint64(fill.trade.value)
    uint64(fill.order.value)
    int32(fill.instrument.position)
    uint8(fill.side.rawValue)
    uint8(fill.offset.rawValue)
    int64(fill.lots)
    int64(fill.price.units)
  }

  private mutating func bar(_ bar: Bar) {
    int32(bar.instrument.position)
    int32(bar.tradingDay.days)
    int64(bar.closedAt.nanoseconds)
    int64(bar.open.units)
    int64(bar.high.units)
    int64(bar.low.units)
    int64(bar.close.units)
    int64(bar.volume)
    double(bar.turnover)
    int64(bar.openInterest)
  }

  private mutating func action(_ action: CorporateAction) {
    int32(action.instrument.position)
    int32(action.recordDay.days)
    int32(action.exDay.days)
    let (tag, rate, price): (UInt8, Rate, Price) =
      switch action.kind {
      case .dividend(let perShare): (1, perShare, Price(units: 0))
      case .bonus(let perShare): (2, perShare, Price(units: 0))
      case .rights(let perShare, let price): (3, perShare, price)
      case .consolidation(let into): (4, into, Price(units: 0))
      }
    uint8(tag)
    int64(rate.hundredMillionths)
    int64(price.units)
  }

  private mutating func forecast(_ forecast: Forecast) {
    int32(forecast.instrument.position)
    uint64(forecast.model.value)
    double(forecast.expectedReturn)
    double(forecast.deviation)
    int32(forecast.horizonBars)
  }

  private mutating func terms(_ terms: InstrumentDay) {
    int32(terms.instrument.position)
    int32(terms.day.days)
    uint8(terms.grid.decimals)
    int64(terms.tick)
    int64(terms.multiplier)
    int64(terms.lotSize)
    int64(terms.largestOrder)
    price(terms.reference)
    price(terms.lowest)
    price(terms.highest)
    int64(terms.margin.hundredMillionths)
    fee(terms.fees.open)
    fee(terms.fees.close)
    fee(terms.fees.closeToday)
    int64(terms.fees.minimum.minor)
    int64(terms.fees.saleTax.hundredMillionths)
    uint8(terms.closing.taking.rawValue)
    uint8(terms.closing.charging.rawValue)
    bool(terms.isNextDay)
    bool(terms.mayShort)
    board(terms.board)
    contract(terms.contract)
    stop(terms.stop)
    hours(terms.sessions)
  }

  private mutating func price(_ price: Price?) {
    bool(price != nil)
    int64(price?.units ?? 0)
  }

  private mutating func fee(_ fee: Fee) {
    int64(fee.rate.hundredMillionths)
    int64(fee.perLot.minor)
  }
}
