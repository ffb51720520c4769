import Foundation
import Testing

/// An archive of minutes serves every longer length.
@Suite struct IntervalTests {
  @Test func longerBarsAreMadeOfMinutes() throws {
    let place = Workplace()
    try place.run("data make --until 2020-04-30")
    func rows(_ interval: String) throws -> Double {
      let walk = "train walk --json --set data.interval=\(interval)"
      return try #require(try place.run(walk).object()["rows"] as? Double)
    }
    let minutes = try rows("1m")
    let fives = try rows("5m")
    let quarters = try rows("15m")
    // The first folds lose the features' memory, which is longer in time for longer bars.
    #expect(fives > minutes / 5 * 0.8 && fives < minutes / 5 * 1.2)
    #expect(quarters > minutes / 15 * 0.6 && quarters < minutes / 15 * 1.2)
    #expect(place.answer("train walk --set data.interval=1d").exitCode == 3)
  }
}
