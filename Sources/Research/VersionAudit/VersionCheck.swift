/// What an audit asks of a version.
public enum VersionCheck: String, CaseIterable, Hashable, Sendable {
  /// The recipe's columns know nothing of the future.
  case features
  /// Where instruments are compared, none of them is seen later than the instant.
  case compared
  /// A label begins after what the model may see, and is known when its exit is.
  case labels
  /// Every fold learned from what came before its test.
  case order
  /// No outcome learned from was still open when the test began.
  case purge
  /// No row was forecast twice.
  case tests
  /// Scalers are those of the training rows alone.
  case scaler
  /// Folds done anew from their training rows give the very forecasts.
  case forecasts
  /// No score is too good to be believed.
  case bands
  /// With outcomes dealt anew nothing is found.
  case permuted
  /// With the label among the features everything is found: otherwise the audit itself is blind.
  case canary
  /// Columns of noise are worth nothing.
  case noise
  /// What a column told a bar early would look like.
  case early
}

/// What an audit found under one check.
public struct AuditFinding: Hashable, Sendable {
  public let check: VersionCheck
  /// A leak, or something that only a leak explains.
  public let isAlarm: Bool
  public let told: String

  public init(_ check: VersionCheck, isAlarm: Bool, _ told: String) {
    self.check = check
    self.isAlarm = isAlarm
    self.told = told
  }
}
