public import Archive
import Bars
public import Console
public import Market

extension MarketBook {
  /// The hours an instrument trades by, under the name the archive keeps with its bars.
  public func hours(_ symbol: Symbol) throws(Failure) -> NamedSchedule {
    guard symbol.exchange != .local else { return .alwaysOpen(.utc) }
    let (file, rules) = try rules(symbol)
    return NamedSchedule(
      name: "\(rules.product).\(rules.exchange.rawValue)",
      schedule: .sessions(timetable(rules, in: file)))
  }
}

extension Failure {
  /// What the archive says, as a program's ending.
  public init(_ error: ArchiveError) {
    self.init(.data, "\(error)")
  }
}

/// Runs something of the archive's and turns its error into a program's ending.
public func withArchive<Value: ~Copyable>(
  _ work: () throws(ArchiveError) -> Value
) throws(Failure) -> Value {
  do { return try work() } catch { throw Failure(error) }
}
