import Bytes
public import Engine
import Trading

/// Reads a journal from its start, a frame at a time, and gives its records as the loop told them.
///
/// It changes nothing in the file, so it may read one that a run is writing: it then ends where that run was.
public struct JournalReader: ~Copyable {
  /// What the run said about itself when it began.
  public let description: [UInt8]
  /// The version its records were written in.
  let codec: UInt16
  /// All inputs of the frames read so far.
  public private(set) var admitted = 0
  /// Where the next frame begins or would begin.
  private(set) var end: Int
  /// The check of the last frame: the next one is chained to it.
  private(set) var chain: UInt32
  /// The inputs of the last frames; the first `taken` of them have been named by an outcome.
  private(set) var inputs: [Event] = []
  private(set) var taken = 0
  private var window: Window
  /// What is left of the frame's outcomes, as offsets in the file.
  private var cursor = 0
  private var outcomesEnd = 0

  public init(_ path: String) throws(JournalError) {
    try self.init(JournalFile(path, for: .reading))
  }

  init(_ file: consuming JournalFile) throws(JournalError) {
    window = Window(file)
    let header = try Header(&window)
    description = header.description
    codec = header.codec
    chain = header.check
    end = header.count
  }

  var path: String { window.path }

  /// Whether all outcomes of the frames read so far have been given.
  var isFrameTold: Bool { cursor == outcomesEnd }

  /// An input by its number from 0, of those that no outcome of an earlier frame has named.
  func input(_ number: Int) -> Event { inputs[number - (admitted - inputs.count)] }

  /// The next record; `nil` at the end of what was made durable.
  public mutating func next() throws(JournalError) -> Record? {
    while isFrameTold { guard try load() else { return nil } }
    let first = cursor - window.start
    switch window.bytes[first] {
    case JournalFormat.takenTag:
      guard taken < inputs.count else { throw malformed("an input for each that was taken") }
      cursor += 1
      taken += 1
      return .taken(inputs[taken - 1])
    case RecordCodec.takenTag: throw malformed("inputs before the outcomes that name them")
    default: return try outcome(first)
    }
  }

  private mutating func outcome(_ first: Int) throws(JournalError) -> Record {
    var reader = ByteReader(window.bytes, from: first, to: outcomesEnd - window.start)
    do throws(BytesError) {
      let record = try RecordCodec.read(&reader, version: codec)
      cursor = window.start + reader.offset
      return record
    } catch { throw .malformed(path: path, offset: cursor, error) }
  }

  private func malformed(_ expected: String) -> JournalError {
    .malformed(path: path, offset: cursor, .malformed(offset: 0, expected: expected))
  }

  /// Whether anything but zeros stands behind the last frame.
  mutating func isTorn() throws(JournalError) -> Bool {
    try !window.isBlank(from: end)
  }

  /// Gives the file back.
  consuming func close() -> JournalFile { window.close() }
}

// MARK: - Frames

extension JournalReader {
  /// Reads the next frame and checks it; `false` at the end of the journal.
  mutating func load() throws(JournalError) -> Bool {
    var found = try window.frame(at: end)
    if found == nil { found = try lookAgain() }
    guard let frame = found else { return false }
    guard frame.previous == chain else { throw .damaged(path: path, offset: end) }
    inputs.removeSubrange(..<taken)
    taken = 0
    cursor = frame.outcomes.lowerBound
    outcomesEnd = frame.outcomes.upperBound
    try admit(frame)
    end = frame.end
    chain = frame.check
    return true
  }

  private mutating func admit(_ frame: Frame) throws(JournalError) {
    var reader = ByteReader(
      window.bytes, from: frame.outcomes.upperBound - window.start, to: frame.end - window.start)
    do throws(BytesError) {
      while !reader.isAtEnd {
        inputs.append(try RecordCodec.event(&reader, version: codec))
        admitted += 1
      }
    } catch { throw .malformed(path: path, offset: end, error) }
  }

  /// Broken bytes end the journal, unless a whole frame stands behind them: then either its writer has
  /// gone on while we looked, or something that was durable is lost.
  private mutating func lookAgain() throws(JournalError) -> Frame? {
    guard try window.hasFrame(after: end) else { return nil }
    try window.move(to: end, holding: JournalFormat.frameStart)
    if let frame = try window.frame(at: end) { return frame }
    throw .damaged(path: path, offset: end)
  }
}
