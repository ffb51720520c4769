import Numerics
import Testing

@testable import Archive

@Suite struct CsvNumberTests {
  func read(_ text: String) -> CsvNumber? {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { CsvNumber($0) }
  }

  @Test func numbersAreReadInLowestTerms() {
    for (text, digits, decimals) in [
      ("3512.5", 35_125, 1), ("3512.500", 35_125, 1), ("0", 0, 0), ("000.000", 0, 0), ("7.", 7, 0),
      (".5", 5, 1), ("0.00000001", 1, 8), ("10.10", 101, 1), ("100", 100, 0),
      ("0000000000000000000000012", 12, 0), ("123456789012345678", 123_456_789_012_345_678, 0),
      ("1.0000000000000000000000", 1, 0), ("1.00000000000000001", 100_000_000_000_000_001, 17),
    ] as [(String, Int64, Int)] {
      let number = read(text)
      #expect(number?.digits == digits && number?.decimals == decimals, "\(text)")
    }
  }

  @Test func nothingElseIsANumber() {
    for text in [
      "", ".", "-1", "+1", "1e5", "0x10", "nan", "inf", "1,5", "1.2.3", " 1", "1 ", "１",
      "1234567890123456789", "0.1234567890123456789", "NaN", "1_000",
    ] {
      #expect(read(text) == nil, "\(text)")
    }
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func doublesAreTheNearest(_ seed: UInt64) {
    var generator = Xoshiro256(seed: seed)
    let digits = generator.int(below: 1 << 53)
    let decimals = generator.int(in: 0...8)
    var text = String(digits)
    while text.utf8.count <= decimals { text = "0" + text }
    if decimals > 0 {
      text.insert(".", at: text.index(text.endIndex, offsetBy: -decimals))
    }
    #expect(read(text)?.double == Double(text), "seed \(seed): \(text)")
  }
}
