public import Console
import Engine
public import Market
public import Training

extension WorkSettings {
  /// What a change of position costs at each row by the dated rules of its market: fees of one lot at the
  /// row's own price. Least charges of an order are left out, as they hang on its size. The series are the
  /// evidence's instruments in their order.
  public func rowCosts(
    _ evidence: Evidence, _ series: [LoadedSeries]
  ) throws(Failure) -> (costs: [RowCost], days: [TradingDay]) {
    let terms = try terms(series)
    var walkers = series.map { Priced($0) }
    var costs: [RowCost] = []
    var days: [TradingDay] = []
    for row in evidence.instants.indices {
      let place = Int(evidence.instruments[row])
      guard series.indices.contains(place),
        let bar = walkers[place].bar(closing: evidence.instants[row])
      else {
        throw Failure(
          .data, "the archive has no bar for the forecast of \(utcText(evidence.instants[row]))",
          remedy: "Load the bars the version was made from.")
      }
      do throws(RuleGap) {
        costs.append(
          try walkers[place].cost(bar, InstrumentIndex(place), terms))
      } catch { throw Failure(error) }
      days.append(bar.tradingDay)
    }
    return (costs, days)
  }
}

/// A series that is gone through once, in the order of time, with the rules of the day it is at.
private struct Priced {
  private let series: LoadedSeries
  private var next = 0
  private var day: InstrumentDay?

  init(_ series: LoadedSeries) { self.series = series }

  mutating func bar(closing instant: Instant) -> Bar? {
    let bars = series.bars
    while next < bars.count, bars[next].closedAt < instant { next += 1 }
    return next < bars.count && bars[next].closedAt == instant ? bars[next] : nil
  }

  mutating func cost(
    _ bar: Bar, _ instrument: InstrumentIndex, _ terms: DailyTerms
  ) throws(RuleGap) -> RowCost {
    if day?.day != bar.tradingDay {
      let before = series.bars[..<next].last { $0.tradingDay < bar.tradingDay }
      day = try terms(instrument, bar.tradingDay, before?.close)
    }
    guard let day else { preconditionFailure("the day was just asked for") }
    let worth = day.worth(bar.close, lots: 1).value
    let share = { (fee: Fee) in fee.rate.value + (worth > 0 ? fee.perLot.value / worth : 0) }
    return RowCost(
      open: share(day.fees.open), close: share(day.fees.close),
      closeToday: share(day.fees.closeToday), sale: day.fees.saleTax.value,
      tick: Double(day.tick) / Double(max(1, bar.close.units)), mayShort: day.mayShort)
  }
}
