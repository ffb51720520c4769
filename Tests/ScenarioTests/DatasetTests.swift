import Bytes
import Fixtures
import Foundation
import Testing

/// The data sets that are shipped are what `scripts/datasets` makes, and what their checksums say.
@Suite struct DatasetTests {
  private static let shipped = "\(Workplace.home)/datasets/sample"

  private static func sums() throws -> [(digest: String, name: String)] {
    try String(contentsOfFile: "\(shipped)/SHA256SUMS", encoding: .utf8).split(separator: "\n")
      .map { line in
        let parts = line.split(separator: " ", omittingEmptySubsequences: true)
        try #require(parts.count == 2, "\(line)")
        return (String(parts[0]), String(parts[1]))
      }
  }

  @Test func theFilesAreThoseTheChecksumsName() throws {
    let sums = try Self.sums()
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.shipped)
      .filter { $0 != "SHA256SUMS" }.sorted()
    #expect(sums.map(\.name).sorted() == files)
    var size = 0
    for sum in sums {
      let bytes = FileBytes.read("\(Self.shipped)/\(sum.name)")
      #expect(Sha256.digest(bytes).hex == sum.digest, "\(sum.name)")
      size += bytes.count
    }
    #expect(size < 3_000_000)
  }

  @Test func theScriptMakesTheSameBytesAgain() throws {
    let place = Workplace()
    let process = Spawned(
      "\(Workplace.home)/scripts/datasets", [place.path("again"), Spawned.programs],
      environment: ["PATH=/usr/local/bin:/usr/bin:/bin"])
    try #require(process.wait() == 0, "\(process.talkText)")
    for sum in try Self.sums() {
      let bytes = FileBytes.read(place.path("again/\(sum.name)"))
      #expect(Sha256.digest(bytes).hex == sum.digest, "\(sum.name)")
    }
  }

  @Test func theyImportAndRollAsTheReadmeSays() throws {
    let place = Workplace()
    try FileManager.default.copyItem(atPath: Self.shipped, toPath: place.path("sample"))
    try place.run("data import sample/rb2009.SHFE.1m.csv sample/rb2101.SHFE.1m.csv")
    let told = try place.run("data roll rb.SHFE --json").output
    let legs = try #require(
      JSONSerialization.jsonObject(with: Data(told.utf8)) as? [[String: Any]], "\(told)")
    #expect(legs.map { $0["contract"] as? String } == ["rb2009.SHFE", "rb2101.SHFE"])
    #expect(legs.last?["decidedOn"] as? String == "2020-07-27")
    #expect(place.answer("data check --grade A").exitCode == 0)
    try place.run("data import --interval 1d sample/600519.SSE.1d.csv")
    let faults = place.answer("data check 600519.SSE").output.split(separator: "\n")
      .filter { $0.hasPrefix("20") }
    #expect(faults.count > 5 && faults.allSatisfy { $0.contains("missing day") }, "\(faults)")
  }
}
