public import Trading

/// Where feeds, brokers and timers leave events for the one thread that runs the loop; it never holds more than
/// its limit.
public final class Inbox: @unchecked Sendable {
  public let limit: Int
  private let gate = Gate()
  // All below is touched only while the gate is held.
  private var queued: [Event] = []
  private var closing: Closing?

  public init(limit: Int) {
    precondition(limit > 0, "an inbox holds something")
    self.limit = limit
    queued.reserveCapacity(limit)
  }

  /// Leaves an event, or says that there is no room: for a sender who must not wait.
  public func put(_ event: Event) throws(InboxError) {
    gate.lock()
    defer { gate.unlock() }
    if let closing { throw .closed(closing) }
    guard queued.count < limit else { throw .full(limit: limit) }
    queued.append(event)
    gate.wakeAll()
  }

  /// Leaves an event as soon as there is room: for a feed that can be held up.
  public func wait(toPut event: Event) throws(InboxError) {
    gate.lock()
    defer { gate.unlock() }
    while closing == nil, queued.count >= limit { gate.wait() }
    if let closing { throw .closed(closing) }
    queued.append(event)
    gate.wakeAll()
  }

  /// Takes no more from now on; only the first closing counts, but a stop also ends one that is finishing.
  public func close(_ how: Closing) {
    gate.lock()
    defer { gate.unlock() }
    if closing == nil || how == .stopped { closing = how }
    if closing == .stopped { queued.removeAll(keepingCapacity: true) }
    gate.wakeAll()
  }

  /// Waits for events and moves all of them into `batch`, oldest first; the two trade their buffers, so that
  /// nothing is allocated. Returns how it ended once the inbox is closed and empty.
  public func drain(into batch: inout [Event]) -> Closing? {
    batch.removeAll(keepingCapacity: true)
    gate.lock()
    defer { gate.unlock() }
    while queued.isEmpty, closing == nil { gate.wait() }
    guard !queued.isEmpty else { return closing }
    swap(&queued, &batch)
    gate.wakeAll()
    return nil
  }
}
