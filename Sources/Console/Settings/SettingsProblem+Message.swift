extension SettingsProblem {
  /// Place, what was found and what to write instead, in one line.
  public var message: String { "\(origin.place): \(words(reason))" }

  private func words(_ reason: Reason) -> String {
    switch reason {
    case .yaml(let fault):
      words(fault)
    case .unknownKey(let key, let meant), .unknownSetting(let key, let meant):
      "unknown key \(jsonText(shortened(key)))" + question(meant)
    case .unknownVariable(let meant):
      "no setting has this variable" + question(meant)
    case .isSection(let key):
      "\(key) is a group of settings; set one of its values"
    case .missing(let key, let form):
      "\(key) is missing; write \(form)"
    case .empty(let key, let form):
      "\(key) has no value; write \(form)"
    case .wrongShape(let key, let found, let form):
      "\(key) holds \(found); write \(form)"
    case .unfit(let key, let text, let form, let meant):
      "\(key): \(jsonText(shortened(text))) does not fit; write \(form)" + question(meant)
    case .outside(let key, let text, let limits):
      "\(key): \(shortened(text)) is out of range; write a value \(limits)"
    }
  }

  private func question(_ meant: String?) -> String {
    meant.map { " (did you mean \(jsonText($0))?)" } ?? ""
  }

  private func words(_ fault: YamlFault.Reason) -> String {
    switch fault {
    case .unreadable(let why): why
    case .tooLarge:
      "more than \(YamlText.maximumBytes) bytes; is this a settings file?"
    case .notUtf8: "not UTF-8; save the file as UTF-8 (GBK and UTF-16 are not read)"
    case .character("\t"): "a tab; indent with spaces, or write \\t in double quotes"
    case .character("\r"): "a carriage return without a line feed; save with LF or CRLF"
    case .character(let scalar), .hiddenCharacter(let scalar):
      "the character \(name(scalar)) is not allowed; remove it"
    case .syntax(let words): words
    case .tooDeep: "more than \(YamlReader.maximumDepth) levels deep; flatten this"
    case .anchor(let name): "anchors are not read; remove &\(shortened(name))"
    case .alias(let name): "aliases are not read; write the value in place of *\(shortened(name))"
    case .tag(let name): "tags are not read; remove \(shortened(name))"
    case .directive: "directives are not read; remove the lines that begin with %"
    case .severalDocuments: "a second document begins here; one file holds one"
    case .documentEnd: "\"...\" is not read; remove this line"
    case .rootNotMapping: "a settings file is made of \"key: value\" lines"
    case .mergeKey: "merge keys are not read; write the settings out"
    case .keyNotText: "a key must be text"
    case .duplicateKey(let key, let line):
      "\(jsonText(shortened(key))) is here for the second time, first in line \(line); keep one"
    case .blockText: "texts with | or > are not read; write the text on one line in quotes"
    case .severalLines:
      "this text runs on into the next line; write it on one line, or check the indentation"
    case .explicitKey: "\"? \" keys and empty keys are not read; write \"key: value\""
    case .bracelessPair: "a pair in [ ] needs braces: [{key: value}]"
    case .missingValue: "this key has no value; write \"key: value\""
    case .punctuation: "a \":\", \",\" or \"-\" too many or too few before this"
    case .crowdedComment: "a comment needs a space before its #"
    case .needsQuotes(let text): "put this text in quotes: \(jsonText(shortened(text)))"
    }
  }
}

extension Origin {
  /// Where to look, in the form that editors and terminals jump to.
  public var place: String {
    switch self {
    case .shipped: "shipped"
    case .file(let path, 0, _): path
    case .file(let path, let line, let column): "\(path):\(line):\(column)"
    case .environment(let name): name
    case .flag(let name): name.hasPrefix("-") ? name : "--\(name)"
    }
  }
}

/// A message shows enough of a text to recognise it.
private func shortened(_ text: String) -> String {
  text.unicodeScalars.count > 60 ? String(text.unicodeScalars.prefix(57)) + "..." : text
}

private func name(_ scalar: Unicode.Scalar) -> String {
  let digits = String(scalar.value, radix: 16, uppercase: true)
  return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}
