import Archive
public import Console
public import Features
import Market

extension LoadedSeries {
  /// Which bars' prices could be had: not those without a trade, where the series counts trades at all,
  /// and not those that stood at a limit of the day from beginning to end. `nil` where all could.
  public var isTradable: [Bool]? {
    let countsTrades = bars.contains { $0.volume > 0 }
    var day = bars.first?.tradingDay
    var known = day.flatMap { facts?.known(on: $0, grid) }
    let marks = bars.map { bar in
      if bar.tradingDay != day {
        day = bar.tradingDay
        known = facts?.known(on: bar.tradingDay, grid)
      }
      let isLocked = bar.high == bar.low && (bar.high == known?.highest || bar.low == known?.lowest)
      return !isLocked && (bar.volume > 0 || !countsTrades)
    }
    return marks.contains(false) ? marks : nil
  }
}

extension WorkSettings {
  /// Refuses, or tells of, labels that buy and sell within a day where the market has what is bought
  /// today sold tomorrow at the earliest.
  public func sameDayAlarm(_ series: LoadedSeries, _ labels: Labels) throws(Failure) -> String? {
    // Bars of a day cannot be entered and left within one.
    guard interval != .day, let last = series.bars.last, let terms = try? terms([series]),
      let rules = try? terms(last.instrument, last.tradingDay, last.close), rules.isNextDay
    else { return nil }
    let spans = labels.spans.compactMap { $0 }
    let sameDay = spans.count {
      series.bars[Int($0.entryRow)].tradingDay == series.bars[Int($0.exitRow)].tradingDay
    }
    guard sameDay > 0 else { return nil }
    let told =
      "\(series.symbol): \(sameDay) of \(spans.count) labels sell on the day they buy, "
      + "which this market does not allow"
    guard settings.choice("label.same_day") == "refuse" else { return told }
    throw Failure(
      .usage, told,
      remedy: "Lengthen label.horizon beyond a day, use daily bars (--set data.interval=1d), or "
        + "study them all the same with --set label.same_day=warn.")
  }
}
