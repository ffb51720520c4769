public import Market

/// The report of one run, from its ledger to a page and to the same figures as JSON.
public struct RunReport: Sendable {
  public let title: String
  public let ledger: Ledger
  /// In the order of the run's instrument indices.
  public let instruments: [Instrument]
  public let performance: Performance
  /// What the run has to beat; the equal-weighted market is always the first.
  public let baselines: [Baseline]
  /// Tables of forecast quality, as the judges of models hand them over.
  public let quality: [Table]
  /// Where everything came from: data fingerprint, model, recipe, settings.
  public let lineage: [Pair]
  /// Remarks of the caller's own.
  public let notes: [String]

  /// How many trades the page lists from the start and from the end.
  public static let listedTrades = 25

  public init(
    _ title: String, ledger: Ledger, instruments: [Instrument],
    convention: Convention = Convention(), baselines: [Baseline] = [], quality: [Table] = [],
    lineage: [Pair] = [], notes: [String] = []
  ) {
    precondition(
      baselines.allSatisfy { $0.returns.count == ledger.days.count }, "a return for every day")
    self.title = title
    self.ledger = ledger
    self.instruments = instruments
    self.quality = quality
    self.lineage = lineage
    self.notes = notes
    self.baselines =
      [Baseline(Self.marketName, returns: ledger.days.map(\.marketReturn))] + baselines
    performance = Performance(ledger, convention)
  }

  static let marketName = "Equal-weighted market"

  var zone: Zone { instruments.first?.symbol.exchange.zone ?? .utc }

  var currency: String { (instruments.first?.currency ?? .cny).code }

  func name(_ instrument: InstrumentIndex) -> String {
    instrument.value < instruments.count
      ? instruments[instrument.value].symbol.description : "instrument \(instrument.value)"
  }

  public var page: Page {
    let isEmpty = ledger.days.isEmpty
    let sections: [Section?] = [
      Section(nil, [.tiles(tiles)]),
      Section("What to keep in mind", [.remarks(remarks + notes)]),
      isEmpty ? nil : Section("Equity", charts),
      isEmpty ? nil : Section("Against doing something simpler", [.table(comparison)]),
      Section("Figures", [.table(riskTable), .table(tradeTable), .table(costTable)]),
      isEmpty ? nil : Section("Month by month", [.table(monthTable)]),
      quality.isEmpty ? nil : Section("Forecasts", quality.map { .table($0) }),
      Section("Instruments", [.table(instrumentTable)]),
      Section("Trades", [.table(tripTable)]),
      Section("Orders and risk", [.table(orderTable), .table(denialTable)] + alarmBlocks),
      lineage.isEmpty ? nil : Section("Where this comes from", [.pairs(lineage)]),
    ]
    return Page(title, subtitle: subtitle, sections: sections.compactMap { $0 })
  }

  private var subtitle: String {
    let names = instruments.prefix(6).map(\.symbol.description).joined(separator: ", ")
    let more = instruments.count > 6 ? " and \(instruments.count - 6) more" : ""
    guard let first = ledger.days.first?.day, let last = ledger.days.last?.day else {
      return names + more
    }
    let days = NumberText.count(ledger.days.count)
    return "\(names)\(more) · \(first) to \(last) · \(days) trading days · \(currency)"
  }
}

// MARK: - Headline

extension RunReport {
  private var tiles: [Tile] {
    let figures = performance
    let range = figures.sharpe?.interval.map { bounds in
      "\(NumberText.percent(figures.convention.confidence, decimals: 0)) interval "
        + "\(NumberText.fixed(bounds.lowerBound, decimals: 2)) to "
        + NumberText.fixed(bounds.upperBound, decimals: 2)
    }
    let fall = figures.drawdown.map { fall in
      "\(zone.local(fall.peakAt).day) to \(zone.local(fall.troughAt).day)"
    }
    return [
      Tile(
        "Total return", NumberText.percent(figures.totalReturn),
        note: "\(NumberText.money(figures.profit, isWhole: true)) \(currency) after costs"),
      Tile(
        "Annual return", NumberText.percent(figures.annualReturn),
        note: "compounded, \(figures.convention.daysPerYear) days a year"),
      Tile("Sharpe ratio", NumberText.fixed(figures.sharpe?.ratio, decimals: 2), note: range ?? ""),
      Tile("Deepest fall", NumberText.percent(figures.drawdown?.depth), note: fall ?? "none"),
      Tile("Calmar ratio", NumberText.fixed(figures.calmar, decimals: 2), note: "return over fall"),
      Tile(
        "Win rate", NumberText.percent(figures.trades.winRate, decimals: 1),
        note: "of \(NumberText.count(figures.trades.count)) trades"),
      Tile(
        "Profit/loss ratio", NumberText.fixed(figures.trades.profitLossRatio, decimals: 2),
        note: "average win over average loss"),
      Tile(
        "Fees", NumberText.money(figures.costs.fees, isWhole: true),
        note: figures.costs.shareOfGross.map {
          "\(NumberText.percent($0, decimals: 1)) of the profit before them"
        } ?? "no profit before them"),
    ]
  }

  private var charts: [Block] {
    let path = Drawdown.path(ledger)
    let axis = Axis.instants(ledger.curve.instants, zone)
    var blocks: [Block] = [
      .lines(
        LineChart(
          "Equity, \(currency)", axis: axis, measure: .money,
          series: [.init("Equity", ledger.curve.equity.map(\.value), isFilled: true)])),
      .lines(
        LineChart(
          "Fall from the last peak", axis: axis, measure: .percent,
          series: [.init("Fall", path, isFilled: true)], height: 0.6)),
    ]
    let returns = ledger.days.map { $0.simpleReturn ?? 0 }
    let own = LineChart.Series("This run", ReturnFigures.path(returns))
    let others = baselines.prefix(LineChart.tones - 1)
      .map { LineChart.Series($0.name, ReturnFigures.path($0.returns)) }
    blocks.append(
      .lines(
        LineChart(
          "Cumulative return", axis: .days(ledger.days.map(\.day)), measure: .percent,
          series: [own] + others)))
    return blocks + [.bars(profitBars)]
  }

  /// Profit by day, or by week or month where days would be too many to tell apart.
  private var profitBars: BarChart {
    let spans: [(name: String, key: (TradingDay) -> Int)] = [
      ("day", { Int($0.days) }), ("week", { Int($0.days + 3) / 7 }),
      ("month", { $0.civil.year * 12 + $0.civil.month }),
    ]
    let most = 450
    var chosen = (name: "month", days: [TradingDay](), values: [Double]())
    for span in spans {
      chosen = (span.name, [], [])
      var last: Int?
      for result in ledger.days {
        let key = span.key(result.day)
        if key != last {
          chosen.days.append(result.day)
          chosen.values.append(0)
        }
        chosen.values[chosen.values.count - 1] += result.profit.value
        last = key
      }
      if chosen.days.count <= most { break }
    }
    return BarChart(
      "Profit by \(chosen.name), \(currency)", axis: .days(chosen.days), measure: .money,
      values: chosen.values, height: 0.7)
  }
}
