public import Console
public import Engine
public import Journal

/// A journal read whole, with what it says about its run.
public struct RecordedJournal {
  public let path: String
  public let description: RunDescription
  public let records: [Record]

  public init(_ path: String) throws(Failure) {
    var records: [Record] = []
    let bytes: [UInt8]
    do throws(JournalError) {
      var reader = try JournalReader(path)
      bytes = reader.description
      while let record = try reader.next() { records.append(record) }
    } catch { throw Failure(error) }
    self.path = path
    self.records = records
    description = try RunDescription(decoding: bytes, path: path)
  }
}

extension Failure {
  /// What a journal says, as a program's ending: a file that is not what it should be is a fault of the data, a disk
  /// that refuses is not.
  public init(_ error: JournalError) {
    let exitCode: ExitCode =
      switch error {
      case .inUse: .tryAgain
      case .full, .io: .failed
      case .exists: .refused
      default: .data
      }
    self.init(exitCode, "\(error)")
  }
}
