import Bars
import Market

/// The rows of one symbol between being read and being written.
struct Gathering {
  let symbol: Symbol
  private let named: NamedSchedule
  private let form: CsvForm
  private var grid = Grid(decimals: 0)
  private(set) var bars = BarColumns()
  /// The trading day of the row before.
  private var lastDay = TradingDay(days: 0)
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

  var decimals: Int { Int(grid.decimals) }

  /// The stretch of trading that the row before lies in; day's bars follow no clock.
  var stretch: Stretch? {
    guard form.interval != .day, let lastClose else { return nil }
    return named.schedule.stretch(closing: Instant(nanoseconds: lastClose), form.interval)
  }

  /// The clock of the stamps, unless it is changed on that day.
  func evenZone(on day: TradingDay) -> Zone? {
    let offsets = [0, 86_400].map { zone.offsetSeconds(at: zone.instant(day, seconds: $0)) }
    return offsets[0] == offsets[1] ? zone : nil
  }

  mutating func add(_ row: CsvRow) throws(CsvFault) {
    let (told, closes) = try close(of: row.time)
    let day = try tradingDay(of: row, told)
    if let lastClose { try checkOrder(closes.nanoseconds, after: lastClose) }
    lastClose = closes.nanoseconds
    lastDay = day
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

  /// Takes rows of the same day as the one before.
  mutating func add(_ rows: borrowing PlainRows) {
    guard let last = rows.column(0).last else { return }
    lastClose = last
    bars.closedAtNanos.append(contentsOf: rows.column(0))
    bars.tradingDays.append(contentsOf: repeatElement(lastDay.days, count: rows.count))
    bars.open.append(contentsOf: rows.column(1))
    bars.high.append(contentsOf: rows.column(2))
    bars.low.append(contentsOf: rows.column(3))
    bars.close.append(contentsOf: rows.column(4))
    bars.volume.append(contentsOf: rows.column(5))
    bars.turnover.append(contentsOf: rows.turnovers)
    bars.openInterest.append(contentsOf: rows.column(6))
  }

  private func checkOrder(_ closes: Int64, after last: Int64) throws(CsvFault) {
    guard closes != last else {
      throw CsvFault(field: .datetime, expected: "each time once", remedy: .repeated)
    }
    let isNewestFirst = form.order == .newestFirst
    guard (closes < last) == isNewestFirst else {
      throw CsvFault(
        field: .datetime,
        expected: "times in order, \(isNewestFirst ? "newest" : "oldest") first",
        remedy: .order)
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
    forget()
    return written
  }

  mutating func forget() { bars.removeAll() }

  /// Prices lie below 10¹⁰ with at most eight decimals, so finer units always fit.
  private mutating func refine(to finer: Grid) {
    let factor = Grid(decimals: finer.decimals - grid.decimals).unitsPerOne
    grid = finer
    bars.scalePrices(by: factor)
  }
}

extension Gathering {
  /// What turnover mostly is of volume times price, which for shares must be about one; `nil` where
  /// nothing can be said.
  var turnoverShare: Double? {
    guard form.adjustment == .none, symbol.exchange.tradesShares else { return nil }
    let unit = Double(grid.unitsPerOne)
    var shares = (0..<min(bars.count, 1_000)).compactMap { row -> Double? in
      guard bars.volume[row] > 0, bars.turnover[row] > 0 else { return nil }
      let price = Double(bars.high[row] + bars.low[row]) / 2 / unit
      return bars.turnover[row] / (Double(bars.volume[row]) * price)
    }
    shares.sort()
    return shares.isEmpty ? nil : shares[shares.count / 2]
  }

  /// The trading day and the closing instant that a row's time stands for.
  private func close(of time: CsvTime) throws(CsvFault) -> (TradingDay, Instant) {
    guard form.interval != .day else { return try dayClose(of: time) }
    guard let second = time.second else {
      throw CsvFault(
        field: .datetime, expected: "a time of day beside the date", remedy: .interval)
    }
    let stamp = zone.instant(time.day, seconds: second)
    guard let (slot, closes) = form.stamp == .end ? ending(at: stamp) : starting(at: stamp) else {
      throw CsvFault(
        field: .datetime,
        expected: "the \(form.stamp.rawValue) of a \(form.interval.name) bar within the hours of "
          + "\(named.name)\(outside(stamp))", remedy: .hours)
    }
    return (slot.tradingDay, closes)
  }

  /// Hours of an exchange tell the trading day, and a column must agree; where trading never
  /// stops, the column decides.
  private func tradingDay(of row: CsvRow, _ told: TradingDay) throws(CsvFault) -> TradingDay {
    guard let written = row.tradingDay else { return told }
    if case .alwaysOpen = named.schedule { return written }
    guard written == told else {
      throw CsvFault(
        field: .tradingDay, expected: "\(told), by the hours of \(named.name)", remedy: .hours)
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
      throw CsvFault(
        field: .datetime, expected: "a date alone, or midnight, for a day's bar",
        remedy: .interval)
    }
    guard let slot = named.schedule.slot(of: day) else {
      let midnight = named.schedule.zone.instant(day, seconds: 0)
      throw CsvFault(
        field: .datetime, expected: "a trading day of \(named.name)\(outside(midnight))",
        remedy: .day)
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
