import Market
import Trading

/// The same figures for machines: keys in a fixed order, money as exact text, absent figures as null.
extension RunReport {
  public var json: JsonValue {
    .object([
      .init("title", .text(title)),
      .init("instruments", .list(instruments.map { .text($0.symbol.description) })),
      .init("currency", .text(currency)),
      .init("firstDay", .text(ledger.days.first?.day.description)),
      .init("lastDay", .text(ledger.days.last?.day.description)),
      .init("tradingDays", .count(performance.tradingDays)),
      .init("daysPerYear", .count(performance.convention.daysPerYear)),
      .init("figures", .object(resultFields + riskFields)),
      .init("trades", .object(tradeFields)),
      .init("costs", .object(costFields)),
      .init("orders", .object(orderFields)),
      .init("denials", .object(ledger.denials.map { .init($0.rule.name, .count($0.count)) })),
      .init("alarms", .count(ledger.alarmCount)),
      .init("baselines", .list(baselineRows)),
      .init("remarks", .list((remarks + notes).map { .text($0) })),
      .init("lineage", .object(lineage.map { .init($0.name, .text($0.value)) })),
    ])
  }

  private var resultFields: [JsonValue.Field] {
    [
      .init("initialEquity", .money(performance.initial)),
      .init("finalEquity", .money(performance.final)),
      .init("openProfit", .money(ledger.openProfit)),
      .init("totalReturn", .number(performance.totalReturn)),
      .init("annualReturn", .number(performance.annualReturn)),
      .init("volatility", .number(performance.volatility)),
      .init("calmar", .number(performance.calmar)),
      .init("winningDays", .number(performance.winningDays)),
      .init("bestFiveDaysShare", .number(performance.bestFiveShare)),
      .init("bestDay", day(performance.bestDay)),
      .init("worstDay", day(performance.worstDay)),
      .init("timeInMarket", .number(performance.timeInMarket)),
    ]
  }

  private var riskFields: [JsonValue.Field] {
    let sharpe = performance.sharpe
    let fall = performance.drawdown
    return [
      .init("sharpe", .number(sharpe?.ratio)),
      .init("sharpeStandardError", .number(sharpe?.standardError)),
      .init("sharpeLow", .number(sharpe?.interval?.lowerBound)),
      .init("sharpeHigh", .number(sharpe?.interval?.upperBound)),
      .init("sharpeConfidence", .number(performance.convention.confidence)),
      .init("sharpeAboveZero", .number(sharpe?.probabilityPositive)),
      .init("maxDrawdown", .number(fall?.depth)),
      .init("maxDrawdownLoss", .money(fall?.loss)),
      .init("maxDrawdownFrom", .text(fall.map { NumberText.moment($0.peakAt, zone) })),
      .init("maxDrawdownTo", .text(fall.map { NumberText.moment($0.troughAt, zone) })),
      .init(
        "maxDrawdownRecovered", .text(fall?.recoveredAt.map { NumberText.moment($0, zone) })),
      .init("maxDrawdownDays", fall.map { .count($0.lengthDays) } ?? .null),
    ]
  }

  private var tradeFields: [JsonValue.Field] {
    let trades = performance.trades
    return [
      .init("count", .count(trades.count)), .init("wins", .count(trades.wins)),
      .init("longs", .count(trades.longs)), .init("net", .money(trades.net)),
      .init("winRate", .number(trades.winRate)),
      .init("averageWin", .number(trades.averageWin)),
      .init("averageLoss", .number(trades.averageLoss)),
      .init("profitLossRatio", .number(trades.profitLossRatio)),
      .init("profitFactor", .number(trades.profitFactor)),
      .init("best", .money(trades.best)), .init("worst", .money(trades.worst)),
      .init("meanBarsHeld", .number(trades.meanBarsHeld)),
    ]
  }

  private var costFields: [JsonValue.Field] {
    let costs = performance.costs
    return [
      .init("turnover", .money(costs.turnover)), .init("fees", .money(costs.fees)),
      .init("slippage", .money(costs.slippage)), .init("grossProfit", .money(costs.gross)),
      .init("feesShareOfGross", .number(costs.shareOfGross)),
      .init("feesPaidRate", .number(costs.paid)),
      .init("breakEvenRate", .number(costs.breakEven)),
      .init("turnsPerYear", .number(costs.turnsPerYear)),
    ]
  }

  private var orderFields: [JsonValue.Field] {
    let tally = ledger.tally
    return [
      .init("sent", .count(tally.orders)), .init("fills", .count(tally.fills)),
      .init("refused", .count(tally.refused)), .init("cancelled", .count(tally.cancelled)),
      .init("cancelsRefused", .count(tally.cancelsRefused)),
      .init("expired", .count(tally.expired)), .init("forecasts", .count(tally.forecasts)),
      .init("bars", .count(tally.bars)), .init("peakMargin", .money(tally.peakMargin)),
      .init("peakExposure", .money(tally.peakExposure)),
    ]
  }

  private var baselineRows: [JsonValue] {
    baselines.map { line in
      let figures = ReturnFigures(line.returns, performance.convention)
      return .object([
        .init("name", .text(line.name)), .init("totalReturn", .number(figures.total)),
        .init("annualReturn", .number(figures.annual)),
        .init("volatility", .number(figures.volatility)), .init("sharpe", .number(figures.sharpe)),
        .init("maxDrawdown", .number(figures.drawdown)),
      ])
    }
  }

  private func day(_ result: DailyResult?) -> JsonValue {
    guard let result else { return .null }
    return .object([
      .init("day", .text(result.day.description)), .init("profit", .money(result.profit)),
      .init("return", .number(result.simpleReturn)),
    ])
  }
}
