import ModelOracle
import Testing

@Suite("Stored models with changed bytes")
struct ModelFuzzTests {
  /// `bench fuzz-models` reads a million.
  @Test("An error, or what an independent reader forecasts", arguments: 1...2)
  func changedBytes(seed: Int) throws {
    var fuzz = try ModelFuzz(seed: UInt64(seed))
    fuzz.run(files: 10_000)
    #expect(fuzz.disagreements.isEmpty, "seed \(seed): \(fuzz.disagreements)")
    #expect(fuzz.accepted > 500 && fuzz.accepted < fuzz.files)
  }
}
