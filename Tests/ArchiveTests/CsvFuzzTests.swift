import CsvOracle
import Testing

@testable import Archive

/// The short form of `bench fuzz-csv`: nothing crashes, and what is accepted is what a slow,
/// independent reader accepts.
@Suite struct CsvFuzzTests {
  #if DEBUG
    static let rowsPerSeed = 1_500
  #else
    static let rowsPerSeed = 12_000
  #endif

  @Test(arguments: 0..<16 as Range<UInt64>)
  func mutatedRowsAreReadAsASlowReaderReadsThem(_ seed: UInt64) throws {
    let scratch = Scratch()
    let fuzz = try CsvFuzz.run(rows: Self.rowsPerSeed, seed: seed, in: scratch.folder)
    #expect(fuzz.disagreements.isEmpty, "seed \(seed)")
    #expect(fuzz.accepted > fuzz.rows / 5 && fuzz.accepted < fuzz.rows, "seed \(seed)")
  }
}
