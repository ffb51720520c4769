import Market

/// The figures of a run as tables of name, value and what it means.
extension RunReport {
  private static let figureColumns: [Table.Column] = [
    .words("Figure"), Table.Column("Value"), Table.Column("How it is counted", .sentence),
  ]

  var riskTable: Table {
    let figures = performance
    let sharpe = figures.sharpe
    let share = NumberText.percent(figures.convention.confidence, decimals: 0)
    let fall = figures.drawdown
    return Table(
      "Return and risk", columns: Self.figureColumns,
      rows: [
        ["Equity at the start", NumberText.money(figures.initial), currency],
        ["Equity at the end", NumberText.money(figures.final), "open positions at the last close"],
        ["Total return", NumberText.percent(figures.totalReturn), "after all costs"],
        [
          "Annual return", NumberText.percent(figures.annualReturn),
          "compounded over \(NumberText.count(figures.tradingDays)) days, "
            + "\(figures.convention.daysPerYear) to a year",
        ],
        ["Volatility", NumberText.percent(figures.volatility), "of daily returns, per year"],
        ["Sharpe ratio", NumberText.fixed(sharpe?.ratio, decimals: 2), "daily returns, per year"],
        [
          "\u{2003}standard error", NumberText.fixed(sharpe?.standardError, decimals: 2),
          "allows for skew and fat tails",
        ],
        ["\u{2003}\(share) interval", interval(sharpe?.interval), "stationary bootstrap, seeded"],
        [
          "\u{2003}chance above 0",
          NumberText.percent(sharpe?.probabilityPositive, decimals: 1),
          "before any selection among versions",
        ],
        ["Deepest fall", NumberText.percent(fall?.depth), "from a peak, at every closed bar"],
        [
          "\u{2003}lasted", fall.map { "\(NumberText.count($0.lengthDays)) days" } ?? "–",
          lasted(fall),
        ],
        ["Calmar ratio", NumberText.fixed(figures.calmar, decimals: 2), "annual return over fall"],
        [
          "Best five days", NumberText.percent(figures.bestFiveShare, decimals: 1),
          "of the whole profit",
        ],
        ["Best day", NumberText.money(figures.bestDay?.profit), day(figures.bestDay)],
        ["Worst day", NumberText.money(figures.worstDay?.profit), day(figures.worstDay)],
        [
          "Winning days", NumberText.percent(figures.winningDays, decimals: 1),
          "of days that moved",
        ],
        [
          "Time in the market", NumberText.percent(figures.timeInMarket, decimals: 1),
          "of all bars",
        ],
      ])
  }

  var tradeTable: Table {
    let trades = performance.trades
    return Table(
      "Trades", columns: Self.figureColumns,
      rows: [
        [
          "Round trips", NumberText.count(trades.count),
          "flat to flat, \(NumberText.count(trades.longs)) long, "
            + "\(NumberText.count(trades.count - trades.longs)) short",
        ],
        ["Win rate", NumberText.percent(trades.winRate, decimals: 1), "after fees"],
        ["Average win", NumberText.fixed(trades.averageWin, decimals: 2), currency],
        ["Average loss", NumberText.fixed(trades.averageLoss, decimals: 2), currency],
        [
          "Profit/loss ratio", NumberText.fixed(trades.profitLossRatio, decimals: 2),
          "average win over average loss",
        ],
        ["Profit factor", NumberText.fixed(trades.profitFactor, decimals: 2), "wins over losses"],
        ["Best trade", NumberText.money(trades.best), "after fees"],
        ["Worst trade", NumberText.money(trades.worst), "after fees"],
        ["Mean holding", NumberText.fixed(trades.meanBarsHeld, decimals: 1), "bars"],
      ])
  }

  var costTable: Table {
    let costs = performance.costs
    return Table(
      "Costs", columns: Self.figureColumns,
      rows: [
        ["Turnover", NumberText.money(costs.turnover), "worth of all fills"],
        [
          "\u{2003}per year", NumberText.fixed(costs.turnsPerYear, decimals: 1),
          "times the equity at the start",
        ],
        ["Profit before fees", NumberText.money(costs.gross), "at the prices traded"],
        ["Fees", NumberText.money(costs.fees), "commission and taxes"],
        [
          "\u{2003}share of the profit before them",
          NumberText.percent(costs.shareOfGross, decimals: 1),
          "absent without a profit",
        ],
        ["\u{2003}paid", NumberText.basisPoints(costs.paid), "of turnover"],
        [
          "\u{2003}break-even", NumberText.basisPoints(costs.breakEven),
          "at which nothing would be left",
        ],
        [
          "Slippage", NumberText.money(costs.slippage),
          "against the last close when the order was sent, negative where better; within the profit already",
        ],
      ])
  }

  /// The run beside its baselines and beside doing nothing.
  var comparison: Table {
    let own = Baseline("This run", returns: ledger.days.map { $0.simpleReturn ?? 0 })
    let nothing = Baseline("Holding cash", returns: ledger.days.map { _ in 0 })
    return Table(
      columns: [
        .words("Daily closes"), Table.Column("Total return"), Table.Column("Annual return"),
        Table.Column("Volatility"), Table.Column("Sharpe ratio"), Table.Column("Deepest fall"),
      ],
      rows: ([own] + baselines + [nothing]).map { line in
        let figures = ReturnFigures(line.returns, performance.convention)
        return [
          line.name, NumberText.percent(figures.total), NumberText.percent(figures.annual),
          NumberText.percent(figures.volatility), NumberText.fixed(figures.sharpe, decimals: 2),
          NumberText.percent(figures.drawdown),
        ]
      },
      note: "The market is held in equal parts, set right every day and free of costs.")
  }

  private func interval(_ range: ClosedRange<Double>?) -> String {
    guard let range else { return NumberText.absent }
    return NumberText.fixed(range.lowerBound, decimals: 2) + " to "
      + NumberText.fixed(range.upperBound, decimals: 2)
  }

  private func lasted(_ fall: Drawdown?) -> String {
    guard let fall else { return "" }
    let end = fall.recoveredAt.map { "until \(zone.local($0).day)" } ?? "and not recovered"
    return "from \(zone.local(fall.peakAt).day) \(end)"
  }

  private func day(_ result: DailyResult?) -> String { result?.day.description ?? "" }
}
