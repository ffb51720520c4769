/// Seeded documents: good ones by a grammar, then damaged in every way that files are damaged.
public struct YamlMutation {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  /// SplitMix64.
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  private mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(bound, 1))) }
  private mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }

  /// One document; about half of them are undamaged.
  public mutating func document() -> [UInt8] {
    var lines: [String] = below(12) == 0 ? ["---"] : []
    block(indent: 0, depth: below(4), into: &lines)
    var bytes = Array(lines.joined(separator: below(10) == 0 ? "\r\n" : "\n").utf8)
    if below(8) != 0 { bytes.append(0x0A) }
    if below(40) == 0 { bytes = [0xEF, 0xBB, 0xBF] + bytes }
    for _ in 0..<max(0, below(6) - 2) { damage(&bytes) }
    return bytes
  }

  // MARK: The grammar

  private mutating func block(indent: Int, depth: Int, into lines: inout [String]) {
    let pad = String(repeating: " ", count: indent)
    for number in 0...below(4) {
      if below(8) == 0 { lines.append(pick(["", pad + "# note", "   # 注释", "#"])) }
      let key = below(12) == 0 ? pick(Self.keys) : pick(Self.keys) + "\(number)"
      let colon = pick([":", ":", ":", " :"])
      switch below(depth > 0 ? 6 : 3) {
      case 0...2:
        lines.append(
          pad + quoted(key) + colon + pick([" ", " ", "  "]) + inline(depth: 2) + tail())
      case 3:
        lines.append(pad + key + colon + tail())
        let step = pick([0, 2, 2, 4])
        sequence(indent: indent + step, depth: depth - 1, into: &lines)
      default:
        lines.append(pad + key + ":")
        block(indent: indent + pick([1, 2, 2, 4]), depth: depth - 1, into: &lines)
      }
    }
  }

  private mutating func sequence(indent: Int, depth: Int, into lines: inout [String]) {
    let pad = String(repeating: " ", count: indent)
    for _ in 0...below(3) {
      guard depth > 0, below(2) == 0 else {
        lines.append(pad + "- " + inline(depth: 2) + tail())
        continue
      }
      var inner: [String] = []
      if below(3) == 0 {
        sequence(indent: indent + 2, depth: depth - 1, into: &inner)
      } else {
        block(indent: indent + 2, depth: depth - 1, into: &inner)
      }
      let isPlain = inner[0].utf8.count > indent + 2 && inner[0].utf8.first == 0x20
      if isPlain, below(4) != 0 {
        inner[0] = pad + "- " + String(inner[0].dropFirst(indent + 2))
      } else {
        lines.append(pad + "-")
      }
      lines += inner
    }
  }

  private mutating func inline(depth: Int) -> String {
    switch below(depth > 0 ? 7 : 4) {
    case 0...1: return pick(Self.values)
    case 2: return pick(Self.values) + pick(["", "_", ".5", " x", ":1"])
    case 3: return quoted(pick(Self.values))
    case 4...5:
      let items = (0..<below(4)).map { _ in inline(depth: depth - 1) }
      return "[" + items.joined(separator: pick([", ", ",", ",\n ", ", # why\n"]))
        + pick(["", "", ","]) + "]"
    default:
      let pairs = (0..<below(4)).map { number in
        quoted(pick(Self.keys) + "\(number)") + pick([": ", ": ", ": ", ":", " : "])
          + inline(depth: depth - 1)
      }
      return "{" + pairs.joined(separator: ", ") + pick(["", " "]) + "}"
    }
  }

  private mutating func quoted(_ text: String) -> String {
    switch below(6) {
    case 0: "'" + text + pick(["", "''", " # ", ": "]) + "'"
    case 1: "\"" + text + pick(Self.endings) + "\""
    default: text
    }
  }

  private mutating func tail() -> String {
    below(40) == 0 ? "#x" : pick(["", "", "", " ", "  # why"])
  }

  // MARK: The damage

  private mutating func damage(_ bytes: inout [UInt8]) {
    let place = below(bytes.count + 1)
    switch below(12) {
    case 0...1 where place < bytes.count: bytes[place] ^= UInt8(1 << below(8))
    case 2 where place < bytes.count: bytes.remove(at: place)
    case 3...5: bytes.insert(contentsOf: Array(pick(Self.splices).utf8), at: place)
    case 6:
      bytes.insert(
        contentsOf: Array(repeating: 0x20, count: 1 + below(3)), at: lineStart(place, bytes))
    case 7:
      let start = lineStart(place, bytes)
      if start < bytes.count, bytes[start] == 0x20 { bytes.remove(at: start) }
    case 8:
      let end = min(bytes.count, place + below(12))
      bytes.insert(contentsOf: bytes[place..<end], at: below(bytes.count + 1))
    case 9: bytes.removeSubrange(place..<min(bytes.count, place + below(6)))
    case 10 where below(20) == 0:
      let open = pick(["[", "{a: ", "- ", "[[", "? "])
      let text = String(repeating: open, count: pick([3, 60, 64, 65, 200, 2_000]))
      bytes.insert(contentsOf: Array(text.utf8), at: place)
    default:
      bytes.insert(contentsOf: pick(Self.rawSplices), at: place)
    }
  }

  private func lineStart(_ place: Int, _ bytes: [UInt8]) -> Int {
    (bytes[..<place].lastIndex(of: 0x0A) ?? -1) + 1
  }

  private static let keys = ["a", "key", "threshold", "名", "k k", "<<", "null", "x-y", "p.q"]
  private static let values = [
    "1", "2%", "5m", "3 ticks", "1,000,000", "1_000_000", "null", "~", "true", "09:30", "a b",
    "2020-01-31", "-1", "+2", "1e999", ".nan", "0x1p3", "中文", "", "a#b", "a:b", "http://x/y?z",
    "99999999999999999999999999", "-", "--", "'", "\"", "x'y", "=", "<", "(a)", "$", "^",
  ]
  private static let endings = [
    "", "", "\\n", "\\t", "\\x41", "\\u4e2d", "\\U0001F600", "\\\"", "\\\\", "\\/", "\\_", "\\ ",
    " # ",
    ": ", "\\0", "\\e", "\\q",
  ]
  private static let splices = [
    ": ", ":", "- ", "-", "# ", "#", ", ", ",", "[", "]", "{", "}", "'", "\"", "\n", "\r\n", "\r",
    "\t", "\\", "? ", "?", "&a ", "*a", "!t ", "!!str ", "| ", "|\n", ">\n", "%YAML 1.2\n",
    "---\n", "--- ", "...\n", "<<: ", "@", "`", "\u{FEFF}", "\u{85}", "\u{2028}", "\u{A0}", "：",
    "\u{3000}", "  ", "\n\n", "\n ", "\n- ", "\na: b\n", "a: ", "[a: b]", "{a}", "\"\\x", "''",
  ]
  private static let rawSplices: [[UInt8]] = [
    [0xD6, 0xD0, 0xCE, 0xC4], [0xFF, 0xFE], [0x00], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x7F],
    [0xF4, 0x90, 0x80, 0x80], [0xE4, 0xB8], [0x20], [0x0A], [0x3A, 0x20], [0x31],
    [0xEF, 0xBF, 0xBE],
  ]
}
