/// Flow style, where line ends and indentation mean nothing, and scalars.
extension SlowYaml {
  mutating func flowNode() throws(Refusal) -> SlowNode {
    switch here {
    case "[": try flowSequence()
    case "{": try flowMapping()
    default: try scalar(inFlow: true)
    }
  }

  mutating func flowSequence() throws(Refusal) -> SlowNode {
    try enter()
    let (startLine, start) = (line, column)
    column += 1
    var items: [SlowNode] = []
    try skipBlank()
    while here != "]" {
      guard !isAtEnd else { throw refusal("open [") }
      items.append(try flowNode())
      try skipBlank()
      if here == "," {
        column += 1
        try skipBlank()
      } else if here != "]" {
        throw refusal("no comma")
      }
    }
    column += 1
    depth -= 1
    return SlowNode(.sequence(items), line: startLine + 1, column: start + 1)
  }

  mutating func flowMapping() throws(Refusal) -> SlowNode {
    try enter()
    let (startLine, start) = (line, column)
    column += 1
    var pairs: [SlowPair] = []
    try skipBlank()
    while here != "}" {
      guard !isAtEnd else { throw refusal("open {") }
      try append(try flowPair(), to: &pairs)
      try skipBlank()
      if here == "," {
        column += 1
        try skipBlank()
      } else if here != "}" {
        throw refusal("no comma")
      }
    }
    column += 1
    depth -= 1
    return SlowNode(.mapping(pairs), line: startLine + 1, column: start + 1)
  }

  mutating func flowPair() throws(Refusal) -> SlowPair {
    let key = try scalar(inFlow: true)
    skipSpaces()
    guard here == ":", column - key.column < Self.maximumKeyWidth else {
      throw refusal("no colon")
    }
    guard case .scalar(_, let quoted) = key.content, quoted || isBlank(at(1)) else {
      throw refusal("no space after the colon")
    }
    column += 1
    try skipBlank()
    if here == "," || here == "}" {
      let nothing = SlowNode(.scalar([], quoted: false), line: line + 1, column: column + 1)
      return SlowPair(key: key, value: nothing)
    }
    return SlowPair(key: key, value: try flowNode())
  }

  // MARK: Scalars, all on one line

  mutating func scalar(inFlow: Bool) throws(Refusal) -> SlowNode {
    let (startLine, start) = (line, column)
    let isQuoted = here == "'" || here == "\""
    let text: [Unicode.Scalar] =
      here == "'" ? try single() : here == "\"" ? try double() : try plain(inFlow)
    if isQuoted, text.contains(where: isHidden) { throw refusal("hidden character") }
    return SlowNode(.scalar(text, quoted: isQuoted), line: startLine + 1, column: start + 1)
  }

  mutating func plain(_ inFlow: Bool) throws(Refusal) -> [Unicode.Scalar] {
    guard let first = here, !"[]{},#&*!|>'\"%@`?:".unicodeScalars.contains(first),
      first != "-" || !isBlank(at(1))
    else { throw refusal("no plain text begins so") }
    var text: [Unicode.Scalar] = []
    while let scalar = here {
      if scalar == ":", isBlank(at(1)) { break }
      if scalar == "#", text.last == " " { break }
      if inFlow, ",[]{}".unicodeScalars.contains(scalar) { break }
      if inFlow, scalar == ":", let next = at(1), ",?[]{}".unicodeScalars.contains(next) {
        throw refusal("colon before punctuation")
      }
      text.append(scalar)
      column += 1
    }
    while text.last == " " {
      text.removeLast()
      column -= 1
    }
    return text
  }

  mutating func single() throws(Refusal) -> [Unicode.Scalar] {
    var text: [Unicode.Scalar] = []
    column += 1
    while let scalar = here {
      column += 1
      if scalar == "'" {
        if here != "'" { return text }
        column += 1
      }
      text.append(scalar)
    }
    throw refusal("open quotation")
  }

  mutating func double() throws(Refusal) -> [Unicode.Scalar] {
    var text: [Unicode.Scalar] = []
    column += 1
    while let scalar = here {
      column += 1
      if scalar == "\"" { return text }
      text.append(scalar == "\\" ? try escape() : scalar)
    }
    throw refusal("open quotation")
  }

  mutating func escape() throws(Refusal) -> Unicode.Scalar {
    let letter = here
    column += 1
    switch letter {
    case "0": return "\0"
    case "a": return "\u{7}"
    case "b": return "\u{8}"
    case "t": return "\t"
    case "n": return "\n"
    case "v": return "\u{B}"
    case "f": return "\u{C}"
    case "r": return "\r"
    case "e": return "\u{1B}"
    case " ", "\"", "/", "\\": return letter!
    case "N": return "\u{85}"
    case "_": return "\u{A0}"
    case "L": return "\u{2028}"
    case "P": return "\u{2029}"
    case "x": return try hexadecimal(2)
    case "u": return try hexadecimal(4)
    case "U": return try hexadecimal(8)
    default: throw refusal("unknown escape")
    }
  }

  mutating func hexadecimal(_ count: Int) throws(Refusal) -> Unicode.Scalar {
    var value: UInt32 = 0
    for _ in 0..<count {
      guard let here, here.isASCII, let digit = Character(here).hexDigitValue else {
        throw refusal("no hexadecimal digit")
      }
      value = value << 4 | UInt32(digit)
      column += 1
    }
    guard let scalar = Unicode.Scalar(value) else { throw refusal("no such character") }
    return scalar
  }

  func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    return (value < 0x20 && value != 9 && value != 10) || (0x7F..<0xA0).contains(value)
      || [0x2028, 0x2029, 0xFEFF].contains(value)
  }
}
