public import Bytes
public import Market

/// All the ledger holds, read whole and checked whole.
public struct TrialBook: Sendable {
  /// In the order in which they began.
  public private(set) var trials: [Trial] = []
  /// The hash of the last line: whoever notes it elsewhere can tell later that no line behind it was cut off.
  public let head: Digest
  public let lines: Int
  /// Bytes of half a line that a crash left at the end; the next writer cuts them off.
  public let tornBytes: Int

  init() {
    head = Sha256.digest("")
    (lines, tornBytes) = (0, 0)
  }

  init(reading bytes: [UInt8], path: String) throws(StoreError) {
    var trials: [Trial] = []
    var places: [Int: Int] = [:]
    var next = 1
    let chain: Chain
    do throws(Chain.Break) {
      chain = try Chain(reading: bytes) { body in
        guard let line = TrialLine(reading: body), line.number == next else { return false }
        next += 1
        switch line {
        case .begun(let number, let at, let question):
          places[number] = trials.count
          trials.append(Trial(number: number, begunAt: at, question: question))
        case .ended(_, let number, let at, let answer):
          guard let place = places[number], trials[place].answer == nil else { return false }
          trials[place].endedAt = at
          trials[place].answer = answer
        }
        return true
      }
    } catch { throw .ledgerBroken(path: path, line: error.line) }
    self.trials = trials
    head = chain.last
    lines = chain.count
    tornBytes = bytes.count - chain.soundBytes
  }

  /// How often these days of this data were looked at by something that was tried, finished or not.
  public func looks(data: Digest, testFrom: Instant, testTo: Instant) -> Int {
    trials.count {
      $0.question.purpose == .trial && $0.question.data == data
        && $0.question.testFrom == testFrom && $0.question.testTo == testTo
    }
  }

  /// The finished trials on the same series whose tests share days with this one's: what luck had to choose from.
  /// Of those that asked the same, the last.
  public func rivals(of question: TrialQuestion) -> [Trial] {
    var chosen: [Trial] = []
    for trial in trials where trial.answer != nil && trial.question.purpose == .trial {
      let other = trial.question
      guard other.symbols == question.symbols, other.interval == question.interval,
        other.testFrom <= question.testTo, question.testFrom <= other.testTo
      else { continue }
      chosen.removeAll { $0.question.isSame(as: other) }
      chosen.append(trial)
    }
    return chosen
  }
}
