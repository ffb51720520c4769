public import Market

/// The order of the rows of one or many series: by instant, and within an instant by instrument.
///
/// A row's *moment* is the place of its instant among the distinct ones. Time is counted in moments, so that
/// a panel is cut through all of its instruments at once; of a single series each row is a moment.
public struct Chronology: Sendable {
  /// Of each row, whose it is.
  public let instruments: [Int32]
  /// Of each row, its moment.
  public let moments: [Int32]
  /// By instrument, where each of its own rows lies: what a window runs along.
  public let chains: [[Int32]]
  /// The first row of each moment, then the end.
  private let starts: [Int32]

  /// One series of so many rows.
  public init(rows: Int) {
    instruments = [Int32](repeating: 0, count: rows)
    moments = Array(0..<Int32(rows))
    chains = [moments]
    starts = Array(0...Int32(rows))
  }

  /// Many series by the instants of their rows, which rise in each.
  public init(of series: [[Instant]]) {
    var order: [(instant: Instant, instrument: Int32)] = []
    order.reserveCapacity(series.reduce(0) { $0 + $1.count })
    for (index, instants) in series.enumerated() {
      order += instants.map { ($0, Int32(index)) }
    }
    order.sort { $0 < $1 }
    var chains = series.map { _ in [Int32]() }
    var (moments, starts) = ([Int32](), [Int32]())
    for (row, (instant, instrument)) in order.enumerated() {
      let isNext = row == 0 || order[row - 1].instant != instant
      precondition(
        isNext || order[row - 1].instrument != instrument, "a series has one row per instant")
      if isNext { starts.append(Int32(row)) }
      moments.append(Int32(starts.count - 1))
      chains[Int(instrument)].append(Int32(row))
    }
    instruments = order.map(\.instrument)
    self.moments = moments
    self.chains = chains
    self.starts = starts + [Int32(order.count)]
  }

  public var rows: Int { moments.count }

  /// How many moments there are.
  public var count: Int { starts.count - 1 }

  /// The rows of one moment, one for each instrument that had a bar.
  public func rows(at moment: Int) -> Range<Int> { rows(moment..<moment + 1) }

  /// The rows of a stretch of moments.
  public func rows(_ moments: Range<Int>) -> Range<Int> {
    Int(starts[moments.lowerBound])..<Int(starts[moments.upperBound])
  }

  /// The values of each series, row by row of all.
  public func merged<Value>(_ series: [[Value]]) -> [Value] {
    precondition(
      series.count == chains.count
        && zip(series, chains).allSatisfy { $0.count == $1.count }, "a value per row")
    guard series.count != 1 else { return series[0] }
    var next = [Int](repeating: 0, count: series.count)
    return instruments.map { instrument in
      defer { next[Int(instrument)] += 1 }
      return series[Int(instrument)][next[Int(instrument)]]
    }
  }
}
