internal import CYAML

/// Why libyaml cannot go on, at the place where a person would mend it, in words a person uses.
struct YamlSyntax: Error {
  let words: String
  let mark: YamlMark

  init(_ parser: yaml_parser_t) {
    let problem = parser.problem.map { String(cString: $0) } ?? "unknown"
    let context = parser.context.map { String(cString: $0) } ?? ""
    let (words, atStart) = Self.plainWords(problem, context)
    self.words = words
    self.mark = YamlMark(atStart ? parser.context_mark : parser.problem_mark)
  }

  /// The second part says whether the place is where the construct began, and not where libyaml
  /// gave up on it, which may be the end of the file.
  private static func plainWords(_ problem: String, _ context: String) -> (String, Bool) {
    switch (problem, context) {
    case ("could not find expected ':'", _):
      ("expected \"key: value\"; this line has no \": \"", true)
    case ("mapping values are not allowed in this context", _):
      (
        "a second \": \" on this line, or an indented line too many; quote a text with \": \" in it",
        false
      )
    case (_, "while scanning a quoted scalar") where problem.contains("unexpected end"):
      ("this quotation mark is never closed", true)
    case (_, "while parsing a quoted scalar"):
      ("unknown escape in double quotes; write a backslash as \\\\", false)
    case ("did not find expected ',' or ']'", _):
      ("this [ is not closed, or a comma is missing in it", true)
    case ("did not find expected ',' or '}'", _):
      ("this { is not closed, or a comma is missing in it", true)
    case ("did not find expected key", _):
      ("expected a key here; is the line indented like its neighbours?", false)
    case ("did not find expected '-' indicator", _):
      ("expected \"- \" here; is the line indented like its neighbours?", false)
    case ("found character that cannot start any token", _):
      ("no value starts with this character; put the text in quotes", false)
    case ("block sequence entries are not allowed in this context", _):
      ("a list starts on a line of its own, below its key", false)
    default:
      (context.isEmpty ? problem : "\(problem) \(context)", false)
    }
  }
}
