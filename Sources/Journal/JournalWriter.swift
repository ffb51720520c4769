import Bytes
public import Engine
public import Trading

/// Moments of a commit at which a test may end the process.
public enum CommitMoment: String, CaseIterable, Sendable {
  case grown, written, durable
}

/// Writes a run's journal: inputs are durable before the loop takes them, outcomes before a command leaves.
///
/// Nothing is retried: after the first error it stays broken, takes no more, and the run must end.
public final class JournalWriter: Recording {
  /// Zeros are laid down this far ahead, so that a commit overwrites bytes and never grows the file.
  public static let growthBytes = 1 << 22
  /// The most events one batch may bring.
  public static let batchLimit = 1 << 14
  /// Outcomes beyond this are committed at once.
  private static let outcomeLimit = 1 << 20

  public private(set) var fault: JournalError?
  /// Whether the disk refused more room: what was laid down before still serves, but positions should only shrink.
  public private(set) var lacksRoom = false
  private let file: JournalFile
  private let witness: (@Sendable (CommitMoment) -> Void)?
  private var frame = ByteWriter(capacity: 1 << 16)
  private var end: Int
  private var chain: UInt32
  private var room: Int
  /// Inputs that are durable and that the loop has not taken yet.
  private var awaited: Int

  /// Begins the journal of a new run; `description` is whatever rebuilds the run's loop.
  public init(
    creating path: String, describing description: [UInt8],
    witness: (@Sendable (CommitMoment) -> Void)? = nil
  ) throws(JournalError) {
    guard description.count <= JournalFormat.longestDescription else {
      throw .descriptionTooLong(
        count: description.count, limit: JournalFormat.longestDescription)
    }
    let file = try JournalFile(path, for: .creating)
    let header = JournalFormat.header(describing: description)
    room = try file.begin(header.bytes)
    self.file = file
    self.witness = witness
    end = header.bytes.count
    chain = header.check
    awaited = 0
    beginFrame()
  }

  /// Goes on behind the last frame a reader has found, after the rest of a torn one is cut away.
  init(
    continuing past: consuming JournalReader, witness: (@Sendable (CommitMoment) -> Void)?
  ) throws(JournalError) {
    var reader = past
    let isTorn = try reader.isTorn()
    end = reader.end
    chain = reader.chain
    awaited = reader.inputs.count - reader.taken
    let file = reader.close()
    room = try file.size()
    if isTorn {
      try file.blank(from: end, to: room)
      try file.sync()
    }
    self.file = file
    self.witness = witness
    beginFrame()
  }

  public var path: String { file.path }

  public func throwIfBroken() throws(JournalError) {
    if let fault { throw fault }
  }

  /// Makes a batch of inputs durable, together with all outcomes told so far: one commit.
  public func admit(_ events: [Event]) throws(JournalError) {
    try throwIfBroken()
    guard events.count <= Self.batchLimit else {
      throw .batchTooLarge(count: events.count, limit: Self.batchLimit)
    }
    endOutcomes()
    for event in events { RecordCodec.write(event, to: &frame) }
    awaited += events.count
    try commit()
  }

  public func append(_ record: Record) {
    if fault != nil { return }
    if case .taken = record {
      precondition(awaited > 0, "an event is admitted before the loop takes it")
      awaited -= 1
      frame.uint8(JournalFormat.takenTag)
    } else {
      RecordCodec.write(record, to: &frame)
    }
    if frame.count > Self.outcomeLimit { secure() }
  }

  /// Makes all outcomes told so far durable; an error stays in `fault`.
  public func secure() {
    guard fault == nil, frame.count > JournalFormat.frameStart + 4 else { return }
    endOutcomes()
    try? commit()
  }
}

// MARK: - Frames

extension JournalWriter {
  /// Leaves room for what is known only when the frame is done.
  private func beginFrame() {
    frame.reset()
    frame.uint32(JournalFormat.frameMark)
    for _ in 0..<4 { frame.uint32(0) }
  }

  private func endOutcomes() {
    let start = JournalFormat.frameStart
    frame.patch(uint32: UInt32(frame.count - start - 4), at: start)
  }

  /// Writes the frame and waits until it is durable.
  private func commit() throws(JournalError) {
    frame.patch(uint32: UInt32(frame.count - JournalFormat.frameStart), at: 4)
    frame.patch(uint32: chain, at: 8)
    let check = JournalFormat.check(frame.bytes, from: 0, to: frame.count)
    frame.patch(uint32: check, at: 12)
    do throws(JournalError) {
      try store()
    } catch {
      fault = error
      throw error
    }
    end += frame.count
    chain = check
    beginFrame()
    witness?(.durable)
  }

  private func store() throws(JournalError) {
    try makeRoom(for: frame.count)
    let bytes = frame.bytes
    try file.write(bytes.span.bytes, at: end)
    witness?(.written)
    try file.sync()
  }

  /// Lays down zeros ahead of need. A full disk is an error only once what was laid down is used up.
  private func makeRoom(for count: Int) throws(JournalError) {
    guard end + count + Self.growthBytes / 4 > room else { return }
    do throws(JournalError) {
      let wished = max(room + Self.growthBytes, end + count)
      try file.blank(from: room, to: wished)
      try file.sync()
      room = wished
      lacksRoom = false
    } catch {
      guard case .full = error else { throw error }
      lacksRoom = true
      room = try file.size()
      guard end + count <= room else { throw .full(path: path, needed: end + count - room) }
    }
    witness?(.grown)
  }
}
