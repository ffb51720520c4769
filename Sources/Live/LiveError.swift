public import Journal

/// Why an event could not be handed over.
public enum InboxError: Error, Equatable, Sendable {
  /// The run does not keep up; the event is not forgotten but refused.
  case full(limit: Int)
  /// The run has ended.
  case closed(Closing)
}

/// How an inbox came to take no more.
public enum Closing: Hashable, Sendable {
  /// All has been put; what is queued is still taken.
  case finished
  /// A person or a signal asked for an end; what is queued was never taken and is dropped.
  case stopped
  /// Whoever fed it has failed, for a reason told to people; what is queued is still taken.
  case failed(String)
}

/// Why a live run ended otherwise than by its end.
public enum LiveError: Error, Equatable, Sendable {
  /// What was taken is kept up to the last durable commit.
  case journal(JournalError)
  /// The feed failed; the run took all it had brought.
  case feed(String)
  /// The system gave no thread.
  case thread(name: String, code: Int32)
}

extension InboxError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .full(let limit): "the run does not keep up: \(limit) events are waiting"
    case .closed(.finished): "the run takes no more events: its end was told"
    case .closed(.stopped): "the run takes no more events: it was stopped"
    case .closed(.failed(let reason)): "the run takes no more events: \(reason)"
    }
  }
}

extension LiveError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .journal(let error): error.description
    case .feed(let reason): "the feed failed: \(reason)"
    case .thread(let name, let code): "the system gave no thread for \(name) (error \(code))"
    }
  }
}
