import Fixtures
import Testing

/// What a model would see, as figures, a page and files.
@Suite struct FeatureViewTests {
  @Test func featuresAreToldAndWritten() throws {
    let place = Workplace()
    try place.run("data make --until 2020-01-10")
    let told = try place.run("train features --json --out seen.csv").object()
    let features = try #require(told["features"] as? [[String: Any]])
    #expect(features.count == 12)
    let table = String(decoding: FileBytes.read(place.path("seen.csv")), as: UTF8.self)
    let lines = table.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(Double(lines.count - 1) == told["rows"] as? Double)
    #expect(lines.allSatisfy { $0.count { $0 == "," } == 14 })
    let page = String(decoding: FileBytes.read(place.path("runs/features.html")), as: UTF8.self)
    #expect(page.contains("Correlation of ranks"))
    try place.run("train features --out seen.npy")
    let array = FileBytes.read(place.path("seen.npy"))
    // The heading fills 128 bytes; four bytes for each number follow.
    #expect(array.count == 128 + 4 * 12 * (lines.count - 1) && array[127] == UInt8(ascii: "\n"))
    #expect(place.answer("train features --out seen.txt").exitCode == 2)
  }

  /// Rows of a panel lie in the order of time, with whose they are beside them.
  @Test func aPanelIsToldAndWritten() throws {
    let place = Workplace()
    let names = (0..<3).map { "60000\($0).SSE" }
    let made = names.map { "--symbol \($0)" }.joined(separator: " ")
    try place.run(
      "data make --kind panel-planted --interval 1d --from 2018-01-02 --until 2019-12-31 \(made)")
    let line = "train features --set data.interval=1d --recipe panel \(made)"
    let told = try place.run("\(line) --json --out seen.csv").object()
    #expect(told["symbols"] as? [String] == names)
    let features = try #require(told["features"] as? [[String: Any]])
    #expect(features.count == 18 && features.allSatisfy { $0["rank-ic-t"] is Double })
    let table = String(decoding: FileBytes.read(place.path("seen.csv")), as: UTF8.self)
    let lines = table.split(separator: "\n").map { $0.split(separator: ",", maxSplits: 3) }
    #expect(lines[0][0...2] == ["closed_at_utc", "trading_day", "symbol"])
    #expect(Double(lines.count - 1) == told["rows"] as? Double)
    #expect(lines[1...6].map { String($0[2]) } == names + names)
    let page = String(decoding: FileBytes.read(place.path("runs/features.html")), as: UTF8.self)
    #expect(page.contains("Features of 3 instruments") && page.contains(names[2]))
    try place.run("\(line) --out seen.npy")
    let owners = FileBytes.read(place.path("seen.owners.npy"))
    #expect(owners.count == 128 + 4 * (lines.count - 1))
    #expect([owners[128], owners[132], owners[136], owners[140]] == [0, 1, 2, 0])
    let symbols = String(decoding: FileBytes.read(place.path("seen.symbols.txt")), as: UTF8.self)
    #expect(symbols == names.joined(separator: "\n") + "\n")
  }
}
