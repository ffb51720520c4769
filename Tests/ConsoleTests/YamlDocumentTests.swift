import Console
import Testing

@Suite struct YamlDocumentTests {
  private func document(_ text: String) -> YamlDocument {
    YamlDocument(Array(text.utf8), path: "a.yaml")
  }

  /// The tree as one line: 'quoted', plain, [items], {key: value}.
  private func shown(_ node: YamlNode) -> String {
    switch node.content {
    case .scalar(let text, let quoted): quoted ? "'\(text)'" : text
    case .refused: "refused"
    case .sequence(let items): "[" + items.map(shown).joined(separator: " ") + "]"
    case .mapping(let pairs):
      "{" + pairs.map { "\($0.key):\(shown($0.value))" }.joined(separator: " ") + "}"
    }
  }

  @Test(arguments: [
    ("", "{}"), ("# only a comment\n", "{}"), ("---\n", "{}"), ("--- # start\na: 1\n", "{a:1}"),
    ("a: 1\nb: two words\n", "{a:1 b:two words}"),
    ("a: 1\r\nb: 2\r\n", "{a:1 b:2}"), ("\u{FEFF}a: 1", "{a:1}"),
    ("a:\n  b:\n    c: 1\n  d: 2\n", "{a:{b:{c:1} d:2}}"),
    ("a:\n- 1\n- 2\nb: 3\n", "{a:[1 2] b:3}"), ("a:\n  - 1\n  -\n  - 3\n", "{a:[1  3]}"),
    ("a:\n  - b: 1\n    c: 2\n  - - x\n    - y\n", "{a:[{b:1 c:2} [x y]]}"),
    ("a: [1, two, [3], {b: 4, \"c\":5},]\n", "{a:[1 two [3] {b:4 c:5}]}"),
    ("a: [1, # one\n  2]\n", "{a:[1 2]}"), ("{a: 1, b: {}}\n", "{a:1 b:{}}"),
    ("a: 'it''s'\nb: \"x\\ty\\u4e2d\\x41\"\n", "{a:'it's' b:'x\ty中A'}"),
    ("a: 09:30 # open\nb: [09:30, x#y]\n", "{a:09:30 b:[09:30 x#y]}"),
    ("a:\nb: ~\nc: ''\n", "{a: b:~ c:''}"), ("品种: 螺纹钢\n", "{品种:螺纹钢}"),
    ("a: 1,000,000\nb: -5\nc: <5\n", "{a:1,000,000 b:-5 c:<5}"),
  ])
  func readsItsSubset(text: String, tree: String) {
    let document = document(text)
    #expect(document.faults == [])
    #expect(shown(document.root) == tree)
  }

  @Test func countsLinesAndCharactersFromOne() throws {
    let root = document("品种:\n  - 螺纹: 钢\n").root
    guard case .mapping(let pairs) = root.content,
      case .sequence(let items) = pairs[0].value.content,
      case .mapping(let inner) = items[0].content
    else { throw SettingsMissing() }
    #expect([pairs[0].line, pairs[0].column] == [1, 1])
    #expect([items[0].line, items[0].column] == [2, 5])
    #expect([inner[0].value.line, inner[0].value.column] == [2, 9])
  }

  @Test(
    arguments: [
      ("a: &x 1", .anchor("x"), 1, 4), ("a: *x", .alias("x"), 1, 4), ("a: !x 1", .tag("!x"), 1, 4),
      ("%YAML 1.2\n---\na: 1", .directive, 1, 1), ("a: 1\n---\nb: 1", .severalDocuments, 2, 1),
      ("a: 1\n...\n", .documentEnd, 2, 1), ("- a", .rootNotMapping, 1, 1),
      ("text", .rootNotMapping, 1, 1), ("b: 1\n<<: 2", .mergeKey, 2, 1),
      ("{[a]: 1}", .keyNotText, 1, 2), ("a: 1\nb: 2\na: 3", .duplicateKey("a", firstLine: 1), 3, 1),
      ("{a: 1, 'a': 2}", .duplicateKey("a", firstLine: 1), 1, 8), ("a: |\n  x\n", .blockText, 1, 4),
      ("a: >-\n  x\n", .blockText, 1, 4), ("a: x\n  y\n", .severalLines, 1, 4),
      ("a: 'x\n  y'\n", .severalLines, 1, 4), ("? a\n: b", .explicitKey, 1, 3),
      ("{? a : b}", .explicitKey, 1, 4), ("a: [b: c]", .bracelessPair, 1, 5),
      ("a: [b,? # why\nc: 5]", .bracelessPair, 1, 7),
      ("a: {b}", .missingValue, 1, 5), ("a: [x]#c", .crowdedComment, 1, 7),
      ("a: 'x'#c\nb: 1", .crowdedComment, 1, 7), ("a: ?x", .needsQuotes("?x"), 1, 4),
      ("a: \"x\\0\"", .hiddenCharacter("\0"), 1, 4), ("a: 1\n\tb: 2", .character("\t"), 2, 1),
      ("a: x\u{85}y", .character("\u{85}"), 1, 5), ("a: 1\rb: 2", .character("\r"), 1, 5),
      ("a: 1\r", .character("\r"), 1, 5), ("a: \u{2028}", .character("\u{2028}"), 1, 4),
      ("a: \0", .character("\0"), 1, 4), ("a: \u{FEFF}", .character("\u{FEFF}"), 1, 4),
    ] as [(String, YamlFault.Reason, Int, Int)])
  func refuses(text: String, reason: YamlFault.Reason, line: Int, column: Int) {
    let fault = document(text).faults.first
    #expect(fault?.reason == reason)
    #expect([fault?.line, fault?.column] == [line, column])
  }

  @Test(
    arguments: [
      [0x61, 0x3A, 0x20, 0xD6, 0xD0], [0x61, 0x3A, 0x20, 0xC0, 0x80],
      [0x61, 0x3A, 0x20, 0xED, 0xA0, 0x80],
      [0x61, 0x3A, 0x20, 0xE4, 0xB8],
    ] as [[UInt8]])
  func refusesWhatIsNotUtf8(bytes: [UInt8]) {
    let faults = YamlDocument(bytes, path: "a.yaml").faults
    #expect(faults.map(\.reason) == [.notUtf8])
    #expect(faults.map(\.column) == [4])
  }

  @Test func refusesUtf16() {
    #expect(YamlDocument([0xFF, 0xFE, 0x61, 0], path: "a").faults.map(\.reason) == [.notUtf8])
  }

  @Test(arguments: ["[", "{a: "])
  func readsSixtyFourLevelsAndNoMore(open: String) {
    let close = open == "[" ? "]" : "}"
    func nested(_ depth: Int) -> YamlDocument {
      // The root is the first level.
      document(
        "a: " + String(repeating: open, count: depth - 1)
          + String(repeating: close, count: depth - 1))
    }
    #expect(nested(64).faults == [])
    #expect(nested(65).faults.first?.reason == .tooDeep)
    #expect(nested(100_000).faults.count == 1)
  }

  @Test func readsOneMebibyteAndNoMore() {
    let text = "a: 1\n#"
    let largest = text + String(repeating: "x", count: 1 << 20 - text.utf8.count)
    #expect(document(largest).faults == [])
    #expect(document(largest + "x").faults.map(\.reason) == [.tooLarge])
  }

  @Test func collectsFaultsUpToALimit() {
    let text = "a: &x 1\nb: *y\nc: {d}\nd: |\n  e\na: 2\n"
    #expect(document(text).faults.map(\.line) == [1, 2, 3, 4, 6])
    let many = (0..<5_000).map { "a\($0): *x\n" }.joined()
    #expect(document(many).faults.count == 100)
  }

  @Test func tellsWhyAFileCannotBeRead() {
    let faults = YamlDocument.read(path: "no/such/file.yaml").faults
    #expect(faults.map(\.reason) == [.unreadable("cannot be read: no such file or directory")])
    #expect(YamlDocument.read(path: "/").faults.count == 1)
  }
}

struct SettingsMissing: Error {}
