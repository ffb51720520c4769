public import Bytes
public import Engine

/// Why a journal could not be written, read or continued; offsets count bytes of the file.
public enum JournalError: Error, Equatable, Sendable {
  /// There is no file of this name.
  case missing(path: String)
  /// A journal of this name exists: a new run does not write over an old one.
  case exists(path: String)
  /// Another run holds the journal.
  case inUse(path: String)
  /// A journal was being created when its run ended; nothing was ever recorded in it.
  case unbegun(path: String)
  case notAJournal(path: String)
  /// Written by a version of this program that laid its bytes out in another way.
  case unsupported(path: String, format: UInt16, codec: UInt16)
  /// Bytes that were once whole are not any more; frames that follow are.
  case damaged(path: String, offset: Int)
  /// A whole frame whose contents mean nothing.
  case malformed(path: String, offset: Int, BytesError)
  case descriptionTooLong(count: Int, limit: Int)
  case batchTooLarge(count: Int, limit: Int)
  /// The disk has no room for another frame; everything before it is kept.
  case full(path: String, needed: Int)
  /// The system refused; nothing is tried again, since what reached the disk is unknown.
  case io(path: String, Operation, code: Int32)
  /// A replay of the inputs tells another story than the records.
  indirect case diverged(path: String, Divergence)

  /// What the system was asked for.
  public enum Operation: String, Sendable {
    case open, lock, size, read, write, sync
  }
}

extension JournalError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .missing(let path): "\(path): there is no such journal"
    case .exists(let path):
      "\(path): a journal of this name exists; continue it or choose another name"
    case .inUse(let path): "\(path): another run is writing this journal"
    case .unbegun(let path): "\(path): nothing was recorded here yet; start the run anew"
    case .notAJournal(let path): "\(path): this file is not a journal"
    case .unsupported(let path, let format, let codec):
      "\(path): written in format \(format) with records of version \(codec), but this program "
        + "reads format \(JournalFormat.version) with records of version \(RecordCodec.oldest) to "
        + "\(RecordCodec.version) and goes on in version \(RecordCodec.version)"
    case .damaged(let path, let offset):
      "\(path): byte \(offset): damaged, though whole frames follow; restore a copy of the file"
    case .malformed(let path, let offset, let error):
      "\(path): the frame at byte \(offset) cannot be understood: \(error)"
    case .descriptionTooLong(let count, let limit):
      "a run is described in at most \(limit) bytes, found \(count)"
    case .batchTooLarge(let count, let limit):
      "a batch holds at most \(limit) events, found \(count)"
    case .full(let path, let needed):
      "\(path): the disk is full: \(needed) more bytes are needed; free some and start again"
    case .io(let path, let operation, let code):
      "\(path): the system could not \(operation.rawValue) it (error \(code)); the journal is closed"
    case .diverged(let path, let divergence):
      "\(path): record \(divergence.index) differs when replayed: "
        + "recorded \(Self.text(divergence.recorded)), replayed \(Self.text(divergence.replayed))"
    }
  }

  private static func text(_ record: Record?) -> String {
    record.map { "\($0)" } ?? "nothing"
  }
}
