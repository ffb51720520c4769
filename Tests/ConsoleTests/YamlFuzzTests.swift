import Testing
import YamlOracle

/// The short form of `bench yaml`: what the strict reader accepts, refuses and means is what an
/// independent slow reader accepts, refuses and means.
@Suite struct YamlFuzzTests {
  #if DEBUG
    static let documentsPerSeed = 500
  #else
    static let documentsPerSeed = 40_000
  #endif

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func bothReadersAgree(seed: UInt64) {
    let fuzz = YamlFuzz.run(mutations: Self.documentsPerSeed, seed: seed)
    for found in fuzz.disagreements {
      let text = String(decoding: found.bytes, as: UTF8.self).debugDescription
      Issue.record("seed \(seed), document \(found.number): \(text) \(found.fast) \(found.slow)")
    }
    #expect(fuzz.documents == Self.documentsPerSeed)
    #expect(fuzz.accepted > fuzz.documents / 5, "the generator makes too few good documents")
  }
}
