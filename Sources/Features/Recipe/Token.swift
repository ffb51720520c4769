/// A piece of an expression with the column it starts in.
struct Token: Equatable {
  enum Kind: Equatable {
    case number(Double)
    case word(String)
    case symbol(Character)
    case end
  }

  let kind: Kind
  let column: Int

  /// How an error message names it.
  var text: String {
    switch kind {
    case .number(let value): numberText(value)
    case .word(let word): "\"\(word)\""
    case .symbol(let symbol): "\"\(symbol)\""
    case .end: "the end"
    }
  }
}

/// Cuts an expression into tokens; every column counts characters from 1.
struct Lexer {
  private let letters: [Character]
  private let feature: String
  private var position = 0

  init(_ text: String, feature: String) {
    // Cut before it is walked, so that a hostile text costs no more than the limit.
    letters = Array(text.prefix(RecipeLimit.characters.value + 1))
    self.feature = feature
  }

  mutating func tokens() throws(RecipeError) -> [Token] {
    guard letters.count <= RecipeLimit.characters.value else {
      throw .limit(.characters, at: place(RecipeLimit.characters.value + 1))
    }
    var found: [Token] = []
    while true {
      let token = try next()
      found.append(token)
      if token.kind == .end { return found }
    }
  }

  private mutating func next() throws(RecipeError) -> Token {
    while let letter = peek, letter == " " || letter == "\t" || letter.isNewline { position += 1 }
    let column = position + 1
    guard let letter = peek else { return Token(kind: .end, column: column) }
    if letter.isDigit || letter == "." {
      return Token(kind: .number(try number()), column: column)
    }
    if letter.isWordLetter {
      return Token(kind: .word(take { $0.isWordLetter || $0.isDigit }), column: column)
    }
    guard "+-*/(),".contains(letter) else {
      throw .unexpected(
        found: "\"\(letter)\"", expected: "a name, a number or one of + - * / ( )",
        at: place(column))
    }
    position += 1
    return Token(kind: .symbol(letter), column: column)
  }

  private mutating func number() throws(RecipeError) -> Double {
    let start = position
    var text = take { $0.isDigit || $0 == "." }
    if let exponent = peek, exponent == "e" || exponent == "E" {
      text += "e"
      position += 1
      if let sign = peek, sign == "+" || sign == "-" {
        text.append(sign)
        position += 1
      }
      text += take { $0.isDigit }
    }
    text += take { $0.isWordLetter }
    guard let value = Double(text), value.isFinite, text.last?.isDigit == true || text.last == "."
    else { throw .badNumber(text, at: place(start + 1)) }
    return value
  }

  private var peek: Character? {
    position < letters.count ? letters[position] : nil
  }

  private mutating func take(while belongs: (Character) -> Bool) -> String {
    let start = position
    while let letter = peek, belongs(letter) { position += 1 }
    return String(letters[start..<position])
  }

  private func place(_ column: Int) -> RecipePlace {
    RecipePlace(feature: feature, column: column)
  }
}

extension Character {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }

  fileprivate var isWordLetter: Bool {
    ("a"..."z").contains(self) || ("A"..."Z").contains(self) || self == "_"
  }
}

/// The shortest text that reads back as the same number, whole numbers without a point.
func numberText(_ value: Double) -> String {
  let text = value.description
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
