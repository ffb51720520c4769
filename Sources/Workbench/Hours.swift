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
      schedule: .sessions(timetable(rules, in: file, of: symbol)))
  }

  /// The hours that a series was kept by: those its calendar names, or the instrument's own.
  public func hours(_ symbol: Symbol, _ calendar: String) throws(Failure) -> NamedSchedule {
    if let named = NamedSchedule.named(calendar, symbol.exchange.zone) { return named }
    return try hours(symbol)
  }
}

extension WorkSettings {
  /// Whether there is an archive yet.
  public var hasArchive: Bool { isFile(archivePath) }

  /// The archive, to read from.
  public func archive() throws(Failure) -> BarStore {
    let path = archivePath
    guard isFile(path) else {
      throw Failure(
        .data, "\(path): there is no archive here yet",
        remedy: "Fill one with data make or data import, or name yours with paths.archive.")
    }
    return try withArchive { () throws(ArchiveError) in try BarStore(reading: path) }
  }
}

extension Failure {
  /// What the archive says, as a program's ending.
  public init(_ error: ArchiveError) {
    self.init(.data, "\(error)", remedy: error.remedy)
  }
}

/// Runs something of the archive's and turns its error into a program's ending.
public func withArchive<Value: ~Copyable>(
  _ work: () throws(ArchiveError) -> Value
) throws(Failure) -> Value {
  do { return try work() } catch { throw Failure(error) }
}
