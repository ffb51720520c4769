public import Archive
public import Bars
public import Console
import Market

extension MarketBook {
  /// The gate for a series as the archive keeps it: its hours, and the price limits where rules know them.
  public func gate(of series: Series) throws(Failure) -> QualityGate {
    let symbol = series.key.symbol
    let limit = (try? rules(symbol).rules.priceLimit) ?? Timeline([])
    return QualityGate(
      schedule: try hours(symbol, series.calendar).schedule, interval: series.key.interval,
      priceLimit: limit, isAdjusted: series.key.adjustment != .none)
  }
}

extension WorkSettings {
  /// The worst grade that a day may have.
  public var grade: Grade {
    guard let grade = Grade(rawValue: settings.choice("data.grade")) else {
      preconditionFailure("the schema offers a grade that the gate does not know")
    }
    return grade
  }

  /// The bars that may be worked with: without the days a person excluded, and refused where a day
  /// is worse than demanded and nobody has decided on it.
  func judged(
    _ loaded: LoadedBars, in store: borrowing BarStore
  ) throws(Failure) -> LoadedBars {
    let key = loaded.series.key
    let decisions = try withArchive { () throws(ArchiveError) in
      try store.decisions(on: key, asOf: asOf(key.symbol))
    }.filter(\.holds)
    let kept = loaded.without(decisions.filter { $0.verdict != .accept }.map(\.day))
    guard grade < .d else { return kept }
    let gate = try MarketBook.read(home, of: [loaded.series.key.symbol.exchange]).gate(
      of: loaded.series)
    let decided = decisions.map(\.day)
    let bad = gate.check(loaded.columns).filter { $0.grade > grade && !decided.contains($0.day) }
    guard bad.isEmpty else {
      throw Failure(
        .data,
        bad.map { day in
          "\(key) \(day.day) is graded \(day.grade.rawValue), below \(grade.rawValue): "
            + day.findings.map { "\($0.fault.rawValue), \($0.detail)" }.joined(separator: "; ")
        },
        remedy: "Decide on each: data decide \(key.symbol) DAY accept|exclude|replace --reason "
          + "WHY, or demand less with data.grade.")
    }
    return kept
  }
}
