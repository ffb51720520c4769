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
}
