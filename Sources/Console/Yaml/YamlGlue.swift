/// The characters between two events: white space, comments and the punctuation that binds them.
struct YamlGlue {
  let scalars: [Unicode.Scalar]

  /// The punctuation alone; a `#` in it is a comment that touches the text before it.
  func between(_ from: Int, _ to: Int) -> String {
    var found = ""
    var index = from
    while index < min(to, scalars.count) {
      switch scalars[index] {
      case " ", "\n", "\r": break
      case "#" where index == 0 || scalars[index - 1] == " " || scalars[index - 1] == "\n":
        while index < scalars.count, scalars[index] != "\n" { index += 1 }
      default: found.unicodeScalars.append(scalars[index])
      }
      index += 1
    }
    return found
  }
}
