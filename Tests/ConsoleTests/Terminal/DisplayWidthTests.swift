import Foundation
import Testing

@testable import Console

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("沪深300", 7), ("ＡＢ", 4), ("。", 2), ("한국", 4), ("カナ", 4), ("ｶﾅ", 2),
    ("e\u{301}", 1), ("é", 1), ("👍", 2), ("👍🏽", 2), ("👨‍👩‍👧", 2), ("🇨🇳", 2), ("❤️", 2), ("❤", 1),
    ("\u{200B}", 0), ("\u{1B}", 0), ("…", 1), ("─", 1), ("¥", 1), ("￥", 2), ("𠮷", 2), ("　", 2),
  ]) func columns(text: String, width: Int) {
    #expect(displayWidth(text) == width)
  }

  /// The C library's own table is an independent witness for the blocks that matter to us.
  @Test func theCLibraryAgreesOnChineseAndFullWidthText() throws {
    // The headers hide wcwidth from Swift; the linker knows it.
    typealias Width = @convention(c) (wchar_t) -> Int32
    let wcwidth = unsafeBitCast(try #require(dlsym(nil, "wcwidth")), to: Width.self)
    let locale = try #require(newlocale(1 << LC_CTYPE, "C.UTF-8", nil))
    let previous = uselocale(locale)
    defer {
      uselocale(previous)
      freelocale(locale)
    }
    for block: ClosedRange<UInt32> in [
      0x20...0x7E, 0xC0...0x17F, 0x2500...0x257F, 0x2E80...0x2E99, 0x3041...0x3096,
      0x3105...0x312F, 0x3400...0x4DBF, 0x4E00...0x9FFC, 0xAC00...0xD7A3, 0xFF01...0xFF60,
      0xFF61...0xFF9F, 0xFFE0...0xFFE6, 0x20000...0x2A6D6,
    ] {
      for value in block {
        let scalar = try #require(Unicode.Scalar(value))
        #expect(displayWidth(String(scalar)) == Int(wcwidth(wchar_t(value))), "U+\(value)")
      }
    }
  }

  @Test func textThatSteersTheTerminalIsRemoved() {
    #expect(printable("a\u{1B}[31mb") == "a[31mb")
    #expect(printable("a\u{9B}b\u{7F}c\u{0}") == "abc")
    #expect(printable("\u{202E}evil\u{202C}\u{2066}\u{200F}") == "evil")
    #expect(printable("two\nlines\tand\r\nmore") == "two lines and  more")
    #expect(printable("沪深 👨‍👩‍👧") == "沪深 👨‍👩‍👧")
  }

  @Test func noSteeringScalarSurvives() {
    for seed in UInt64(0)..<300 {
      var dice = Dice(seed: seed)
      var text = String.UnicodeScalarView()
      for _ in 0..<40 {
        let value = UInt32.random(in: 0...0x2FFF, using: &dice)
        if let scalar = Unicode.Scalar(value) { text.append(scalar) }
      }
      let shown = printable(String(text))
      #expect(!shown.unicodeScalars.contains(where: isSteering), "seed \(seed)")
      #expect(displayWidth(elided(shown, to: 10)) <= 10, "seed \(seed)")
    }
  }

  @Test func eliding() {
    #expect(elided("abcdef", to: 6) == "abcdef")
    #expect(elided("abcdef", to: 5) == "abcd…")
    #expect(elided("沪深300", to: 6) == "沪深3…")
    #expect(elided("沪深300", to: 4) == "沪…")
    #expect(elided("abc", to: 0) == "")
  }
}
