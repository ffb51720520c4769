public import Trading

/// A thread that brings events to an inbox, held up while it is full, and closes it at the end.
public struct Feed<Fault: Error & Sendable>: ~Copyable {
  private let lane: Lane<Result<Int, Fault>>

  /// `source` gives the next event, or `nil` at the end; what it throws closes the inbox with that reason.
  public init(
    into inbox: Inbox, from source: sending @escaping () throws(Fault) -> Event?
  ) throws(LiveError) {
    lane = try Lane(named: "feed") {
      var count = 0
      do throws(Fault) {
        while let event = try source() {
          do throws(InboxError) { try inbox.wait(toPut: event) } catch { return .success(count) }
          count += 1
        }
        inbox.close(.finished)
        return .success(count)
      } catch {
        inbox.close(.failed("\(error)"))
        return .failure(error)
      }
    }
  }

  /// Waits for the end and returns how many events the inbox took.
  @discardableResult
  public consuming func join() throws(Fault) -> Int {
    try lane.join().get()
  }
}
