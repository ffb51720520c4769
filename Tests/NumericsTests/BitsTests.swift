import Numerics
import Testing

/// The promise "same input and seed, same bits on any x86-64", held by a checksum over many results:
/// whoever changes a bit of a function changes every trained model, and must say so here.
@Suite struct BitsTests {
  private func checksum(_ draw: (inout Xoshiro256) -> Double) -> UInt64 {
    var generator = Xoshiro256(seed: 2026)
    var hash: UInt64 = 0
    for _ in 0..<20_000 {
      hash = (hash ^ draw(&generator).bitPattern) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    return hash
  }

  @Test func functionsKeepTheirBits() {
    #expect(checksum { exp($0.uniform(in: -700...700)) } == 0x8020188B1914E12)
    #expect(checksum { expm1($0.uniform(in: -3...3)) } == 0x3D4B333223179B31)
    #expect(checksum { log(1e6 * $0.uniform()) } == 0x53359B8883399865)
    #expect(checksum { log1p($0.uniform(in: -0.9...9)) } == 0x8421E6BCAD6345F9)
    #expect(checksum { tanh($0.uniform(in: -9...9)) } == 0x6CDF57A4428B25D)
    #expect(checksum { pow($0.uniform(), $0.uniform(in: -9...9)) } == 0x24385BB7519F1ACB)
    #expect(checksum { normalCdf($0.uniform(in: -9...9)) } == 0x2DFD0D028993FD84)
    #expect(checksum { normalQuantile($0.uniform()) } == 0xEAC40D9B62ABF50)
    #expect(checksum { logGamma(99 * $0.uniform()) } == 0x7BB0E0FDD57D6770)
    #expect(
      checksum { studentTCdf($0.uniform(in: -9...9), degrees: 1 + 99 * $0.uniform()) }
        == 0x48B34BE122754BA9)
  }

  @Test func drawsKeepTheirBits() {
    #expect(checksum { $0.normal() } == 0x4CF404FE8271009B)
    #expect(checksum { $0.exponential() } == 0x6EEAF3483A90A5B2)
    #expect(checksum { $0.gamma(shape: 2.5) } == 0x77BEC4E06D267F0D)
    #expect(checksum { $0.studentT(degrees: 4) } == 0xD8F10FD3A12E09FD)
    #expect(checksum { Double($0.int(below: 1000)) } == 0x68EF04C117771338)
  }
}
