import Market

/// What a reader must know before believing a figure; every remark follows from the figures themselves.
extension RunReport {
  static let fewTrades = 30

  var remarks: [String] {
    guard !ledger.days.isEmpty else {
      return ["No trading day was seen: there is nothing to judge."]
    }
    return [
      luckRemark, marketRemark, tradesRemark, yearRemark, concentrationRemark, costRemark,
      openRemark, alarmRemark,
    ].compactMap { $0 }
  }

  private var luckRemark: String? {
    guard let sharpe = performance.sharpe, let interval = sharpe.interval else {
      return "There are too few days, or too little moved, to say anything about the Sharpe ratio."
    }
    let share = NumberText.percent(performance.convention.confidence, decimals: 0)
    let low = NumberText.fixed(interval.lowerBound, decimals: 2)
    let high = NumberText.fixed(interval.upperBound, decimals: 2)
    return interval.contains(0)
      ? "The \(share) interval of the Sharpe ratio, \(low) to \(high), holds zero: this result "
        + "cannot be told from luck."
      : "The \(share) interval of the Sharpe ratio is \(low) to \(high). It knows nothing of how "
        + "many versions were tried before this one."
  }

  private var marketRemark: String? {
    guard let market = baselines.first, let own = performance.totalReturn else { return nil }
    let held = ReturnFigures(market.returns, performance.convention).total
    guard held > own else { return nil }
    return "Holding the traded instruments in equal parts would have made "
      + "\(NumberText.percent(held)) before costs, more than this run."
  }

  private var tradesRemark: String? {
    let count = performance.trades.count
    guard count < Self.fewTrades else { return nil }
    return "\(NumberText.count(count)) finished \(count == 1 ? "trade is" : "trades are") too few "
      + "for win rate and profit factor to mean much; \(Self.fewTrades) is a modest least."
  }

  private var yearRemark: String? {
    guard performance.tradingDays < performance.convention.daysPerYear else { return nil }
    return "The run covers \(NumberText.count(performance.tradingDays)) trading days, less than a "
      + "year: annual figures stretch what was seen."
  }

  private var concentrationRemark: String? {
    guard let share = performance.bestFiveShare, share > 0.5 else { return nil }
    return "The five best days made \(NumberText.percent(share, decimals: 0)) of the profit."
  }

  private var costRemark: String? {
    guard let paid = performance.costs.paid, let most = performance.costs.breakEven else {
      return performance.costs.turnover > .zero ? "There was no profit before fees." : nil
    }
    return "Fees took \(NumberText.basisPoints(paid)) of turnover; at "
      + "\(NumberText.basisPoints(most)) nothing would have been left."
  }

  private var openRemark: String? {
    guard ledger.openProfit != .zero else { return nil }
    return "Positions still open at the end hold \(NumberText.money(ledger.openProfit)) "
      + "\(currency) of the result, valued at the last close."
  }

  private var alarmRemark: String? {
    guard ledger.alarmCount > 0 else { return nil }
    return "\(NumberText.count(ledger.alarmCount)) "
      + "\(ledger.alarmCount == 1 ? "alarm" : "alarms") rang during the run; see the end of this "
      + "page before trusting any figure."
  }
}
