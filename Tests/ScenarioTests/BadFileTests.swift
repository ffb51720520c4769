import Fixtures
import Testing

/// Files that must not become bars: each is refused with its place, what was expected, and what to do.
@Suite struct BadFileTests {
  struct Bad: CustomTestStringConvertible {
    let name: String
    let content: String
    let place: String
    let expected: String
    let remedy: String
    var flags = ""

    var testDescription: String { name }

    init(
      _ name: String, _ content: String, at place: String, _ expected: String, _ remedy: String,
      flags: String = "--symbol rb2105.SHFE"
    ) {
      self.name = name
      self.content = content
      self.place = place
      self.expected = expected
      self.remedy = remedy
      self.flags = flags
    }
  }

  static let header = "datetime,open,high,low,close,volume\n"
  static let day = "2021-01-05 "

  static func rows(_ rows: String...) -> String {
    header + rows.map { day + $0 + "\n" }.joined()
  }

  static let files = [
    Bad("nothing", "", at: ":1", "some after the header", "written to its end"),
    Bad("a header alone", header, at: ":1", "some after the header", "written to its end"),
    Bad(
      "a column missing", "datetime,open,high,low,close\n", at: ":1", "a column volume",
      "--mapping"),
    Bad(
      "a column nobody knows", "datetime,open,high,low,close,volume,vwap\n", at: ":1:37",
      "one of symbol", "--mapping"),
    Bad(
      "a column twice", "datetime,open,high,low,close,volume,open\n", at: ":1:37",
      "each column once", "--mapping"),
    Bad(
      "no symbol", rows("09:01:00,1,1,1,1,1"), at: ":1", "a symbol given for the whole file",
      "--symbol", flags: ""),
    Bad(
      "an exchange nobody knows",
      "symbol," + header + "rb2105.MARS,2021-01-05 09:01:00,1,1,1,1,1\n",
      at: ":2:1", "a symbol like rb2105.SHFE", "--symbol", flags: ""),
    Bad(
      "a product without rules", "symbol," + header + "zz2105.SHFE,2021-01-05 09:01:00,1,1,1,1,1\n",
      at: ":2:1", "trading hours are known", "config/markets/local", flags: ""),
    Bad(
      "no time zone", rows("09:01:00,1,1,1,1,1"), at: ":2:1", "a clock given for the stamps",
      "--zone", flags: "--symbol EURUSD.LOCAL"),
    Bad(
      "a stamp with an offset", rows("09:01:00+08:00,1,1,1,1,1"), at: ":2:1", "a date and time",
      "--zone"),
    Bad(
      "a date of another country", header + "05/01/2021 09:01,1,1,1,1,1\n", at: ":2:1",
      "2021-01-04 09:01:00", "year-month-day"),
    Bad(
      "a time outside the hours", rows("12:01:00,1,1,1,1,1"), at: ":2:1", "within the hours",
      "--stamp"),
    Bad(
      "days taken for minutes", header + "2021-01-05,1,1,1,1,1\n", at: ":2:1", "a time of day",
      "--interval"),
    Bad(
      "newest first", rows("09:02:00,1,1,1,1,1", "09:01:00,1,1,1,1,1"), at: ":3:1",
      "oldest first", "newest_first"),
    Bad(
      "a time twice", rows("09:01:00,1,1,1,1,1", "09:01:00,1,1,1,1,1"), at: ":3:1",
      "each time once", "Keep one"),
    Bad(
      "a price of zero", rows("09:01:00,1,1,0,1,1"), at: ":2:25", "a price above zero",
      "leave such rows out"),
    Bad(
      "a price with an exponent", rows("09:01:00,1e1,1,1,1,1"), at: ":2:21", "plain digits",
      "plain digits"),
    Bad(
      "columns that changed places", rows("09:01:00,1,1,2,1,1"), at: ":2:23",
      "a high not below the low", "named rightly"),
    Bad(
      "thousands separated", rows("09:01:00,1,1,1,1,\"1,000\""), at: ":2:30", "a whole number",
      "without separators"),
    Bad(
      "a comma too many", rows("09:01:00,1,1,1,1,1,"), at: ":2", "6 fields as in the header",
      "quotes"),
    Bad(
      "a volume below zero", rows("09:01:00,1,1,1,1,-1"), at: ":2:29", "zero or more",
      "without separators"),
    Bad(
      "half a lot", rows("09:01:00,1,1,1,1,1.5"), at: ":2:29", "a whole number", "lots_of_100"),
    Bad(
      "a byte that is no letter", rows("09:01:00,1,1,1,1\u{0},1"), at: ":2:27",
      "a price above zero", "plain digits"),
    Bad(
      "a line without end", header + String(repeating: "9", count: 5_000), at: ":2",
      "at most 4096 bytes", "behind every row"),
    Bad(
      "lines that end with a lone return",
      rows("09:01:00,1,1,1,1,1").replacing("\n", with: "\r"), at: ":1", "one of symbol", "--mapping"
    ),
    Bad(
      "turnover in thousands",
      "datetime,open,high,low,close,volume,turnover\n"
        + "2021-01-05,10,10,10,10,100000,1000\n",
      at: ":1", "about volume × price", "thousands", flags: "--symbol 600000.SSE --interval 1d"),
  ]

  @Test(arguments: files)
  func aBadFileIsRefusedWithItsPlaceAndARemedy(_ bad: Bad) throws {
    let place = Workplace()
    FileBytes.write(Array(bad.content.utf8), to: place.path("bad.csv"))
    let answer = place.answer("data import bad.csv \(bad.flags)")
    #expect(answer.exitCode == 3, "\(answer.talk)")
    #expect(answer.output.isEmpty, "\(answer.output)")
    for words in ["bad.csv\(bad.place)", bad.expected, bad.remedy] {
      #expect(answer.talk.contains(words), "\(bad.name): \(answer.talk)")
    }
    let held = place.answer("data list --json")
    #expect(!held.output.contains("rb2105"), "\(held.output)")
  }

  /// One bad row of a thousand is told and left out; none is allowed where a person says so.
  @Test func aFewBadRowsDoNotSpoilTheRest() throws {
    let place = Workplace()
    try place.run("data make --kind null --symbol rb2105.SHFE --until 2020-01-07")
    let whole = try place.run("data export rb2105.SHFE").output
    var lines = whole.split(separator: "\n").map(String.init)
    let rows = lines.count - 1
    try #require(rows > 1_000)
    lines[700] += "x"
    FileBytes.write(Array(lines.joined(separator: "\n").utf8), to: place.path("one.csv"))
    let strict = place.answer("data import one.csv --archive strict.sqlite --tolerance 0")
    #expect(strict.exitCode == 3 && strict.talk.contains("one.csv:701:"), "\(strict.talk)")
    let lenient = try place.run("data import one.csv --archive lenient.sqlite --json")
    #expect(lenient.talk.contains("one.csv:701:"), "\(lenient.talk)")
    let report = try lenient.object()
    #expect(report["added"] as? Int == rows - 1 && report["refused"] as? Int == 1)
    lines[800] += "x"
    lines[900] += "x"
    FileBytes.write(Array(lines.joined(separator: "\n").utf8), to: place.path("many.csv"))
    let refused = place.answer("data import many.csv --archive many.sqlite")
    #expect(refused.exitCode == 3 && refused.talk.contains("nothing was imported"))
  }
}
