import Glibc

/// One thread of a run and what it came to: whoever starts it waits for its end.
public struct Lane<Outcome>: ~Copyable {
  private let errand: Errand<Outcome>
  private var thread: pthread_t?

  /// Starts `body` on a thread of its own; the name is for the error where there is none to be had.
  public init(named name: String, _ body: sending @escaping () -> Outcome) throws(LiveError) {
    errand = Errand(body)
    var started = pthread_t()
    let held = Unmanaged.passRetained(errand as AnyErrand)
    let code = pthread_create(
      &started, nil,
      { pointer in
        Unmanaged<AnyErrand>.fromOpaque(pointer!).takeRetainedValue().run()
        return nil
      }, held.toOpaque())
    guard code == 0 else {
      held.release()
      throw .thread(name: name, code: code)
    }
    thread = started
  }

  deinit { if let thread { pthread_join(thread, nil) } }

  /// Waits for the thread's end and takes what it came to.
  public consuming func join() -> sending Outcome {
    if let thread { pthread_join(thread, nil) }
    thread = nil
    return errand.takeOutcome()
  }
}

/// What the C side calls: it cannot name a generic class.
private class AnyErrand {
  func run() {}
}

/// A body on its way to another thread, and its outcome on the way back; the two sides never meet, as the
/// one begins after the start and the other after the join.
private final class Errand<Outcome>: AnyErrand {
  private var body: (() -> Outcome)?
  private nonisolated(unsafe) var outcome: Outcome?

  init(_ body: @escaping () -> Outcome) {
    self.body = body
  }

  override func run() {
    outcome = body?()
    body = nil
  }

  func takeOutcome() -> sending Outcome {
    guard let taken = outcome.take() else {
      preconditionFailure("a joined thread has an outcome")
    }
    nonisolated(unsafe) let handed = taken
    return handed
  }
}
