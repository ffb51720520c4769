public import Console
public import Engine
public import Market
import Trading

extension RunDescription {
  /// The money the run began with.
  public func cash(_ path: String) throws(Failure) -> Money {
    try desk(path).portfolio.account.balance
  }

  /// Steps a fresh desk through the records and returns its account at their end; the first decision that
  /// comes out otherwise is a failure with both tellings.
  public func replay(_ records: [Record], of path: String) throws(Failure) -> Account {
    try replay(records, of: path) { _, _, _ in }
  }

  /// The same, told of every step.
  func replay(
    _ records: [Record], of path: String, watching: (Event, Desk, Decisions) -> Void
  ) throws(Failure) -> Account {
    let fresh = try desk(path)
    do throws(Divergence) {
      return try Engine.replay(records, through: fresh, watching: watching).portfolio.account
    } catch {
      throw Failure(
        .failed,
        "\(path): record \(error.index): recorded \(Self.text(error.recorded)), "
          + "replayed \(Self.text(error.replayed))")
    }
  }

  private static func text(_ record: Record?) -> String {
    record.map { "\($0)" } ?? "nothing"
  }
}
