import Fixtures
import Foundation
import Glibc
import Testing

/// A network by the programs themselves: fitted, killed and taken up, traded by, explained, made smaller.
@Suite struct NetworkTests {
  private static let small =
    "--model lstm --select 6 --folds 2 --set lstm.window=20 --set lstm.units=[8] "
    + "--set lstm.dense=[4] --set lstm.windows=1500"

  @Test func aVersionIsFittedTradedExplainedAndCompressed() throws {
    let place = Workplace()
    try place.run("data make --until 2020-03-31")
    let fitted = try place.run(
      "train fit --until 2020-02-28 \(Self.small) --set lstm.epochs=2")
    #expect(fitted.output.contains("runs/training/costs.html"), "\(fitted)")
    #expect(fitted.talk.contains("windows/s"), "\(fitted.talk)")
    let page = try String(contentsOfFile: place.path("runs/training/costs.html"), encoding: .utf8)
    #expect(page.contains("<svg") && page.contains("Cost by epoch"))
    let events = FileBytes.read(place.path("runs/training/events.out.tfevents.auspex"))
    #expect(events.count > 200)

    try place.run("evaluate promote 1 --reason first")
    let report = try place.run("evaluate backtest --forecasts model --json").object()
    #expect(report["figures"] is [String: Any])
    #expect(try place.run("run demo --json").object()["figures"] is [String: Any])

    let told = try place.run("evaluate explain champion --json").object()
    #expect((told["shares"] as? [String: Any])?.count == 6)
    let small = try place.run("evaluate compress champion --bits 8 --json").object()
    let sizes = try ["bytes", "bytes_before"].map { try #require(small[$0] as? Double) }
    #expect(sizes[0] < sizes[1])
    #expect(try #require(small["difference"] as? Double) < 0.1)
    #expect(try place.run("evaluate show 2").output.contains("8bit"))
  }

  @Test func aKilledFitGoesOnToTheSameBytes() throws {
    let whole = Workplace()
    let killed = Workplace()
    let line = "train fit --until 2020-02-28 \(Self.small) --set lstm.epochs=6 --json"
    try whole.run("data make --until 2020-03-31")
    let expected = try whole.run(line).object()
    try killed.run("data make --until 2020-03-31")
    let process = killed.start(line)
    // Until the first checkpoint is there; the fit has eighteen epochs in all.
    let folder = killed.path("runs/training")
    for _ in 0..<6_000 where !process.hasEnded {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      if names.contains(where: { $0.hasPrefix("checkpoint-") && !$0.hasSuffix(".new") }) { break }
      usleep(10_000)
    }
    process.send(SIGKILL)
    #expect(process.wait() == -SIGKILL)
    let resumed = killed.answer(line + " --resume")
    #expect(resumed.talk.contains("goes on after epoch"), "\(resumed)")
    #expect(try resumed.object()["id"] as? String == expected["id"] as? String)
  }
}
