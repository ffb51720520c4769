internal import Glibc
internal import Synchronization

/// The signal heard, or 0; touched before the handler exists, so that the handler only stores.
private let heard = Atomic<Int32>(0)

/// A polite request to stop, which a long job looks at between two steps.
///
/// Signals are caught only from the moment a job asks for this flag, so that a command which never
/// looks still dies at the first Ctrl-C. The second signal kills in any case.
public struct Cancellation: Sendable {
  public static func watch() -> Cancellation {
    heard.store(0, ordering: .relaxed)
    for number in [SIGINT, SIGTERM] {
      var previous = sigaction()
      sigaction(number, nil, &previous)
      // A signal the parent chose to ignore, as `nohup` does, stays ignored.
      if let handler = previous.__sigaction_handler.sa_handler,
        unsafeBitCast(handler, to: Int.self) == 1
      {
        continue
      }
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { number in
        heard.store(number, ordering: .relaxed)
        signal(SIGINT, SIG_DFL)
        signal(SIGTERM, SIG_DFL)
      }
      sigaction(number, &action, nil)
    }
    return Cancellation()
  }

  /// How the program should end, once somebody asked it to; nil until then.
  public var exitCode: ExitCode? {
    switch heard.load(ordering: .relaxed) {
    case SIGINT: .interrupted
    case SIGTERM: .terminated
    default: nil
    }
  }

  public var isRequested: Bool { exitCode != nil }

  /// Leaves a job through a `Failure` once somebody asked it to stop.
  public func check() throws(Failure) {
    if let exitCode { throw Failure(exitCode, "stopped on request") }
  }
}
