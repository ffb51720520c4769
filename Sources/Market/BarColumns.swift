/// The bars of one series as a struct of arrays, oldest first: how history is stored, loaded and learnt from.
///
/// Prices are counted in units of the series' grid.
public struct BarColumns: Hashable, Sendable {
  public var closedAtNanos: [Int64]
  /// Days since 1970-01-01.
  public var tradingDays: [Int32]
  public var open: [Int64]
  public var high: [Int64]
  public var low: [Int64]
  public var close: [Int64]
  public var volume: [Int64]
  public var turnover: [Double]
  public var openInterest: [Int64]

  public var count: Int { closedAtNanos.count }

  public init(capacity: Int = 0) {
    closedAtNanos = []
    tradingDays = []
    open = []
    high = []
    low = []
    close = []
    volume = []
    turnover = []
    openInterest = []
    if capacity > 0 { reserve(capacity) }
  }

  public init(_ bars: some Collection<Bar>) {
    self.init(capacity: bars.count)
    for bar in bars { append(bar) }
  }

  public init(
    closedAtNanos: [Int64], tradingDays: [Int32], open: [Int64], high: [Int64], low: [Int64],
    close: [Int64], volume: [Int64], turnover: [Double], openInterest: [Int64]
  ) {
    let counts = [
      tradingDays.count, open.count, high.count, low.count, close.count, volume.count,
      turnover.count, openInterest.count,
    ]
    precondition(counts.allSatisfy { $0 == closedAtNanos.count }, "columns are equally long")
    self.closedAtNanos = closedAtNanos
    self.tradingDays = tradingDays
    self.open = open
    self.high = high
    self.low = low
    self.close = close
    self.volume = volume
    self.turnover = turnover
    self.openInterest = openInterest
  }

  public mutating func reserve(_ capacity: Int) {
    closedAtNanos.reserveCapacity(capacity)
    tradingDays.reserveCapacity(capacity)
    open.reserveCapacity(capacity)
    high.reserveCapacity(capacity)
    low.reserveCapacity(capacity)
    close.reserveCapacity(capacity)
    volume.reserveCapacity(capacity)
    turnover.reserveCapacity(capacity)
    openInterest.reserveCapacity(capacity)
  }
}

extension BarColumns {
  public mutating func append(_ bar: Bar) {
    closedAtNanos.append(bar.closedAt.nanoseconds)
    tradingDays.append(bar.tradingDay.days)
    open.append(bar.open.units)
    high.append(bar.high.units)
    low.append(bar.low.units)
    close.append(bar.close.units)
    volume.append(bar.volume)
    turnover.append(bar.turnover)
    openInterest.append(bar.openInterest)
  }

  public mutating func append(contentsOf other: BarColumns, _ rows: Range<Int>) {
    closedAtNanos.append(contentsOf: other.closedAtNanos[rows])
    tradingDays.append(contentsOf: other.tradingDays[rows])
    open.append(contentsOf: other.open[rows])
    high.append(contentsOf: other.high[rows])
    low.append(contentsOf: other.low[rows])
    close.append(contentsOf: other.close[rows])
    volume.append(contentsOf: other.volume[rows])
    turnover.append(contentsOf: other.turnover[rows])
    openInterest.append(contentsOf: other.openInterest[rows])
  }

  /// Empties the columns and keeps their room.
  public mutating func removeAll() {
    closedAtNanos.removeAll(keepingCapacity: true)
    tradingDays.removeAll(keepingCapacity: true)
    open.removeAll(keepingCapacity: true)
    high.removeAll(keepingCapacity: true)
    low.removeAll(keepingCapacity: true)
    close.removeAll(keepingCapacity: true)
    volume.removeAll(keepingCapacity: true)
    turnover.removeAll(keepingCapacity: true)
    openInterest.removeAll(keepingCapacity: true)
  }

  /// The row as a bar; it was checked when it entered the archive.
  public func bar(_ row: Int, of instrument: InstrumentIndex) -> Bar {
    Bar(
      instrument: instrument, tradingDay: TradingDay(days: tradingDays[row]),
      closedAt: Instant(nanoseconds: closedAtNanos[row]), open: Price(units: open[row]),
      high: Price(units: high[row]), low: Price(units: low[row]), close: Price(units: close[row]),
      volume: volume[row], turnover: turnover[row], openInterest: openInterest[row])
  }

  public func bars(of instrument: InstrumentIndex) -> [Bar] {
    (0..<count).map { bar($0, of: instrument) }
  }

  /// A copy of some rows.
  public func rows(_ rows: Range<Int>) -> BarColumns {
    var part = BarColumns(capacity: rows.count)
    part.append(contentsOf: self, rows)
    return part
  }
}
