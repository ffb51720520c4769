internal import Bytes
public import Market

/// The file of all trials beside the versions: written before anyone looks and again when the answer is known.
///
/// Writers wait for each other and are on the disk before they return; readers never wait.
public struct TrialLedger: Sendable {
  public let path: String
  private let folder: String
  private let disk: Disk

  static let largest = 1 << 30

  /// The ledger of a folder of models.
  public init(folder: String) {
    self.init(folder: folder, announce: { _ throws(StoreError) in })
  }

  init(folder: String, announce: @escaping @Sendable (String) throws(StoreError) -> Void) {
    self.folder = folder
    path = "\(folder)/ledger"
    disk = Disk(announce: announce)
  }

  /// Notes what will be asked and returns the trial's number; only then may the hold-out be looked at.
  public func begin(_ question: TrialQuestion, at now: Instant) throws(StoreError) -> Int {
    try question.check()
    return try append { number throws(StoreError) in .begun(number: number, at: now, question) }
  }

  /// Notes the answer to a trial that was begun.
  public func finish(
    _ trial: Int, _ answer: TrialAnswer, at now: Instant
  ) throws(StoreError) {
    try answer.check()
    _ = try append { number throws(StoreError) in
      .ended(number: number, of: trial, at: now, answer)
    }
  }

  /// All of it; empty where nothing was ever tried.
  public func read() throws(StoreError) -> TrialBook {
    do throws(StoreError) {
      return try TrialBook(
        reading: try disk.read(path, limit: TrialLedger.largest), path: path)
    } catch .missing {
      return TrialBook()
    }
  }

  /// Cuts off half a line that a crash left, then adds one; its number is that of the line.
  private func append(
    _ line: (Int) throws(StoreError) -> TrialLine
  ) throws(StoreError) -> Int {
    try disk.makeFolder(folder)
    return try disk.locked("\(folder)/ledger.lock") { () throws(StoreError) in
      let (chain, number, size) = try end()
      if size.torn > 0 { try disk.shorten(path, to: size.whole - size.torn) }
      try disk.append(Array(chain.line(try line(number + 1).text).utf8), to: path)
      if size.whole == 0 { try disk.syncFolder(folder) }
      return number + 1
    }
  }

  /// The end of the chain, from as many of the last bytes as hold two whole lines.
  private func end() throws(StoreError) -> (Chain, number: Int, (whole: Int, torn: Int)) {
    let whole: Int
    do throws(StoreError) {
      whole = try disk.size(path)
    } catch .missing {
      return (Chain(), 0, (0, 0))
    }
    var window = 1 << 16
    while true {
      let bytes = try disk.read(path, last: window, limit: TrialLedger.largest)
      var number = 0
      let take = { (body: String) in
        guard let line = TrialLine(reading: body) else { return false }
        number = line.number
        return true
      }
      do throws(Chain.Break) {
        let chain =
          bytes.count == whole
          ? try Chain(reading: bytes, take) : try Chain(readingEnd: bytes, take)
        if bytes.count == whole || chain.count > 0 {
          return (chain, number, (whole, bytes.count - chain.soundBytes))
        }
      } catch {
        guard bytes.count < whole else {
          throw .ledgerBroken(path: path, line: error.line)
        }
        // The whole ledger knows the line; if the end was merely cut within one, more bytes will do.
        if error.line > 0 { _ = try read() }
      }
      window *= 4
    }
  }
}
