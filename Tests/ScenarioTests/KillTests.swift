import Fixtures
import Glibc
import Journal
import Testing

/// A run that is killed without warning ends, once it is started again, as if nothing had happened.
@Suite struct KillTests {
  private static let kills = 6

  @Test func aKilledRunEndsAsAnUndisturbedOne() throws {
    let place = Workplace()
    try place.prepare(until: "2020-09-30")
    let began = millis()
    let undisturbed = try RunEnd(report: place.run("run demo --json"))
    let length = max(millis() - began, 1)
    let records = try count(place.path("runs/demo.journal"))

    var dice = Dice(seed: 3)
    var landed = 0
    for attempt in 0..<20 * Self.kills where landed < Self.kills {
      let journal = "runs/\(attempt).journal"
      let process = place.start("run demo --journal \(journal)")
      usleep(UInt32(dice.roll(0...length)) * 1_000)
      process.send(SIGKILL)
      guard process.wait() == -SIGKILL else { continue }
      // A kill before the journal was begun proves little: it must have fallen into the trading.
      guard let kept = try? count(place.path(journal)), kept > 0, kept < records else { continue }
      landed += 1
      let resumed = place.answer("run demo --json --journal \(journal)")
      #expect(resumed.talk.contains("taking \(journal) up after"), "attempt \(attempt)")
      #expect(try RunEnd(report: resumed) == undisturbed, "attempt \(attempt)")
      let replayed = try RunEnd(replay: place.run("evaluate replay \(journal) --json"))
      #expect(replayed == undisturbed, "attempt \(attempt)")
    }
    #expect(landed == Self.kills)
  }

  /// The records a journal holds.
  private func count(_ path: String) throws -> Int {
    var reader = try JournalReader(path)
    var records = 0
    while try reader.next() != nil { records += 1 }
    return records
  }

  private func millis() -> Int64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Int64(now.tv_sec) * 1_000 + Int64(now.tv_nsec) / 1_000_000
  }
}
