import Testing

@testable import Console

@Suite struct KindTests {
  /// Every text that is taken is written as a text with the same meaning, however odd it was.
  @Test func damagedTextsAreRefusedOrUnderstood() {
    let kinds: [(Kind, String)] = [
      (.integer(), "-1_000"), (.number(), "12.5e-3"), (.ratio(Kind.anyNumber), "2.5%"),
      (.ratio(Kind.anyNumber), "5bp"), (.duration(), "250ms"), (.ticks(), "3 ticks"),
      (Self.money, "1,234,567.89 CNY"), (.date, "2020-02-29"), (.timeOfDay, "21:00:30"),
    ]
    let alphabet = Array("0123456789+-_.,:eE%bpmsdht CNY１x")
    var state: UInt64 = 7
    for _ in 0..<2_000 {
      for (kind, text) in kinds {
        var letters = Array(text)
        for _ in 0..<2 {
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          letters[Int(state >> 33) % letters.count] = alphabet[Int(state >> 40) % alphabet.count]
        }
        guard let value = kind.scalar(String(letters)) else { continue }
        let written = value.text(as: kind)
        #expect(kind.scalar(written) == value, "\(String(letters)) was written \(written)")
      }
    }
  }

  private static let money = Kind.money(currency: "CNY", hundredths: .min ... .max)

  @Test(
    arguments: [
      (.text, "any text", .text("any text")), (.flag, "true", .flag(true)),
      (.flag, "false", .flag(false)), (.integer(), "-12", .integer(-12)),
      (.integer(), "+7", .integer(7)), (.integer(), "1_000_000", .integer(1_000_000)),
      (.integer(), "9223372036854775807", .integer(.max)), (.number(), "0.5", .number(0.5)),
      (.number(), "1e-4", .number(1e-4)), (.number(), "-2.5E+3", .number(-2_500)),
      (.number(), "0e0", .number(0)), (.ratio(), "2%", .ratio(0.02)),
      (.ratio(), "5bp", .ratio(0.0005)),
      (.ratio(), "0.02", .ratio(0.02)), (.ratio(), "0.1%", .ratio(0.001)),
      (.ratio(), "7%", .ratio(0.07)), (.ratio(), "0.3bp", .ratio(0.00003)),
      (.duration(), "250ms", .duration(nanoseconds: 250_000_000)),
      (.duration(), "30s", .duration(nanoseconds: 30_000_000_000)),
      (.duration(), "5m", .duration(nanoseconds: 300_000_000_000)),
      (.duration(), "1h", .duration(nanoseconds: 3_600_000_000_000)),
      (.duration(), "2d", .duration(nanoseconds: 172_800_000_000_000)),
      (.duration(), "7us", .duration(nanoseconds: 7_000)),
      (.duration(), "0s", .duration(nanoseconds: 0)),
      (.ticks(), "3 ticks", .ticks(3)), (.ticks(), "1 tick", .ticks(1)),
      (money, "1,000,000", .money(hundredths: 100_000_000)),
      (money, "1_000_000.5 CNY", .money(hundredths: 100_000_050)),
      (money, "0.07", .money(hundredths: 7)), (money, "-12.30", .money(hundredths: -1_230)),
      (money, "92233720368547758.07", .money(hundredths: .max)),
      (.date, "2020-02-29", .date(CivilDate(year: 2020, month: 2, day: 29)!)),
      (.timeOfDay, "21:00", .timeOfDay(seconds: 75_600)),
      (.timeOfDay, "00:00:01", .timeOfDay(seconds: 1)), (.choice(["a", "b"]), "b", .choice("b")),
      (.optional(.ticks()), "2 ticks", .ticks(2)),
    ] as [(Kind, String, Value)])
  func accepts(kind: Kind, text: String, value: Value) {
    #expect(kind.scalar(text) == value)
  }

  @Test(
    arguments: [
      (.flag, ["yes", "on", "True", "1", ""]),
      (
        .integer(),
        [
          "", "+", "-", "0x10", "0o17", "010", "1.0", "1e3", "1,000", "1__0", "1_0", "_1", "1_",
          "9223372036854775808", "１", "٣", " 1", "1 ", "--1", "nan",
        ]
      ),
      (
        .number(),
        [
          "nan", "NaN", ".nan", "inf", "-inf", ".inf", "infinity", "0x1p3", "1e999", "1e-999", ".5",
          "5.", "1,5", "1.5.2", "1e", "e5", "00.5", "1e1_0", "1 000", "0.5f",
          "1e99999999999999999999",
        ]
      ),
      (.ratio(), ["%", "2 %", "2%%", "2pct", "bp", "5 bp", "nan%", "2,5%", "0x2%"]),
      (
        .duration(),
        ["5", "m", "1h30m", "1.5h", "-5m", "5 m", "5M", "1w", "99999999999d", "0x5s", "1e3s", "５m"]
      ),
      (.ticks(), ["3", "3ticks", "2 tick", "1.5 ticks", "ticks", "3 ticks ticks", "0x3 ticks"]),
      (
        money,
        [
          "1,00", "10,00,000", "1,000_000", "1.005", "1e6", "CNY", "5 USD", "5CNY", "1,000.000",
          "92233720368547758.08", "¥5", ",000", "1000,000",
        ]
      ),
      (
        .date,
        [
          "2020-1-31", "2020-02-30", "2019-02-29", "20200131", "2020/01/31", "0000-01-01",
          "2020-13-01",
        ]
      ),
      (.timeOfDay, ["24:00", "9:30", "09:60", "09:30:60", "0930", "09:30:00.5", "21：00"]),
      (.choice(["a", "b"]), ["A", "c", ""]),
    ] as [(Kind, [String])])
  func refuses(kind: Kind, texts: [String]) {
    for text in texts { #expect(kind.scalar(text) == nil, "accepted \(text)") }
  }

  @Test func rangesHoldAtTheirEnds() {
    let kind = Kind.ratio(0.01...0.1)
    for (text, isIn) in [("1%", true), ("10%", true), ("0.99%", false), ("10.01%", false)] {
      #expect(kind.contains(kind.scalar(text)!) == isIn, "\(text)")
    }
    #expect(kind.limits == "from 1% to 10%")
    #expect(Kind.integer().limits == nil)
    #expect(Kind.duration(1_000_000_000...Int64.max).limits == "at least 1s")
    #expect(Kind.optional(.ticks(1...2)).limits == "from 1 tick to 2 ticks")
  }

  @Test func writtenValuesReadBack() {
    for seed in 1...1_000 { writtenValuesReadBack(seed: seed) }
  }

  private func writtenValuesReadBack(seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    func next() -> Int64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int64(truncatingIfNeeded: state) >> Int64(state >> 58)
    }
    let shares = [
      Double(next() % 1_000_000) / 1e6, Double(next()) / 3e9, Double(next() % 100) / 1e4,
    ]
    let values: [(Kind, Value)] =
      shares.map { (.ratio(Kind.anyNumber), .ratio($0)) } + [
        (.number(), .number(Double(next()) / 7)), (.integer(), .integer(Int(next()))),
        (.duration(), .duration(nanoseconds: next() & .max)),
        (.ticks(), .ticks(Int(next() & .max))),
        (Self.money, .money(hundredths: next())),
        (.timeOfDay, .timeOfDay(seconds: Int(next() & .max) % 86_400)),
      ]
    for (kind, value) in values {
      let text = value.text(as: kind)
      #expect(kind.scalar(text) == value, "seed \(seed): \(value) was written \(text)")
    }
  }

  @Test(
    arguments: [
      (.ratio(0.02), .ratio(), "2%"), (.ratio(0.0005), .ratio(), "5bp"),
      (.ratio(0), .ratio(), "0%"),
      (.ratio(-0.125), .ratio(), "-12.5%"), (.ratio(0.0000225), .ratio(), "2.25e-05"),
      (.duration(nanoseconds: 5_400_000_000_000), .duration(), "90m"),
      (.duration(nanoseconds: 1), .duration(), "1ns"), (.ticks(1), .ticks(), "1 tick"),
      (.money(hundredths: 100_000_050), money, "1_000_000.50 CNY"),
      (.money(hundredths: -7), money, "-0.07 CNY"), (.number(1), .number(), "1"),
      (.timeOfDay(seconds: 75_601), .timeOfDay, "21:00:01"), (.text("a: b"), .text, "\"a: b\""),
      (.text("null"), .text, "\"null\""), (.nothing, .optional(.flag), "null"),
    ] as [(Value, Kind, String)])
  func writes(value: Value, kind: Kind, text: String) {
    #expect(value.text(as: kind) == text)
  }
}
