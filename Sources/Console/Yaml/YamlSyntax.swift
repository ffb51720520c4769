internal import CYAML

/// Why libyaml cannot go on, at the place where a person would mend it, in words a person uses.
struct YamlSyntax: Error {
  let words: String
  let mark: YamlMark
  /// A [ or { that is never closed swallows the lines after it, and what is said about those is
  /// no help.
  let isOpenBracket: Bool

  init(_ parser: yaml_parser_t) {
    let problem = parser.problem.map { String(cString: $0) } ?? "unknown"
    let context = parser.context.map { String(cString: $0) } ?? ""
    isOpenBracket = context.hasPrefix("while parsing a flow")
    if let words = Self.wordsAtStart(problem, context) {
      self.words = words
      mark = YamlMark(parser.context_mark)
    } else {
      words = Self.wordsAtEnd(problem, context)
      mark = YamlMark(parser.problem_mark)
    }
  }

  /// For what is mended where the construct began; libyaml may give up on it at the file's end.
  private static func wordsAtStart(_ problem: String, _ context: String) -> String? {
    switch (problem, context) {
    case ("could not find expected ':'", _):
      "expected \"key: value\"; this line has no \": \""
    case (_, "while scanning a quoted scalar") where problem.contains("unexpected"):
      "this quotation mark is never closed"
    case ("did not find expected ',' or ']'", _):
      "this [ is not closed, or a comma is missing in it"
    case ("did not find expected ',' or '}'", _):
      "this { is not closed, or a comma is missing in it"
    case (_, "while scanning an anchor"), (_, "while scanning an alias"):
      "& and * have a meaning that is not read here; put the text in quotes"
    case (_, "while scanning a tag"), (_, "while parsing a tag"):
      "! has a meaning that is not read here; put the text in quotes"
    case (_, "while scanning a block scalar"):
      "texts with | or > are not read; write the text on one line in quotes"
    default: nil
    }
  }

  private static func wordsAtEnd(_ problem: String, _ context: String) -> String {
    switch (problem, context) {
    case ("mapping values are not allowed in this context", _):
      "\":\" cannot stand here; quote a text that holds one, or check the indentation"
    case (_, "while parsing a quoted scalar"):
      "unknown escape in double quotes; write a backslash as \\\\"
    case ("did not find expected key", _):
      "expected a key here; is the line indented like its neighbours?"
    case ("did not find expected '-' indicator", _):
      "expected \"- \" here; is the line indented like its neighbours?"
    case ("found character that cannot start any token", _),
      ("did not find expected node content", _), ("found unexpected ':'", _):
      "no value can be written like this; put the text in quotes"
    case ("did not find expected <document start>", _):
      "nothing may follow here; check the brackets and quotation marks before"
    case ("block sequence entries are not allowed in this context", _):
      "a list starts on a line of its own, below its key"
    default:
      context.isEmpty ? problem : "\(problem) \(context)"
    }
  }
}
