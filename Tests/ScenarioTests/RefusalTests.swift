import Fixtures
import Foundation
import Testing

/// Rubbish in: the right exit code, a message that names the place, and nothing changed.
@Suite struct RefusalTests {
  /// Runs a line that must fail so and leave every file as it was.
  private func refuse(
    _ line: String, _ exitCode: Int32, _ words: String..., in place: borrowing Workplace,
    home: String = Workplace.home
  ) {
    let before = place.contents()
    let answer = place.answer(line, home: home)
    #expect(answer.exitCode == exitCode, "\(line): \(answer.talk)")
    #expect(answer.output.isEmpty, "\(line): \(answer.output)")
    for word in words { #expect(answer.talk.contains(word), "\(line): \(answer.talk)") }
    let after = place.contents()
    for (path, hash) in after { #expect(before[path] == hash, "\(line) changed \(path)") }
    for path in before.keys { #expect(after[path] != nil, "\(line) removed \(path)") }
  }

  @Test func withoutBarsNothingCanBeDone() throws {
    let place = Workplace()
    for line in ["train fit", "train walk", "evaluate backtest", "run demo"] {
      refuse(line, 3, "datasets/bars.sqlite", in: place)
    }
    #expect(place.contents().isEmpty)
    refuse("evaluate replay runs/none.journal", 3, "runs/none.journal", in: place)
    refuse("evaluate show 7", 4, in: place)
  }

  @Test func wordsThatMeanNothing() throws {
    let place = Workplace()
    refuse("run demmo", 2, "demmo", in: place)
    refuse("data make --from 2020-13-01", 2, "2020-13-01", in: place)
    refuse("data make --from 2020-03-01 --until 2020-02-01", 2, "2020-02-01", in: place)
    refuse("data make --r2 0.49 --set label.horizon=100", 2, "--r2", in: place)
    refuse("train fit --symbol rb8888", 2, "CODE.EXCHANGE", in: place)
    refuse("train fit --recipe stationry", 2, "stationary", in: place)
    refuse("run demo --set strategy.entr=1bp", 2, "strategy.enter", in: place)
    refuse("run demo --set strategy.exit=10bp", 2, "strategy.exit", in: place)
    FileBytes.write(Array("strategy:\n  enter: 4bp\n  exot: 0\n".utf8), to: place.path("bad.yaml"))
    refuse("run demo --config bad.yaml", 2, "bad.yaml:3:3", "exit", in: place)
  }

  @Test func aBrokenRecipeIsToldByLineAndColumn() throws {
    let place = Workplace()
    try place.prepare()
    let copied = Spawned("/bin/cp", ["-R", "\(Workplace.home)/config", place.path("config")])
    #expect(copied.wait() == 0)
    let recipe = place.path("config/recipes/stationary.yaml")
    let text = String(decoding: FileBytes.read(recipe), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.contains("rsi(14)") }) + 1
    FileBytes.write(Array(text.replacing("rsi(14)", with: "rsj(14)").utf8), to: recipe)
    refuse("train fit", 2, "stationary.yaml:\(line):", "rsj", in: place, home: place.folder)
  }

  @Test func versionsThatCannotBeTraded() throws {
    let place = Workplace()
    try place.prepare()
    for line in ["run demo --model 99", "evaluate promote 99", "evaluate backtest --model 99"] {
      refuse(line, 4, "99", in: place)
    }
    refuse("run demo --from 2020-02-20", 5, "2020-03-02", in: place)
    refuse("run demo --until 2020-02-28", 3, "--until", in: place)
    refuse("run demo --set data.interval=5m", 4, "made for 1m bars", in: place)
    let versions = try FileManager.default.contentsOfDirectory(
      atPath: place.path("models/versions"))
    try place.damage("models/versions/\(versions[0])/forecaster.bin", at: 100)
    for line in ["run demo", "evaluate promote 1", "evaluate backtest", "evaluate show 1"] {
      refuse(line, 4, "forecaster.bin", "damaged", in: place)
    }
  }

  @Test func journalsThatCannotBeTakenUp() throws {
    let place = Workplace()
    try place.prepare()
    try place.run("run demo")
    refuse("run demo --set strategy.enter=5bp", 5, "strategy.enter: 4bp there", in: place)
    refuse("run demo --from 2020-03-10", 5, "first day", "--fresh", in: place)

    // Programs that other tests start meanwhile must not inherit the lock.
    let held = open(place.path("runs/demo.journal"), O_RDWR | O_CLOEXEC)
    #expect(flock(held, LOCK_EX | LOCK_NB) == 0)
    refuse("run demo", 75, "another run", in: place)
    refuse("run demo --fresh", 75, "another run", in: place)
    #expect(flock(held, LOCK_UN) == 0)
    close(held)

    try place.damage("runs/demo.journal", at: 20_000)
    refuse("run demo", 3, "damaged", in: place)
    refuse("evaluate replay runs/demo.journal", 3, "damaged", in: place)
    // Only what is a journal is ever forgotten.
    FileBytes.write(Array("dear diary".utf8), to: place.path("runs/diary.txt"))
    refuse("run demo --fresh --journal runs/diary.txt", 3, "not a journal", in: place)
    try place.run("run demo --fresh")
  }
}
