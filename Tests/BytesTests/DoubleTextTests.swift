import Bytes
import Foundation
import Testing

@Suite struct DoubleTextTests {
  @Test func fixedDecimalsRoundTheExactValueHalfToEven() {
    let cases: [(Double, Int, String)] = [
      (0.125, 2, "0.12"), (0.375, 2, "0.38"), (2.5, 0, "2"), (3.5, 0, "4"), (-1.005, 2, "-1.00"),
      (0.1, 18, "0.100000000000000006"), (-0.001, 2, "0.00"), (0, 3, "0.000"),
      (1e22, 1, "10000000000000000000000.0"), (123_456.789, 2, "123456.79"),
      (5e-300, 4, "0.0000"), (999.9999, 2, "1000.00"), (.nan, 2, "nan"), (-.infinity, 2, "-inf"),
    ]
    for (value, decimals, text) in cases {
      #expect(DoubleText.fixed(value, decimals: decimals) == text)
    }
  }

  @Test func fixedDecimalsAgreeWithTheCLibrary() {
    var dice = Dice(seed: 3)
    for round in 0..<20_000 {
      let value = Double(bitPattern: dice.next())
      let small = Double(Int64(bitPattern: dice.next()) >> 20) / Double(1 << dice.below(30))
      let decimals = dice.below(19)
      for number in [value, small] where number.isFinite {
        let theirs = String(format: "%.\(decimals)f", number)
        let ours = DoubleText.fixed(number, decimals: decimals)
        let isZero = !theirs.contains { "123456789".contains($0) }
        #expect(
          ours == (isZero ? theirs.filter { $0 != "-" } : theirs), "round \(round): \(number)")
      }
    }
  }

  @Test func shortestTextReadsBackAsTheSameBits() throws {
    var dice = Dice(seed: 4)
    for round in 0..<50_000 {
      let value = Double(bitPattern: dice.next())
      guard value.isFinite else { continue }
      let text = DoubleText.shortest(value)
      #expect(try DoubleText.parse(text).bitPattern == value.bitPattern, "round \(round): \(text)")
    }
  }

  @Test func numbersReadAsTheNearestDouble() throws {
    for text in [
      "0.1", "1e22", "1e23", "9007199254740993", "123456789012345678", "4.35", "-0.3e-5", ".5",
      "17976931348623157e292", "0.000000000000000000000000000001",
    ] {
      #expect(try DoubleText.parse(text) == Double(text), "\(text)")
    }
  }

  @Test func whatIsNoFiniteNumberIsRefused() {
    for text in ["", "nan", "inf", "-Infinity", "0x1p3", "1e", "1e+", ".", "1e400", "1_000", " 1"] {
      #expect(throws: BytesError.self, "\(text)") { try DoubleText.parse(text) }
    }
  }
}
