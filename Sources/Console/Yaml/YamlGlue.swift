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

  private func isApart(_ index: Int) -> Bool {
    index == 0 || scalars[index - 1] == " " || scalars[index - 1] == "\n"
  }

  /// Whether the line holds the colon of Chinese typing, which looks like ours and is none.
  func hasWideColon(line: Int) -> Bool {
    scalars.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(line).first?
      .contains("\u{FF1A}") ?? false
  }
}
