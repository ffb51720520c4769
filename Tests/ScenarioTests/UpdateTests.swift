import Fixtures
import Foundation
import Testing

/// `data update` with the shipped scripts on recorded answers, and with commands that misbehave.
@Suite struct UpdateTests {
  static let until = "--until 2021-01-08 --watchlist list.yaml"

  private func feed(
    _ place: borrowing Workplace, _ script: String, markets: String = "[stocks]",
    _ more: String = ""
  ) {
    let recorded = "\(Workplace.home)/Tests/Samples/feeds/\(script)"
    let text = """
      source: \(script)
      arguments: ["{home}/scripts/fetch_\(script).py", "{kind}", "{symbol}", --interval, "{interval}", \
      --from, "{from}", --until, "{until}", --recorded, \(recorded)]
      markets: \(markets)
      kinds: [days, basics, bars, factors, limits]
      first_days: 5
      pause: 0s
      environment: {PYTHONDONTWRITEBYTECODE: "1"}
      \(more)
      """
    FileBytes.write(Array(text.utf8), to: place.path("feed.yaml"))
    FileBytes.write(Array("stocks: [600000.SH]\n".utf8), to: place.path("list.yaml"))
  }

  /// A feed that runs a script of a test's own; `$1` is the kind, `$2` the symbol.
  private func shell(_ place: borrowing Workplace, _ script: String, _ more: String = "") {
    let text = """
      command: sh
      arguments: [fetch.sh, "{kind}", "{symbol}", "{folder}"]
      kinds: [bars]
      intervals: [1d]
      pause: 0s
      \(more)
      """
    FileBytes.write(Array(text.utf8), to: place.path("feed.yaml"))
    FileBytes.write(Array(script.utf8), to: place.path("fetch.sh"))
    FileBytes.write(Array("stocks: [600000.SH, 000001.SZ]\n".utf8), to: place.path("list.yaml"))
  }

  static let rows = """
    symbol,datetime,open,high,low,close,volume\\n%s,2021-01-04,10,11,9,10,100\\n
    """

  @Test(arguments: ["akshare", "tushare"])
  func aShippedScriptBringsEverythingIn(_ script: String) throws {
    let place = Workplace()
    feed(place, script)
    let answer = place.answer("data update --feed feed.yaml \(Self.until)")
    #expect(answer.output.contains("bars 600000.SSE 1d"), "\(answer.output)")
    // Three minutes are no day: that waits for a person.
    let gap = "600000.SSE 1m 2021-01-04 is graded D: gap, 237 of 240 bars missing"
    #expect(answer.exitCode == 3 && answer.talk.contains(gap), "\(answer.talk)")
    try place.run("data decide 600000.SSE 2021-01-04 accept --interval 1m --reason recorded")
    let days = try place.run("data export 600000.SSE --interval 1d").output
      .split(separator: "\n")
    #expect(days.count == 6, "\(days)")
    #expect(days[1].hasPrefix("600000.SSE,2021-01-04,10.01,10.10,9.99,10.05,1234500,12406725"))
    let minutes = try place.run("data export 600000.SSE").output.split(separator: "\n")
    #expect(
      minutes.count == 4 && minutes[1].contains("2021-01-04 09:31:00,10.01,10.03,10.00,10.02"))
    let basics = String(
      decoding: FileBytes.read(place.path("datasets/facts/basics.csv")), as: UTF8.self)
    #expect(basics.contains("600000.SSE,浦发银行,100,0.01,1999-11-10,"), "\(basics)")
    let factors = FileBytes.read(place.path("datasets/facts/factors.csv"))
    #expect(String(decoding: factors, as: UTF8.self).contains("600000.SSE,2021-01-06,14.05"))

    let facts = try place.run("data list --facts").output
    // Listed in 1999; a factor on one day, or factors and limits on all five.
    let known = script == "akshare" ? 2 : 6
    let told = facts.split(separator: "\n").first { $0.contains("600000.SSE") }
      .map { $0.split(separator: " ").map(String.init) }
    #expect(told?.prefix(3) == ["600000.SSE", "\(known)", "1999-11-10"], "\(facts)")
    let rule = try place.run("data rules 600000.SSE --on 2021-01-06").output
    #expect(rule.contains("14.05"), "\(rule)")

    // Doing it again changes nothing but the journal.
    let before = place.contents()
    let again = try place.run("data update --feed feed.yaml \(Self.until)")
    #expect(again.output.contains("0 added, 0 changed, 5 there already"), "\(again.output)")
    for (path, hash) in place.contents() where !path.contains("bars.sqlite") {
      #expect(before[path] == hash, "\(path)")
    }
    #expect(try place.run("data list --facts").output == facts)
  }

  /// What a source says otherwise later is a restatement; what the archive refuses is kept nowhere.
  @Test func fetchedFactsAreKeptAsOf() throws {
    let place = Workplace()
    let line = "data update --feed feed.yaml --until 2021-01-05 --watchlist list.yaml"
    let fetch = { (rows: String) in
      FileBytes.write(
        Array("printf 'symbol,day,lowest,highest\\n\(rows)'\n".utf8), to: place.path("fetch.sh"))
    }
    shell(place, "", "attempts: 1")
    let feed = String(decoding: FileBytes.read(place.path("feed.yaml")), as: UTF8.self)
    FileBytes.write(
      Array(feed.replacing("kinds: [bars]", with: "kinds: [limits]").utf8),
      to: place.path("feed.yaml"))
    FileBytes.write(Array("stocks: [600000.SH]\n".utf8), to: place.path("list.yaml"))
    fetch("600000.SSE,2021-01-04,9.01,11.01\\n600000.SSE,2021-01-05,9.05,11.06\\n")
    let first = try place.run(line + " --json").output
    #expect(first.contains("facts of days: 2 added, 0 changed"), "\(first)")
    fetch("600000.SSE,2021-01-04,9.01,11.02\\n600000.SSE,2021-01-05,9.05,11.06\\n")
    let second = try place.run(line + " --json").output
    #expect(second.contains("facts of days: 0 added, 1 changed"), "\(second)")
    let rule = try place.run("data rules 600000.SSE --on 2021-01-04").output
    #expect(rule.contains("11.02"), "\(rule)")
    let file = place.path("datasets/facts/limits.csv")
    let kept = FileBytes.read(file)
    fetch("600000.SSE,2021-01-04,12,11.02\\n")
    let refused = place.answer(line)
    #expect(refused.exitCode == 3 && refused.talk.contains("lowest"), "\(refused.talk)")
    #expect(FileBytes.read(file) == kept)
  }

  @Test func aTokenIsAskedForAndNotTriedAgain() throws {
    let place = Workplace()
    feed(place, "tushare")
    var text = String(decoding: FileBytes.read(place.path("feed.yaml")), as: UTF8.self)
    text = text.replacing(/, --recorded, [^\]]*/, with: "")
      .replacing("{PYTHON", with: "{TUSHARE_TOKEN: \"\", PYTHON")
    FileBytes.write(Array(text.utf8), to: place.path("feed.yaml"))
    let answer = place.answer("data update --feed feed.yaml \(Self.until)")
    #expect(answer.exitCode == 3)
    #expect(answer.talk.contains("TUSHARE_TOKEN is not set"), "\(answer.talk)")
    #expect(answer.talk.contains("(attempt 1)"), "\(answer.talk)")
  }

  @Test func aFailingCommandIsRunAgainAndTheOthersGoOn() throws {
    let place = Workplace()
    shell(
      place,
      """
      echo "$2" >> calls
      case "$2" in 600000*) [ $(grep -c 600000 calls) -lt 3 ] && { echo busy >&2; exit 1; };; esac
      [ "$2" = 000001.SZSE ] && { echo gone >&2; exit 9; }
      printf '\(Self.rows)' "$2"
      """)
    let answer = place.answer(
      "data update --feed feed.yaml --until 2021-01-04 --watchlist list.yaml")
    #expect(answer.exitCode == 3)
    #expect(answer.talk.contains("600000.SSE 1d: the command ended with 1: busy; trying again"))
    #expect(answer.talk.contains("000001.SZSE 1d: the command ended with 9: gone (attempt 4)"))
    #expect(try place.run("data list").output.contains("600000.SSE 1d"))
    let calls = String(decoding: FileBytes.read(place.path("calls")), as: UTF8.self)
    #expect(calls.split(separator: "\n").count == 7)

    // What failed is tried again by the next update, what was done is not.
    FileBytes.write(
      Array("printf '\(Self.rows)' \"$2\"; echo \"$2\" >> calls\n".utf8), to: place.path("fetch.sh")
    )
    let next = try place.run(
      "data update --feed feed.yaml --until 2021-01-04 --watchlist list.yaml")
    #expect(next.talk.contains("taking up the unfinished update, 1 tasks done"), "\(next.talk)")
    let status = try place.run("data update --status").output
    #expect(!status.contains("failed") && status.contains("000001.SZSE"), "\(status)")
  }

  @Test func aCommandThatHangsIsGivenUp() throws {
    let place = Workplace()
    shell(place, "sleep 60\n", "attempts: 1\ntimeout: 200ms")
    let answer = place.answer(
      "data update --feed feed.yaml --until 2021-01-04 --watchlist list.yaml")
    #expect(answer.exitCode == 3 && answer.talk.contains("took too long"), "\(answer.talk)")
  }

  @Test func aKilledUpdateGoesOnWhereItStopped() throws {
    let place = Workplace()
    shell(
      place,
      """
      echo "$2" >> calls
      [ "$2" = 000001.SZSE ] && [ ! -e second ] && { touch second; sleep 60; }
      printf '\(Self.rows)' "$2"
      """)
    let line = "data update --feed feed.yaml --until 2021-01-04 --watchlist list.yaml"
    let process = place.start(line)
    var waited = 0
    while !FileManager.default.fileExists(atPath: place.path("second")), waited < 2_000 {
      usleep(10_000)
      waited += 1
    }
    #expect(place.answer(line).exitCode == 75)
    process.send(SIGKILL)
    #expect(process.wait() == -SIGKILL)
    let resumed = try place.run(line)
    #expect(resumed.talk.contains("1 tasks done"), "\(resumed.talk)")
    let calls = String(decoding: FileBytes.read(place.path("calls")), as: UTF8.self)
    #expect(calls == "600000.SSE\n000001.SZSE\n000001.SZSE\n")
    #expect(try place.run("data list").output.contains("000001.SZSE 1d"))
  }

  @Test func badDaysWaitForADecision() throws {
    let place = Workplace()
    let days = (2...27).filter { ![7, 8, 14, 15, 21, 22].contains($0) }
    let body = days.map { day in
      let prices = day == 18 ? "10,31,9,30" : "10,11,9,10.0\(day % 3)"
      return "600000.SSE,2020-11-\(day < 10 ? "0" : "")\(day),\(prices),100"
    }.joined(separator: "\\n")
    shell(
      place,
      """
      mkdir -p "$3"
      echo symbol,datetime,open,high,low,close,volume > "$3/a.csv"
      [ "$2" = 600000.SSE ] && printf '\(body)' >> "$3/a.csv"
      exit 0
      """, "output: folder")
    let answer = place.answer(
      "data update --feed feed.yaml --until 2020-11-27 --watchlist list.yaml")
    #expect(answer.exitCode == 3, "\(answer.talk) \(answer.output)")
    #expect(answer.talk.contains("600000.SSE 1d 2020-11-18 is graded D"), "\(answer.talk)")
    #expect(answer.talk.contains("data decide"))
  }

  @Test func factsThatAreWrongAreRefusedWhole() throws {
    let place = Workplace()
    shell(
      place,
      "printf 'symbol,day,adjustment\\n600000.SSE,2021-01-04,1.5\\n600000.SSE,2021-01-05,-1\\n'\n",
      "attempts: 1")
    var text = String(decoding: FileBytes.read(place.path("feed.yaml")), as: UTF8.self)
    text = text.replacing("kinds: [bars]", with: "kinds: [factors]")
    FileBytes.write(Array(text.utf8), to: place.path("feed.yaml"))
    let answer = place.answer(
      "data update --feed feed.yaml --until 2021-01-08 --watchlist list.yaml")
    #expect(answer.exitCode == 3)
    let words = ".csv:3: adjustment \"-1\": expected a number above zero"
    #expect(answer.talk.contains(words), "\(answer.talk)")
    #expect(place.contents()["datasets/facts/factors.csv"] == nil)
  }

  @Test func watchlistsAndFeedsThatMeanNothing() throws {
    let place = Workplace()
    FileBytes.write(Array("hk: [600000.SH]\n".utf8), to: place.path("list.yaml"))
    let list = place.answer("data update --watchlist list.yaml")
    #expect(list.exitCode == 2 && list.talk.contains("expected a symbol such as 09988.HK"))
    let feed = place.answer("data update --feed akshar")
    #expect(feed.exitCode == 2 && feed.talk.contains("did you mean \"akshare\""), "\(feed.talk)")
    let plan = try place.run("data update --plan --until 2021-01-08").output
    for name in ["days SSE", "bars 09988.HKEX 1d", "bars AAPL.US 1m", "limits 600000.SSE"] {
      #expect(plan.contains(name), "\(plan)")
    }
  }
}
