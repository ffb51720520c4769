/// The characters between two events: white space, comments and the punctuation that binds them.
struct YamlGlue {
  let scalars: [Unicode.Scalar]

  /// The punctuation alone; nil if there is a comment that touches the text before it.
  func between(_ from: Int, _ to: Int) -> String? {
    var found = ""
    var index = from
    while index < min(to, scalars.count) {
      switch scalars[index] {
      case " ", "\n", "\r": break
      case "#":
        guard isApart(index) else { return nil }
        while index < scalars.count, scalars[index] != "\n" { index += 1 }
      default: found.unicodeScalars.append(scalars[index])
      }
      index += 1
    }
    return found
  }

  func opensBrace(at index: Int) -> Bool {
    scalars.indices.contains(index) && scalars[index] == "{"
  }

  private func isApart(_ index: Int) -> Bool {
    index == 0 || scalars[index - 1] == " " || scalars[index - 1] == "\n"
  }

  /// Line and column of the first comment from an index on that touches the text before it.
  func crowdedComment(after start: Int) -> (line: Int, column: Int) {
    let index = scalars[start...].indices.first { scalars[$0] == "#" && !isApart($0) } ?? start
    let before = scalars[..<index]
    let lineStart = before.lastIndex(of: "\n").map { $0 + 1 } ?? 0
    return (before.count { $0 == "\n" } + 1, index - lineStart + 1)
  }

  /// Whether the line holds the colon of Chinese typing, which looks like ours and is none.
  func hasWideColon(line: Int) -> Bool {
    scalars.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(line).first?
      .contains("\u{FF1A}") ?? false
  }
}
