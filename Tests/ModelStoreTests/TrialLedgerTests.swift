import Bytes
import Dispatch
import Glibc
import Market
import Numerics
import Synchronization
import Testing

@testable import ModelStore

/// A question; `salt` makes it another one, `day` moves its test.
func question(_ salt: Int = 0, day: Int64 = 0, data: String = "bars") -> TrialQuestion {
  let start = Instant(seconds: 1_600_000_000 + day * 86_400)
  return TrialQuestion(
    purpose: .trial, build: "0.1 abc", data: Sha256.digest(data), from: noon, to: noon,
    testFrom: start, testTo: Instant(seconds: 1_600_000_000 + (day + 9) * 86_400),
    symbols: "rb2105.SHFE", interval: "5m", label: "open to open + 5",
    recipe: Sha256.digest("recipe"), model: "ridge", parameters: "penalty \(salt)", seed: 1,
    folds: "expanding 4")
}

func answer(_ ratio: Double) -> TrialAnswer {
  let days = (0..<40).map { TradingDay(days: 18_600 + Int32($0) * 2) }
  return TrialAnswer(
    metrics: [Origin.Metric(name: "rank-ic", value: ratio)], cost: 0.00015,
    daily: DailyReturns(days: days, returns: days.map { ratio * Double($0.days % 7 - 3) / 1e4 })
      ?? DailyReturns())
}

@Suite struct TrialLedgerTests {
  let scratch = ScratchFolder()
  var folder: String { scratch.path + "/models" }
  var ledger: TrialLedger { TrialLedger(folder: folder) }

  @Test func whatWasWrittenIsReadBack() throws {
    #expect(try ledger.read().trials.isEmpty)
    let first = try ledger.begin(question(1), at: noon)
    let second = try ledger.begin(question(2), at: noon)
    try ledger.finish(second, answer(0.5), at: Instant(seconds: 1_700_000_060))
    let book = try ledger.read()
    #expect(first == 1 && second == 2 && book.lines == 3 && book.tornBytes == 0)
    #expect(book.trials.map(\.question) == [question(1), question(2)])
    #expect(book.trials[0].answer == nil && book.trials[1].answer == answer(0.5))
    #expect(book.trials[1].metric("rank-ic") == 0.5 && book.trials[1].metric("rmse") == nil)
    #expect(book.trials[1].endedAt == Instant(seconds: 1_700_000_060))
  }

  @Test func looksAndRivalsAreCounted() throws {
    for salt in [1, 2, 1] {
      try ledger.finish(try ledger.begin(question(salt), at: noon), answer(0.1), at: noon)
    }
    // Cut short: a look, and no rival.
    _ = try ledger.begin(question(3), at: noon)
    var refresh = question(4)
    refresh.purpose = .refresh
    try ledger.finish(try ledger.begin(refresh, at: noon), answer(0.2), at: noon)
    try ledger.finish(try ledger.begin(question(5, day: 5), at: noon), answer(0.3), at: noon)
    try ledger.finish(try ledger.begin(question(6, day: 50), at: noon), answer(0.3), at: noon)
    let book = try ledger.read()
    let asked = question()
    let looks = { (q: TrialQuestion) in
      book.looks(data: q.data, testFrom: q.testFrom, testTo: q.testTo)
    }
    #expect(looks(asked) == 4 && looks(question(day: 50)) == 1)
    #expect(looks(question(data: "other")) == 0)
    #expect(
      book.rivals(of: asked).map(\.question.parameters) == [
        "penalty 2", "penalty 1", "penalty 5",
      ])
  }

  @Test func aChangedLineIsNamed() throws {
    for salt in 0..<4 {
      try ledger.finish(try ledger.begin(question(salt), at: noon), answer(0.1), at: noon)
    }
    let sound = try disk.read(ledger.path)
    let ends = sound.indices.filter { sound[$0] == UInt8(ascii: "\n") }
    var generator = Xoshiro256(seed: 3)
    for _ in 0..<150 {
      let place = generator.int(below: sound.count - 1)
      var bytes = sound
      bytes[place] ^= 1
      // A line feed made or lost moves what counts as a line; the break is still found there or just behind.
      let line = ends.count { $0 < place } + 1
      try scribble(bytes, ledger.path)
      do {
        _ = try ledger.read()
        Issue.record("byte \(place) was changed unnoticed")
      } catch {
        #expect(error == .ledgerBroken(path: ledger.path, line: line), "byte \(place)")
      }
    }
    // A line taken out, and two exchanged.
    let lines = ends.indices.map { Array(sound[($0 == 0 ? 0 : ends[$0 - 1] + 1)...ends[$0]]) }
    for (other, line) in [
      (lines[..<3] + lines[4...], 4), ([lines[0], lines[2], lines[1]] + lines[3...], 2),
    ] as [(ArraySlice<[UInt8]>, Int)] {
      try scribble(Array(other.joined()), ledger.path)
      #expect(throws: StoreError.ledgerBroken(path: ledger.path, line: line)) { try ledger.read() }
    }
    // Whoever writes next will not bury it.
    try scribble([UInt8](lines.dropLast().joined()) + lines[0], ledger.path)
    #expect(throws: StoreError.self) { try ledger.begin(question(), at: noon) }
  }

  @Test func whateverACrashLeavesTheNextWriterMends() throws {
    let trial = try ledger.begin(question(1), at: noon)
    let begun = try disk.read(ledger.path)
    try ledger.finish(trial, answer(0.1), at: noon)
    let ended = try disk.read(ledger.path)
    for cut in stride(from: begun.count, to: ended.count, by: 7) {
      try scribble(Array(ended[..<cut]), ledger.path)
      let torn = try ledger.read()
      #expect(torn.tornBytes == cut - begun.count && torn.trials[0].answer == nil)
      try ledger.finish(trial, answer(0.1), at: noon)
      let mended = try disk.read(ledger.path)
      #expect(mended == ended, "cut at \(cut)")
    }
  }

  @Test func aStopBeforeAnyEffectLosesNothingThatWasTold() throws {
    for stop in 1...9 {
      let own = "\(scratch.path)/stop\(stop)"
      let effects = Atomic<Int>(0)
      let failing = TrialLedger(folder: own) { effect throws(StoreError) in
        if effects.add(1, ordering: .relaxed).newValue == stop {
          throw .system(operation: "stop", path: effect, reason: "test")
        }
      }
      var told: [Int] = []
      for salt in 0..<3 {
        if let number = try? failing.begin(question(salt), at: noon) { told.append(number) }
      }
      let book = try TrialLedger(folder: own).read()
      #expect(Set(told).isSubset(of: book.trials.map(\.number)), "stop \(stop)")
      #expect(told.count >= 2)
    }
  }

  @Test func writersSideBySideKeepOneChain() throws {
    let folder = folder
    DispatchQueue.concurrentPerform(iterations: 8) { writer in
      for salt in 0..<6 {
        let ledger = TrialLedger(folder: folder)
        guard let number = try? ledger.begin(question(writer * 100 + salt), at: noon) else {
          continue
        }
        try? ledger.finish(number, answer(0.1), at: noon)
      }
    }
    let book = try ledger.read()
    #expect(book.trials.count == 48 && book.lines == 96)
    #expect(book.trials.allSatisfy { $0.answer != nil })
  }

  /// The end alone is read where the ledger is long, and the numbers go on.
  @Test func aLongLedgerGoesOn() throws {
    for salt in 0..<150 {
      try ledger.finish(try ledger.begin(question(salt), at: noon), answer(0.1), at: noon)
    }
    #expect(try disk.size(ledger.path) > 100_000)
    let next = try ledger.begin(question(7), at: noon)
    #expect(next == 301)
    #expect(try ledger.read().trials.count == 151)
  }

  @Test func whatCannotStandOnALineIsRefused() throws {
    var bad = question()
    bad.label = "two\tfields"
    #expect(throws: StoreError.self) { try ledger.begin(bad, at: noon) }
    let number = try ledger.begin(question(), at: noon)
    var wrong = answer(0.1)
    wrong.metrics = [Origin.Metric(name: "a b", value: 1)]
    #expect(throws: StoreError.self) { try ledger.finish(number, wrong, at: noon) }
    #expect(try ledger.read().trials[0].answer == nil)
  }

  @Test func daysReadBackAsTheyWereWritten() throws {
    #expect(DailyReturns(reading: "-") == DailyReturns() && DailyReturns().text == "-")
    let days = [18_000, 18_001, 18_004, 18_011].map { TradingDay(days: $0) }
    let series = try #require(
      DailyReturns(days: days, returns: [0.00123456, -0.02, 0, 0.000000049]))
    #expect(series.text == "2019-04-14 12346 -200000 3>0 7>0")
    #expect(DailyReturns(reading: series.text) == series)
    #expect(DailyReturns(days: days, returns: [0, 0, 0, .nan]) == nil)
    #expect(DailyReturns(days: days.reversed(), returns: [0, 0, 0, 0]) == nil)
    for text in ["", "2019-04-14 x", "2019-04-14 1 0>2", "2019-13-14 1", "2019-04-14 1>2>3"] {
      #expect(DailyReturns(reading: text) == nil, "\(text)")
    }
  }
}
