import Foundation
import Testing

@testable import Console

@Suite struct JSONTests {
  private struct Pair: Decodable {
    let text: String
    let number: Double
  }

  @Test func valuesAreWrittenInTheOrderGiven() {
    let value: JSON = [
      "z": 1, "a": [true, nil, -2.5, "x"], "m": ["inner": .list([])], "big": .integer(.min),
    ]
    #expect(
      value.line
        == #"{"z":1,"a":[true,null,-2.5,"x"],"m":{"inner":[]},"big":-9223372036854775808}"#)
  }

  @Test func textIsEscaped() {
    #expect(JSON.text("\"\\\n\r\t/").line == #""\"\\\n\r\t/""#)
    #expect(
      JSON.text("\u{1B}\u{0}\u{9B}\u{202E}\u{2028}").line == #""\u001b\u0000\u009b\u202e\u2028""#)
    #expect(JSON.text("沪深 👍").line == "\"沪深 👍\"")
  }

  @Test func numbersThatJSONCannotHoldAreNull() {
    for number in [Double.nan, .infinity, -.infinity] {
      #expect(JSON.number(number).line == "null")
    }
  }

  @Test func anotherReaderReadsTheSameBack() throws {
    for seed in UInt64(0)..<300 {
      var dice = Dice(seed: seed)
      var text = String.UnicodeScalarView()
      for _ in 0..<20 {
        if let scalar = Unicode.Scalar(UInt32.random(in: 0...0x3FFF, using: &dice)) {
          text.append(scalar)
        }
      }
      let number = Double(
        sign: .plus, exponent: Int.random(in: -300...300, using: &dice),
        significand: Double.random(in: 1..<2, using: &dice))
      let line = JSON.object([
        .init("text", .text(String(text))),
        .init("number", .number(number)),
      ]).line
      let back = try JSONDecoder().decode(Pair.self, from: Data(line.utf8))
      #expect(Array(back.text.unicodeScalars) == Array(text), "seed \(seed)")
      #expect(back.number == number, "seed \(seed)")
    }
  }
}
