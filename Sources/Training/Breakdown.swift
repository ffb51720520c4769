internal import Bytes
public import Market

/// What forecasts are told apart by, to see where they come from.
public enum Breakdown: String, CaseIterable, Sendable {
  case fold
  case month
  case instrument
  case hour

  /// The rows of each part with its name, parts in order. `local` tells how far a clock on the spot is ahead of UTC;
  /// `names` holds the instruments'.
  public func parts(
    of evidence: Evidence, names: [String], local: (Instant) -> Int64
  ) -> [(name: String, evidence: Evidence)] {
    var rows: [Int: [Int]] = [:]
    for row in evidence.instants.indices {
      rows[key(evidence, row, local), default: []].append(row)
    }
    return rows.keys.sorted().map { key in
      (name(key, names), evidence.part(rows[key] ?? []))
    }
  }

  private func key(_ evidence: Evidence, _ row: Int, _ local: (Instant) -> Int64) -> Int {
    let instant = evidence.instants[row]
    switch self {
    case .fold: return Int(evidence.folds[row])
    case .instrument: return Int(evidence.instruments[row])
    case .month, .hour:
      let nanos = instant.nanoseconds + local(instant) * TimeText.nanosPerSecond
      let (days, time) = TimeText.split(nanos)
      if self == .hour { return Int(time / (3_600 * TimeText.nanosPerSecond)) }
      let civil = DateText.civil(days: days)
      return civil.year * 12 + civil.month - 1
    }
  }

  private func name(_ key: Int, _ names: [String]) -> String {
    switch self {
    case .fold: return "\(key)"
    case .instrument: return names.indices.contains(key) ? names[key] : "\(key)"
    case .hour: return (key < 10 ? "0" : "") + "\(key):00"
    case .month:
      let month = key % 12 + 1
      return "\(key / 12)-" + (month < 10 ? "0" : "") + "\(month)"
    }
  }
}
