import Market
import Reporting
import Testing

@Suite struct JsonValueTests {
  @Test func keepsOrderAndEscapes() {
    let value = JsonValue.object([
      .init("z", .number(0.1)), .init("a", .list([.count(1), .null, .bool(true)])),
      .init("quote\"", .text("line\nend\\ <b> \u{1} \u{2028}")), .init("none", .number(.nan)),
      .init("money", .money(Money(minor: -5))), .init("empty", .list([])),
    ])
    #expect(
      value.json() == """
        {
          "z": 0.1,
          "a": [
            1,
            null,
            true
          ],
          "quote\\"": "line\\nend\\\\ \\u003cb> \\u0001 \\u2028",
          "none": null,
          "money": "-0.05",
          "empty": []
        }

        """)
  }
}
