public import Engine
public import Journal
public import Market
public import Trading

/// A loop on a thread of its own, fed through an inbox, with every batch durable before it is taken.
public struct LiveRun<V: Venue & SendableMetatype, F: Forecasting & SendableMetatype>: ~Copyable {
  public typealias Loop = TradingLoop<V, F, JournalWriter>

  private let lane: Lane<Result<Loop, LiveError>>

  public init(_ loop: sending Loop, from inbox: Inbox) throws(LiveError) {
    precondition(inbox.limit <= JournalWriter.batchLimit, "a full inbox is one batch")
    // The thread alone has the loop from here on; `join` gives it back.
    nonisolated(unsafe) var loop = loop
    lane = try Lane(named: "loop") {
      do throws(LiveError) {
        try drive(&loop, from: inbox)
        return .success(loop)
      } catch { return .failure(error) }
    }
  }

  /// Waits until the inbox is closed and empty, and gives the loop back as it then stands.
  public consuming func join() throws(LiveError) -> sending Loop {
    try lane.join().get()
  }
}

/// Drains an inbox to its end on the caller's thread: one commit per batch, then each of its events.
///
/// When the journal breaks, the inbox is closed with its reason and nothing more is taken.
public func drive<V: Venue, F: Forecasting>(
  _ loop: inout TradingLoop<V, F, JournalWriter>, from inbox: Inbox
) throws(LiveError) {
  let closing: Closing
  do throws(JournalError) {
    closing = try takeAll(&loop, from: inbox)
  } catch {
    inbox.close(.failed(error.description))
    throw .journal(error)
  }
  if case .failed(let reason) = closing { throw .feed(reason) }
}

private func takeAll<V: Venue, F: Forecasting>(
  _ loop: inout TradingLoop<V, F, JournalWriter>, from inbox: Inbox
) throws(JournalError) -> Closing {
  var batch: [Event] = []
  while true {
    if let closing = inbox.drain(into: &batch) {
      loop.recorder.secure()
      try loop.recorder.throwIfBroken()
      return closing
    }
    try loop.recorder.admit(batch)
    for event in batch {
      loop.take(event)
      try loop.recorder.throwIfBroken()
    }
  }
}
