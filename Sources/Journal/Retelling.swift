import Engine
import Trading

/// Hands out a journal's inputs and compares what a loop tells of them with what was recorded.
final class Retelling: Recording {
  /// What was told behind the end of the records.
  private(set) var missing: [Record] = []
  private var past: JournalReader?
  private let path: String
  private var fault: JournalError?
  private var compared = 0
  private var handed = 0
  private var isAtEnd = false

  init(_ past: consuming JournalReader) {
    path = past.path
    self.past = consume past
  }

  /// The next input to take; `nil` after the last one. Throws what taking the one before has shown.
  func nextInput() throws(JournalError) -> Event? {
    if let fault { throw fault }
    while past?.admitted == handed {
      if past?.isFrameTold == false { throw divergence(try past?.next(), nil) }
      guard try past?.load() == true else { return nil }
    }
    handed += 1
    return past?.input(handed - 1)
  }

  func append(_ record: Record) {
    guard fault == nil else { return }
    do throws(JournalError) {
      let recorded = isAtEnd ? nil : try past?.next()
      if let recorded {
        if recorded != record { throw divergence(recorded, record) }
        compared += 1
      } else {
        isAtEnd = true
        missing.append(record)
      }
    } catch { fault = error }
  }

  func secure() {}

  /// The reader at the journal's end, once all inputs have been taken.
  func finish() -> JournalReader {
    guard let past = past.take() else { preconditionFailure("a retelling ends once") }
    return past
  }

  private func divergence(_ recorded: Record?, _ replayed: Record?) -> JournalError {
    .diverged(
      path: path, Divergence(index: compared, recorded: recorded, replayed: replayed))
  }
}
