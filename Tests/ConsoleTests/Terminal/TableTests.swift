import Testing

@testable import Console

@Suite struct TableTests {
  @Test func columnsAlignByDisplayWidth() {
    var table = Table(.text("Instrument"), .text("Name"), .number("Lots"), .number("Profit"))
    table.add("IF2106", "沪深300股指", "12", "-1,204.50")
    table.add("ag2412", "白银", "3", "88.00")
    table.add("é", "👍🏽", "", "0.00")
    #expect(
      table.text() == """
        Instrument  Name         Lots     Profit
        ──────────  ───────────  ────  ─────────
        IF2106      沪深300股指    12  -1,204.50
        ag2412      白银            3      88.00
        é           👍🏽                      0.00

        """)
  }

  @Test func theWidestTextColumnGivesWay() {
    var table = Table(.text("Code"), .text("Reason"), .number("Count"))
    table.add("IF2106", String(repeating: "because ", count: 20), "1,000,000")
    let lines = table.text(width: 40).split(separator: "\n").map(String.init)
    #expect(lines.last == "IF2106  because because beca…  1,000,000")
    #expect(lines.allSatisfy { displayWidth($0) <= 40 })
  }

  @Test func proseIsWrappedInsideItsColumn() {
    var table = Table(.number("Day"), .prose("What happened"), .number("Lots"))
    table.add("7", "the gate refused the order", "2")
    #expect(
      table.text(width: 25) == """
        Day  What happened   Lots
        ───  ──────────────  ────
          7  the gate           2
             refused the
             order

        """)
  }

  @Test func everyLineFitsWhateverTheCells() {
    let parts = ["x", "word ", "沪深", "👍", "\u{1B}[2J", "\u{202E}", "\n", "e\u{301}"]
    for seed in UInt64(0)..<200 {
      var dice = Dice(seed: seed)
      var table = Table(.text("One"), .prose("Two"), .number("Three"), .text("Four"))
      for _ in 0..<5 {
        func text() -> String {
          (0..<Int.random(in: 0...60, using: &dice)).map { _ in parts.randomElement(using: &dice)! }
            .joined()
        }
        table.add(text(), text(), String(Int.random(in: -9999...9999, using: &dice)), text())
      }
      let shown = table.text()
      for line in shown.split(separator: "\n") {
        #expect(displayWidth(String(line)) <= 80, "seed \(seed): \(line)")
      }
      #expect(!shown.contains("\u{1B}"), "seed \(seed)")
      #expect(!shown.contains("\u{202E}"), "seed \(seed)")
    }
  }

  @Test func anEmptyTableShowsItsTitles() {
    #expect(Table(.text("Name"), .number("Lots")).text() == "Name  Lots\n────  ────\n")
  }
}
