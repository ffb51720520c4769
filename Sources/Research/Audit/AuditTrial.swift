import Features
import Market
import Numerics

/// The columns of one history, and the ways to make them again from another.
struct AuditTrial<Problem: Error> {
  let bars: [Bar]
  let terms: Audit.Terms
  let measure: Difference.Measure
  let making: ([Bar]) throws(Problem) -> FeatureMatrix
  let whole: FeatureMatrix
  /// The spread of each column's finite values.
  let deviations: [Double]
  /// Where the history is cut: rows before a cut are past.
  let cuts: [Int]

  init(
    bars: [Bar], _ terms: Audit.Terms, by measure: Difference.Measure,
    making: @escaping ([Bar]) throws(Problem) -> FeatureMatrix
  ) throws(Problem) {
    precondition(bars.count > 1, "an audit needs a history")
    self.bars = bars
    self.terms = terms
    self.measure = measure
    self.making = making
    let whole = try making(bars)
    precondition(whole.rows == bars.count, "a row per bar")
    self.whole = whole
    deviations = (0..<whole.columns).map { column in
      let values = (0..<whole.rows).map { Double(whole[$0, column]) }.filter(\.isFinite)
      return values.isEmpty ? 0 : Statistics.deviation(values, ddof: 0)
    }
    cuts = Self.cuts(of: bars.count, terms, measure)
  }

  /// Chance places, one in each equal piece of the history. Others' programs get at least a tenth of
  /// it, for they need not bear a handful of bars.
  private static func cuts(
    of rows: Int, _ terms: Audit.Terms, _ measure: Difference.Measure
  ) -> [Int] {
    var random = Xoshiro256(seed: terms.seed)
    let first = measure == .bits ? 1 : max(1, rows / 10)
    let count = min(terms.cuts, rows - first)
    guard count > 0 else { return [] }
    return (0..<count).map { piece in
      let start = first + (rows - first) * piece / count
      let end = first + (rows - first) * (piece + 1) / count
      return start + random.int(below: end - start)
    }
  }

  /// Rows that change when the bars after them are taken away.
  func prefixLeaks() throws(Problem) -> [Leak] {
    var leaks = Leaks(.prefix, columns: whole.columns)
    for cut in cuts {
      compare(try making(Array(bars[..<cut])), upTo: cut, into: &leaks)
    }
    return leaks.found
  }

  /// Rows that change when the bars after them are replaced by garbage.
  func futureLeaks() throws(Problem) -> [Leak] {
    var leaks = Leaks(.future, columns: whole.columns)
    for (index, cut) in cuts.enumerated() {
      let garbage = Garbage.allCases[index % Garbage.allCases.count]
      let altered = garbage.replace(bars, after: cut, seed: terms.seed + UInt64(index))
      compare(try making(altered), upTo: cut, into: &leaks)
    }
    return leaks.found
  }

  private func compare(_ part: FeatureMatrix, upTo cut: Int, into leaks: inout Leaks) {
    for column in 0..<whole.columns {
      leaks.note(difference(part, column, 0..<cut), column: column, cut: cut)
    }
  }

  func difference(
    _ part: FeatureMatrix, _ column: Int, _ rows: Range<Int>, shift: Int = 0
  ) -> Difference {
    Difference(
      part, whole, column: column, rows: rows, shift: shift, deviation: deviations[column],
      by: measure)
  }
}

/// The first leak of each column under one check, with the largest difference of all.
struct Leaks {
  private let check: AuditCheck
  private var byColumn: [Leak?]

  init(_ check: AuditCheck, columns: Int) {
    self.check = check
    byColumn = Array(repeating: nil, count: columns)
  }

  mutating func note(_ difference: Difference, column: Int, cut: Int) {
    guard let row = difference.first else { return }
    let known = byColumn[column]
    let isEarlier = row < known?.row ?? .max
    byColumn[column] = Leak(
      check: check, column: column, row: isEarlier ? row : known?.row ?? row,
      rows: max(difference.rows, known?.rows ?? 0), cut: isEarlier ? cut : known?.cut ?? cut,
      size: max(difference.size, known?.size ?? 0))
  }

  var found: [Leak] { byColumn.compactMap { $0 } }
}
