public import Bytes

/// What the store refused, with the file and what was found there.
public enum StoreError: Error, Equatable, Sendable {
  /// The system refused an operation upon a path.
  case system(operation: String, path: String, reason: String)
  case missing(path: String)
  /// A file is larger than anything the store writes there.
  case tooLarge(path: String, bytes: Int, limit: Int)
  /// A text file does not read as what it should be.
  case malformed(path: String, line: Int, expected: String, found: String)
  /// A part is not the size its manifest states.
  case wrongSize(path: String, expected: Int, found: Int)
  /// A part's content is not what its manifest states.
  case wrongHash(path: String, expected: Digest, found: Digest)
  /// A version's folder is not named after what is in it.
  case wrongName(path: String, expected: String)
  /// The forecaster read back did not give the stored probe's outputs.
  case probeDiffers(path: String, difference: String)
  /// A field handed in cannot be stored.
  case badField(name: String, found: String, expected: String)
  case unknownVersion(String)
  /// A hash prefix fits several versions.
  case ambiguous(String, candidates: [String])
  /// There is nothing to roll back to.
  case nothingBefore(alias: String)
  /// The audit log's chain does not hold at this line: it was changed after it was written.
  case auditBroken(path: String, line: Int)
  /// The same of the ledger of trials.
  case ledgerBroken(path: String, line: Int)
  /// A result was told of a trial that was never begun, or twice.
  case noSuchTrial(path: String, number: Int)
}

extension StoreError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .system(let operation, let path, let reason): "\(path): cannot \(operation): \(reason)"
    case .missing(let path): "\(path): there is no such file"
    case .tooLarge(let path, let bytes, let limit):
      "\(path): \(bytes) bytes, more than the \(limit) allowed here"
    case .malformed(let path, let line, let expected, let found):
      "\(path):\(line): expected \(expected), found \"\(found)\""
    case .wrongSize(let path, let expected, let found):
      "\(path): damaged: \(found) bytes, the manifest says \(expected)"
    case .wrongHash(let path, let expected, let found):
      "\(path): damaged: its SHA-256 is \(found), it should be \(expected)"
    case .wrongName(let path, let expected):
      "\(path): the folder's content belongs to \"\(expected)\""
    case .probeDiffers(let path, let difference):
      "\(path): the model read back does not reproduce its probe: \(difference)"
    case .badField(let name, let found, let expected):
      "\(name): \"\(found)\" cannot be stored, expected \(expected)"
    case .unknownVersion(let text):
      "no version \"\(text)\": give an alias, a number, or at least 7 digits of a hash"
    case .ambiguous(let text, let candidates):
      "\"\(text)\" fits several versions: \(candidates.joined(separator: ", "))"
    case .nothingBefore(let alias): "\"\(alias)\" has no earlier version to go back to"
    case .auditBroken(let path, let line):
      "\(path):\(line): the audit trail does not hold here: the line or one before was changed"
    case .ledgerBroken(let path, let line):
      "\(path):\(line): the ledger does not hold here: this line or the one before was changed, "
        + "or lines were taken out; put back a copy that holds"
    case .noSuchTrial(let path, let number):
      "\(path): no trial \(number) waits for a result"
    }
  }
}
