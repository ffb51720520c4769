/// What an audit asks of every column.
public enum AuditCheck: String, CaseIterable, Hashable, Sendable {
  /// With the history cut after a row, all rows up to it stay as they were.
  case prefix
  /// With the bars after a row replaced by others, all rows up to it stay as they were.
  case future
  /// Bar by bar comes what the history gives.
  case stream
  /// A copy taken mid-stream goes on as the original does.
  case restore
  /// The start is forgotten after as many bars as were computed.
  case warmUp = "warm-up"
  /// No column is what is yet to be foretold.
  case outcome
}

/// Where a column failed a check.
public struct Leak: Hashable, Sendable {
  public let check: AuditCheck
  public let column: Int
  /// The first row that differs.
  public let row: Int
  /// How many rows differ.
  public let rows: Int
  /// Where the history was cut, altered, copied or begun.
  public let cut: Int
  /// The largest difference in the column's deviations, infinite where one value is absent; for
  /// the outcome its rank correlation.
  public let size: Double
}

/// What the audit found out about one column.
public struct AuditedColumn: Hashable, Sendable {
  public let name: String
  /// Bars after which the start made no more difference than 1e-6 deviations, or than the last
  /// two steps of single precision; `nil` if that never came.
  public let neededBars: Int?
  /// What the recipe computes; `nil` for columns made outside.
  public let computedBars: Int?
  /// Whether the level depends on the first bar for good, and is known to.
  public let isEndless: Bool
  /// The rank correlation with the outcome it comes nearest to; `nil` where nothing varies.
  public let outcome: Double?
}
