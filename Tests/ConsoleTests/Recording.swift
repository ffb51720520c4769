import Console
import Foundation

/// Two streams that remember what was said, and a clock the test turns by hand.
final class Recording: @unchecked Sendable {
  private let lock = NSLock()
  private var outputText = ""
  private var talkText = ""
  private var clockNanos: Int64 = 0

  var output: String { lock.withLock { outputText } }
  var talk: String { lock.withLock { talkText } }

  func pass(seconds: Double) { lock.withLock { clockNanos += Int64(seconds * 1e9) } }

  func streams(
    terminal: Bool = false, columns: Int = 80, environment: [String: String] = [:]
  ) -> Streams {
    Streams(
      output: { text in self.lock.withLock { self.outputText += text } },
      talk: { text in self.lock.withLock { self.talkText += text } },
      outputIsTerminal: terminal, talkIsTerminal: terminal, columns: columns,
      environment: environment, nanos: { self.lock.withLock { self.clockNanos } })
  }
}

/// What a command line of a program gives.
struct Answer {
  let exitCode: ExitCode
  let output: String
  let talk: String

  init(
    _ program: Program, _ words: [String], terminal: Bool = false, columns: Int = 80,
    environment: [String: String] = [:]
  ) {
    let recording = Recording()
    exitCode = program.run(
      words,
      on: recording.streams(terminal: terminal, columns: columns, environment: environment))
    output = recording.output
    talk = recording.talk
  }
}

/// A small generator with a seed, for inputs nobody thought of.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
