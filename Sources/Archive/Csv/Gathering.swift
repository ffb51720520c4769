import Bars
import Market

/// The rows of one symbol between being read and being written.
struct Gathering {
  let symbol: Symbol
  private let named: NamedSchedule
  private let form: CsvForm
  private var grid = Grid(decimals: 0)
  private(set) var bars = BarColumns()
  /// The close of the row before; rows go on from it in the file's order.
  private var lastClose: Int64?
  private var writer: SeriesWriter?

  init(_ symbol: Symbol, _ named: NamedSchedule, _ form: CsvForm) {
    self.symbol = symbol
    self.named = named
    self.form = form
  }

  var key: SeriesKey { SeriesKey(symbol, form.interval, adjustment: form.adjustment) }

  private var zone: Zone { form.zone ?? symbol.exchange.zone }

  var hasRows: Bool { lastClose != nil }

  mutating func add(_ row: CsvRow) throws(CsvFault) {
    let (told, closes) = try close(of: row.time)
    let day = try tradingDay(of: row, told)
    if let lastClose { try checkOrder(closes.nanoseconds, after: lastClose) }
    lastClose = closes.nanoseconds
    if row.decimals > Int(grid.decimals) { refine(to: Grid(decimals: UInt8(row.decimals))) }
    let decimals = Int(grid.decimals)
    bars.closedAtNanos.append(closes.nanoseconds)
    bars.tradingDays.append(day.days)
    bars.open.append(row.open.units(decimals))
    bars.high.append(row.high.units(decimals))
    bars.low.append(row.low.units(decimals))
    bars.close.append(row.close.units(decimals))
    bars.volume.append(row.volume)
    bars.turnover.append(row.turnover)
    bars.openInterest.append(row.openInterest)
  }

  private func checkOrder(_ closes: Int64, after last: Int64) throws(CsvFault) {
    guard closes != last else { throw CsvFault(field: .datetime, expected: "each time once") }
    let isNewestFirst = form.order == .newestFirst
    guard (closes < last) == isNewestFirst else {
      throw CsvFault(
        field: .datetime,
        expected: "times in order, \(isNewestFirst ? "newest" : "oldest") first")
    }
  }

  /// Writes what was gathered; the grid stays, so that the next rows lie on it.
  mutating func flush(in database: borrowing Database) throws(ArchiveError) -> WriteCount {
    guard bars.count > 0 else { return WriteCount() }
    if writer == nil {
      let series = Series(key: key, grid: grid, calendar: named.name, source: form.source)
      writer = try SeriesWriter(series, form.vintage, in: database)
    }
    if form.order == .newestFirst { bars.reverse() }
    let written = try writer?.write(bars, on: grid, in: database) ?? WriteCount()
    bars = BarColumns()
    return written
  }

  /// Prices lie below 10¹⁰ with at most eight decimals, so finer units always fit.
  private mutating func refine(to finer: Grid) {
    let factor = Grid(decimals: finer.decimals - grid.decimals).unitsPerOne
    grid = finer
    bars.scalePrices(by: factor)
  }
}

extension Gathering {
  /// The trading day and the closing instant that a row's time stands for.
  private func close(of time: CsvTime) throws(CsvFault) -> (TradingDay, Instant) {
    guard form.interval != .day else { return try dayClose(of: time) }
    guard let second = time.second else {
      throw CsvFault(field: .datetime, expected: "a time of day beside the date")
    }
    let stamp = zone.instant(time.day, seconds: second)
    guard let (slot, closes) = form.stamp == .end ? ending(at: stamp) : starting(at: stamp) else {
      throw CsvFault(
        field: .datetime,
        expected: "the \(form.stamp.rawValue) of a \(form.interval.name) bar within the hours of "
          + "\(named.name)\(outside(stamp))")
    }
    return (slot.tradingDay, closes)
  }

  /// Hours of an exchange tell the trading day, and a column must agree; where trading never
  /// stops, the column decides.
  private func tradingDay(of row: CsvRow, _ told: TradingDay) throws(CsvFault) -> TradingDay {
    guard let written = row.tradingDay else { return told }
    if case .alwaysOpen = named.schedule { return written }
    guard written == told else {
      throw CsvFault(field: .tradingDay, expected: "\(told), by the hours of \(named.name)")
    }
    return told
  }

  /// What helps with a bar before the first or after the last session that the hours know.
  private func outside(_ stamp: Instant) -> String {
    guard case .sessions(let table) = named.schedule, let first = table.sessions.first,
      let last = table.sessions.last, stamp < first.opens || stamp > last.closes
    else { return "" }
    return ", which are known from \(first.tradingDay) to \(last.tradingDay); "
      + "for other days there is --calendar from-data"
  }

  /// A day's bar is named by its trading day and closes with the day's last session.
  private func dayClose(of time: CsvTime) throws(CsvFault) -> (TradingDay, Instant) {
    var (day, second) = (time.day, time.second ?? 0)
    if let written = time.second, written != 0, zone != named.schedule.zone {
      // Midnight there may be the evening before on the file's clock.
      (day, second) = named.schedule.zone.local(zone.instant(time.day, seconds: written))
    }
    guard second == 0 else {
      throw CsvFault(field: .datetime, expected: "a date alone, or midnight, for a day's bar")
    }
    guard let slot = named.schedule.slot(of: day) else {
      let midnight = named.schedule.zone.instant(day, seconds: 0)
      throw CsvFault(
        field: .datetime, expected: "a trading day of \(named.name)\(outside(midnight))")
    }
    return (slot.tradingDay, slot.closes)
  }

  private func ending(at stamp: Instant) -> (Slot, Instant)? {
    if case .fromData = named.schedule { return free(closing: stamp) }
    guard let slot = named.schedule.slot(closing: stamp, form.interval) else { return nil }
    if slot.closes == stamp { return (slot, stamp) }
    return isAuctionMinute(slot, closing: stamp) ? (slot, stamp) : nil
  }

  /// Where the bars tell the hours, a bar may end at any whole minute.
  private func free(closing stamp: Instant) -> (Slot, Instant)? {
    guard stamp.nanoseconds % 60_000_000_000 == 0 else { return nil }
    return named.schedule.slot(closing: stamp, form.interval).map { ($0, stamp) }
  }

  private func starting(at stamp: Instant) -> (Slot, Instant)? {
    if case .fromData = named.schedule {
      return free(closing: stamp.advanced(bySeconds: form.interval.seconds))
    }
    if let slot = named.schedule.slot(opening: stamp, form.interval), slot.opens == stamp {
      return (slot, slot.closes)
    }
    let end = stamp.advanced(bySeconds: form.interval.seconds)
    guard let slot = named.schedule.slot(closing: end, form.interval),
      isAuctionMinute(slot, closing: end)
    else { return nil }
    return (slot, end)
  }

  /// Sources keep the opening auction as a minute of its own, on the bell or before it.
  private func isAuctionMinute(_ slot: Slot, closing instant: Instant) -> Bool {
    form.interval == .minute && slot.isAuction(closing: instant)
      && instant.nanoseconds % 60_000_000_000 == 0
  }
}
