import Testing

@testable import Features

/// Every word against sixty-digit arithmetic (Tests/Goldens/features/exact.py), on every kind of
/// bars.
@Suite struct ExactTests {
  private struct Sample: Decodable {
    let kind: String
    let expression: String
    let deviation: Double
    let rows: [Int]
    let values: [Double]
  }

  /// What is held elsewhere: by the originals, or by hand.
  private static let elsewhere: Set<String> = [
    // ParityTests and TalibTests
    "sar", "sarside", "parabolic", "parabolicext",
    // FuturesTests
    "dayfirst", "daybars", "dayminutes", "breakminutes", "sessionminutes", "sessionshare", "gap",
    "daygap", "oichange", "oiturn", "rollbars", "unrolled",
    // FrameTests
    "minutes", "hour", "day",
    // PanelTests, over SliceMeasureTests
    "cs_rank", "cs_gauss", "cs_demean", "cs_zscore", "cs_neutral",
  ]

  /// Those of `exact.py`, and of every later word that came with a golden of its own.
  private func samples() throws -> [Sample] {
    let own: [[Sample]] = try Golden.names(in: "words").map { try Golden.decode("words/\($0)") }
    return try Golden.decode("exact") + own.joined()
  }

  @Test(arguments: Series.Kind.allCases)
  func wordsAreExact(kind: Series.Kind) throws {
    let samples = try samples()
    let bars = Array(Series.ruled(kind)[..<400])
    for sample in samples where sample.kind == kind.rawValue {
      let column = try Series.column(sample.expression, bars)
      for (row, value) in zip(sample.rows, sample.values) {
        // A mean that closes in on 100 for ever: its own range is soon below the last bit.
        if sample.expression.hasPrefix("stc"), kind == .flat, row > 300 { continue }
        let error = abs(column[row] - value)
        holds(
          error <= 1e-9 * sample.deviation + 2 * value.ulp,
          "\(sample.expression) \(kind) row \(row): \(column[row]) for \(value)")
      }
    }
  }

  @Test func noWordIsWithoutItsGolden() throws {
    let samples = try samples()
    let spoken = Set(samples.map { String($0.expression.prefix { $0 != "(" }) })
    let missing = Vocabulary.names.filter { !spoken.contains($0) && !Self.elsewhere.contains($0) }
    #expect(missing.isEmpty)
    #expect(Set(Vocabulary.names).count == Vocabulary.names.count)
    #expect(Self.elsewhere.isSubset(of: Vocabulary.names))
  }
}
