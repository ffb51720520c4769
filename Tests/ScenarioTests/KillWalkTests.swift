import Fixtures
import Foundation
import Testing

/// A walk or a search that is killed without warning is completed by the next to the same hash; so it is by
/// any number of processes.
@Suite struct KillWalkTests {
  private static let kills = 4

  @Test(arguments: [
    ("walk --model trees --set trees.rounds=30 --folds 4", "evidence"),
    (
      "search --model trees --over trees.leaves=3..15 --over trees.rate=2%..20%:log "
        + "--set trees.rounds=10 --folds 2 --trials 14", "hash"
    ),
  ])
  func aKilledRunIsCompletedByTheNext(_ line: String, _ key: String) throws {
    let place = Workplace()
    try place.run("data make --until 2020-02-28")
    func hash(_ words: String) throws -> String {
      try #require(try place.run("train \(line) --json \(words)").object()[key] as? String)
    }
    let began = DispatchTime.now().uptimeNanoseconds
    let whole = try hash("--set paths.runs=whole")
    let lengthMicros = Int64((DispatchTime.now().uptimeNanoseconds - began) / 1_000)
    #expect(whole.count == 64)
    #expect(try hash("--jobs 2 --set paths.runs=two") == whole)

    var dice = Dice(seed: 5)
    var landed = 0
    for attempt in 0..<20 * Self.kills where landed < Self.kills {
      let runs = "--set paths.runs=runs-\(attempt)"
      let process = place.start("train \(line) --jobs \(1 + attempt % 2) --quiet \(runs)")
      usleep(UInt32(dice.roll(0...max(1, lengthMicros))))
      process.send(SIGKILL)
      guard process.wait() == -SIGKILL else { continue }
      landed += 1
      #expect(try hash(runs) == whole, "attempt \(attempt)")
    }
    #expect(landed == Self.kills)
  }
}
