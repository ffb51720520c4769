import Bytes
import Testing

@testable import Reporting

@Suite struct PageTests {
  static let hostile = [
    "<img src=x onerror=alert(1)>", "\"><script>alert(1)</script>", "' onmouseover='alert(1)",
    "</style><script>x</script>", "</title><h1>", "a & b &amp; c", "gains \u{202E}sessol\u{202C}",
    "bell\u{7} and nul\u{0}", "javascript:alert(1)", "]]><!--", "\u{2066}hidden\u{2069}\u{FEFF}",
  ]

  /// Every text a page can hold, hostile.
  static func page(_ text: String) -> Page {
    Page(
      text, subtitle: text,
      sections: [
        Section(
          text,
          [
            .tiles([Tile(text, text, note: text)]), .pairs([Pair(text, text)]),
            .table(Table(text, columns: [Table.Column(text)], rows: [[text]], note: text)),
            .paragraphs([text]), .remarks([text]),
            .lines(
              LineChart(
                text, axis: .names([text, text]),
                series: [.init(text, [1, 2]), .init(text, [2, 1])]
              )), .bars(BarChart(text, axis: .names([text]), values: [1])),
          ])
      ])
  }

  @Test func hostileTextStaysText() {
    let plain = Self.markup(Self.page("plain").html())
    for text in Self.hostile {
      let html = Self.page(text).html()
      #expect(Self.markup(html) == plain, "\(text) changed the page's own markup")
      for scalar in html.unicodeScalars {
        let isControl = scalar.value < 32 && scalar != "\n" && scalar != "\t"
        let turns = (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069) ~= scalar.value
        if isControl || turns { Issue.record("U+\(String(scalar.value, radix: 16)) got through") }
      }
    }
  }

  /// The names of all tags and their attributes in order, which no text may change.
  static func markup(_ html: String) -> [String] {
    html.matches(of: /<(\/?[A-Za-z!][A-Za-z0-9]*)((?:"[^"]*"|[^">])*)>/).map { tag in
      let names = String(tag.output.2).matches(of: /([A-Za-z-]+)="/).map { String($0.output.1) }
      return "\(tag.output.1) \(names.joined(separator: ","))"
    }
  }

  @Test func onlyItsOwnStyleMayRun() throws {
    let html = Self.page("x").html()
    let style = try #require(html.firstMatch(of: /(?s)<style>(.*?)<\/style>/)).output.1
    let hash = Base64.text(Sha256.digest(String(style)).bytes)
    #expect(html.contains("default-src 'none'; style-src 'sha256-\(hash)'"))
    #expect(!html.contains("<script") && !html.contains(" style=") && !html.contains("http:"))
    #expect(!html.contains("https:") && !html.contains("url(") && !html.contains("@import"))
  }

  @Test func base64IsTheStandardsOwn() {
    let pairs = [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ]
    for (raw, text) in pairs { #expect(Base64.text(Array(raw.utf8)) == text) }
  }

  @Test func losesAreMarkedAndRangesAreNot() {
    let table = Table(columns: [Table.Column("x")], rows: [["−1.00"], ["−2 to 3"], ["4"]])
    let html = Page("t", sections: [Section(nil, [.table(table)])]).html()
    #expect(html.contains("<td class=\"number below\">−1.00</td>"))
    #expect(html.contains("<td class=\"number\">−2 to 3</td>"))
  }
}
