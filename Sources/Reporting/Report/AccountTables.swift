import Market
import Trading

/// What happened, row by row: months, instruments, trades, orders and refusals.
extension RunReport {
  /// Compounded returns of months under their years.
  var monthTable: Table {
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    var years: [YearReturns] = []
    for result in ledger.days {
      if years.last?.year != result.day.year { years.append(YearReturns(year: result.day.year)) }
      years[years.count - 1].add(result)
    }
    let columns = [.words("Year")] + (months + ["Year"]).map { Table.Column($0) }
    return Table(columns: columns, rows: years.map(\.row))
  }

  /// What every instrument brought, and what is still held of it.
  var instrumentTable: Table {
    var trips: [[RoundTrip]] = Array(repeating: [], count: ledger.instruments)
    for trip in ledger.trips { trips[trip.instrument.value].append(trip) }
    return Table(
      columns: [
        .words("Instrument"), Table.Column("Trades"), Table.Column("Win rate"),
        Table.Column("Profit factor"), Table.Column("Bars held"), Table.Column("Net profit"),
        Table.Column("Held long"), Table.Column("Held short"), Table.Column("Last price"),
      ],
      rows: trips.indices.map { index in
        let instrument = InstrumentIndex(index)
        let figures = TradeFigures(trips[index])
        let position = ledger.position(instrument)
        let grid = ledger.terms(instrument)?.grid
        return [
          name(instrument), NumberText.count(figures.count),
          NumberText.percent(figures.winRate, decimals: 1),
          NumberText.fixed(figures.profitFactor, decimals: 2),
          NumberText.fixed(figures.meanBarsHeld, decimals: 1), NumberText.money(figures.net),
          NumberText.count(Int(position.long.lots)), NumberText.count(Int(position.short.lots)),
          ledger.mark(instrument).flatMap { mark in
            grid.map { NumberText.grouped(mark.text(on: $0)) }
          } ?? "–",
        ]
      },
      note: "Net profit of finished trades; open ones stand at "
        + "\(NumberText.money(ledger.openProfit)) \(currency).")
  }

  /// The first and the last trades; a page that listed all of them would not open.
  var tripTable: Table {
    let trips = ledger.trips
    let most = Self.listedTrades
    let isCut = trips.count > 2 * most
    let shown =
      isCut
      ? Array(trips.indices.prefix(most)) + Array(trips.indices.suffix(most)) : Array(trips.indices)
    return Table(
      columns: [
        Table.Column("No."), .words("Instrument"), .words("Side"), Table.Column("Lots"),
        .words("Entered"), .words("Left"), Table.Column("Entry"), Table.Column("Exit"),
        Table.Column("Gross"), Table.Column("Fees"), Table.Column("Net"), Table.Column("Bars"),
      ],
      rows: isCut
        ? shown.prefix(most).map { row($0) } + [["⋯"] + Array(repeating: "", count: 11)]
          + shown.suffix(most).map { row($0) } : shown.map { row($0) },
      note: isCut
        ? "\(NumberText.count(trips.count - 2 * most)) trades between the first \(most) and the "
          + "last \(most) are left out." : "")
  }

  private func row(_ number: Int) -> [String] {
    let trip = ledger.trips[number]
    let grid = ledger.terms(trip.instrument)?.grid ?? Grid(decimals: 0)
    let decimals = Int(grid.decimals)
    return [
      NumberText.count(number + 1), name(trip.instrument), trip.side == .buy ? "long" : "short",
      NumberText.count(Int(trip.lots)), NumberText.moment(trip.entered, zone),
      NumberText.moment(trip.left, zone),
      NumberText.fixed(trip.entryPrice(on: grid), decimals: decimals),
      NumberText.fixed(trip.exitPrice(on: grid), decimals: decimals),
      NumberText.money(trip.gross), NumberText.money(trip.fees), NumberText.money(trip.net),
      NumberText.count(trip.barsHeld),
    ]
  }

  var orderTable: Table {
    let tally = ledger.tally
    return Table(
      columns: [
        "Orders", "Fills", "Refused", "Cancelled", "Cancels refused", "Expired", "Forecasts",
        "Bars",
      ]
      .map { Table.Column($0) } + [Table.Column("Peak margin"), Table.Column("Peak exposure")],
      rows: [
        [
          tally.orders, tally.fills, tally.refused, tally.cancelled, tally.cancelsRefused,
          tally.expired, tally.forecasts, tally.bars,
        ].map { NumberText.count($0) } + [
          NumberText.money(tally.peakMargin), NumberText.money(tally.peakExposure),
        ]
      ])
  }

  var denialTable: Table {
    Table(
      "Wishes that risk turned down",
      columns: [
        .words("Rule"), Table.Column("Times"), .words("Last"), .words("Instrument"),
        .words("Wish"), .words("Why"),
      ],
      rows: ledger.denials.map { denial in
        let wish = denial.last.map { last in
          "\(last.side == .buy ? "buy" : "sell") \(NumberText.count(Int(last.lots)))"
        }
        return [
          denial.rule.name, NumberText.count(denial.count),
          NumberText.moment(denial.lastAt, zone),
          denial.last.map { name($0.instrument) } ?? NumberText.absent, wish ?? NumberText.absent,
          denial.last.map { $0.reason(grid($0.instrument)) } ?? NumberText.absent,
        ]
      })
  }

  private func grid(_ instrument: InstrumentIndex) -> Grid {
    ledger.terms(instrument)?.grid ?? Grid(decimals: 0)
  }

  var alarmBlocks: [Block] {
    guard ledger.alarmCount > 0 else { return [] }
    let left = ledger.alarmCount - ledger.alarms.count
    let table = Table(
      "Alarms", columns: [.words("When"), .words("What"), Table.Column("Of")],
      rows: ledger.alarms.map { timed in
        [NumberText.moment(timed.at, zone), timed.alarm.telling, about(timed.alarm)]
      },
      note: left > 0 ? "\(NumberText.count(left)) more are left out." : "")
    return [.table(table)]
  }

  private func about(_ alarm: Alarm) -> String {
    switch alarm {
    case .strayFill(let id), .overfill(let id), .strayReport(let id), .missingLots(let id):
      "order \(id.value)"
    case .mustLeave(let instrument): name(instrument)
    }
  }
}

/// One year's returns, compounded by month.
private struct YearReturns {
  let year: Int
  var months: [Double?] = Array(repeating: nil, count: 12)
  var whole = 1.0

  mutating func add(_ result: DailyResult) {
    let month = result.day.civil.month - 1
    let growth = 1 + (result.simpleReturn ?? 0)
    months[month] = (months[month] ?? 1) * growth
    whole *= growth
  }

  var row: [String] {
    [String(year)]
      + (months + [whole]).map { NumberText.percent($0.map { $0 - 1 }, decimals: 1) }
  }
}
