import Bytes
import Testing

@Suite struct DecimalTextTests {
  @Test func exactNumbersReadAndPrint() throws {
    let cases: [(String, Int, Int64, String)] = [
      ("3512.50", 2, 351_250, "3512.50"), ("3512.5", 2, 351_250, "3512.50"), ("0", 0, 0, "0"),
      ("-0.05", 3, -50, "-0.050"), ("+7", 1, 70, "7.0"), (".5", 1, 5, "0.5"), ("5.", 0, 5, "5"),
      ("3512.5000", 1, 35_125, "3512.5"), ("007", 0, 7, "7"), ("-0", 2, 0, "0.00"),
      ("9223372036854775807", 0, .max, "9223372036854775807"),
      ("0.000000000000000001", 18, 1, "0.000000000000000001"),
      ("1.00000000000000000000000000", 2, 100, "1.00"),
    ]
    for (text, decimals, units, printed) in cases {
      #expect(try DecimalText.parse(text, decimals: decimals) == units, "\(text)")
      #expect(DecimalText.text(units, decimals: decimals) == printed)
    }
    #expect(DecimalText.text(.min, decimals: 2) == "-92233720368547758.08")
  }

  @Test func exponentsAreReadOnlyWhenAsked() throws {
    #expect(try DecimalText.parse("1.25e3", decimals: 0, allowExponent: true) == 1250)
    #expect(try DecimalText.parse("1200E-2", decimals: 0, allowExponent: true) == 12)
    #expect(try DecimalText.parse("0e999", decimals: 0, allowExponent: true) == 0)
    #expect(throws: BytesError.self) { try DecimalText.parse("1e3", decimals: 0) }
    #expect(throws: BytesError.self) {
      try DecimalText.parse("1e", decimals: 0, allowExponent: true)
    }
    #expect(throws: BytesError.overflow(offset: 0, found: "1e99")) {
      try DecimalText.parse("1e99", decimals: 0, allowExponent: true)
    }
    #expect(try DecimalText.decimalsNeeded("12.5e-3", allowExponent: true) == 4)
  }

  @Test func whatIsNoNumberIsRefusedWithItsPlace() {
    for (text, place) in [
      ("", 0), ("-", 1), (".", 1), ("nan", 0), ("inf", 0), ("1 ", 1), (" 1", 0), ("1,5", 1),
      ("1.2.3", 3), ("--1", 1), ("0x10", 1), ("１", 0),
    ] {
      do throws(BytesError) {
        let units = try DecimalText.parse(text, decimals: 2)
        Issue.record("\(text) was read as \(units)")
      } catch {
        guard case .badText(place, "a decimal number like 3512.50", _) = error else {
          Issue.record("\(text): \(error)")
          continue
        }
      }
    }
  }

  @Test func tooManyDecimalsNameWhatTheyNeed() throws {
    #expect(throws: BytesError.tooManyDecimals(offset: 0, needed: 4, allowed: 2, found: "1.2345")) {
      try DecimalText.parse("1.2345", decimals: 2)
    }
    #expect(try DecimalText.decimalsNeeded("3512.500") == 1)
    #expect(try DecimalText.decimalsNeeded("1200") == 0)
  }

  @Test func overflowIsRefused() {
    for (text, decimals) in [
      ("9223372036854775808", 0), ("92233720368547758.08", 3), ("99999999999999999999", 0),
      ("3.0000000000000000005", 18),
    ] {
      #expect(throws: BytesError.self, "\(text)") {
        try DecimalText.parse(text, decimals: decimals)
      }
    }
  }

  @Test func everyNumberComesBackOverSeeds() throws {
    var dice = Dice(seed: 5)
    for round in 0..<20_000 {
      let units = Int64(bitPattern: dice.next()) >> Int64(dice.below(63))
      guard units != .min else { continue }
      let decimals = dice.below(19)
      let text = DecimalText.text(units, decimals: decimals)
      #expect(try DecimalText.parse(text, decimals: decimals) == units, "round \(round): \(text)")
    }
  }

  @Test func hostileTextNeverTraps() {
    var dice = Dice(seed: 6)
    let letters = Array("0123456789.-+eE nai0000\u{0}é".utf8)
    for _ in 0..<100_000 {
      let text = (0..<dice.below(30)).map { _ in letters[dice.below(letters.count)] }
      let decimals = dice.below(19)
      let plain = try? DecimalText.parse(text.span, decimals: decimals)
      let wide = try? DecimalText.parse(text.span, decimals: decimals, allowExponent: true)
      let day = try? DateText.parse(text.span)
      let time = try? TimeText.parse(text.span)
      let double = try? DoubleText.parse(text.span)
      // A macro for each of 100,000 texts would cost seconds; one that fails is enough.
      guard plain == nil || plain == wide, day == nil, time == nil, double?.isFinite ?? true else {
        Issue.record("\(text) was read as \(String(describing: plain))")
        return
      }
    }
  }
}
