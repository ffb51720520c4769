/// Reads one expression: sums of products of signed terms; calls are checked against the
/// vocabulary.
struct Parser {
  private let tokens: [Token]
  private let feature: String
  private let meanings: [String: Expression]
  private var position = 0
  private var depth = 0

  /// `meanings` are words that stand for something in this text alone.
  static func parse(
    _ text: String, feature: String, meanings: [String: Expression] = [:]
  ) throws(RecipeError) -> Expression {
    var lexer = Lexer(text, feature: feature)
    var parser = Parser(tokens: try lexer.tokens(), feature: feature, meanings: meanings)
    let expression = try parser.sum()
    guard parser.token.kind == .end else { throw parser.unexpected("an operator or the end") }
    if let word = parser.sliceWord(at: 0), expression.measure == nil {
      throw .innerSlice(function: word, at: parser.place(parser.tokens[0]))
    }
    return expression
  }

  private init(tokens: [Token], feature: String, meanings: [String: Expression]) {
    self.tokens = tokens
    self.feature = feature
    self.meanings = meanings
  }

  private mutating func sum() throws(RecipeError) -> Expression {
    var left = try product()
    while true {
      if take("+") {
        left = .binary(.plus, left, try product())
      } else if take("-") {
        left = .binary(.minus, left, try product())
      } else {
        return left
      }
    }
  }

  private mutating func product() throws(RecipeError) -> Expression {
    var left = try signed()
    while true {
      if take("*") {
        left = .binary(.times, left, try signed())
      } else if take("/") {
        left = .binary(.over, left, try signed())
      } else {
        return left
      }
    }
  }

  /// Every way down passes here, so this is where the depth is counted.
  private mutating func signed() throws(RecipeError) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= RecipeLimit.depth.value else { throw .limit(.depth, at: place(token)) }
    if take("-") { return .negated(try signed()) }
    return try term()
  }

  private mutating func term() throws(RecipeError) -> Expression {
    let start = token
    switch start.kind {
    case .number(let value):
      position += 1
      return .number(value)
    case .word(let word):
      position += 1
      if take("(") { return try call(word, start) }
      return try input(word, start)
    case .symbol("("):
      position += 1
      let inner = try sum()
      guard take(")") else { throw unexpected("\")\"") }
      return inner
    default: throw unexpected("a number, an input, a function or \"(\"")
    }
  }

  private func input(_ word: String, _ start: Token) throws(RecipeError) -> Expression {
    if let meaning = meanings[word] { return meaning }
    if let input = Input(rawValue: word) { return .input(input) }
    if let function = Vocabulary.function(word) {
      throw .wrongCount(function: word, found: 0, form: function.form, at: place(start))
    }
    throw .unknownInput(
      word, suggestion: nearest(word, among: Input.allCases.map(\.rawValue)), at: place(start))
  }

  private mutating func call(_ word: String, _ start: Token) throws(RecipeError) -> Expression {
    guard let function = Vocabulary.function(word) else {
      throw .unknownFunction(
        word, suggestion: nearest(word, among: Vocabulary.names), at: place(start))
    }
    if SliceMeasure(word: word) != nil, start != tokens[0] {
      throw .innerSlice(function: word, at: place(start))
    }
    var written: [(value: Expression, place: RecipePlace)] = []
    if !take(")") {
      repeat {
        let place = place(token)
        written.append((try sum(), place))
      } while take(",")
      guard take(")") else { throw unexpected("\",\" or \")\"") }
    }
    let arguments = try function.arguments(written, at: place(start))
    return .call(function.name, arguments)
  }

  /// The word that compares instruments, where a call of it begins there.
  private func sliceWord(at index: Int) -> String? {
    guard case .word(let word) = tokens[index].kind, SliceMeasure(word: word) != nil else {
      return nil
    }
    return word
  }

  private var token: Token { tokens[position] }

  private mutating func take(_ symbol: Character) -> Bool {
    guard token.kind == .symbol(symbol) else { return false }
    position += 1
    return true
  }

  private func place(_ token: Token) -> RecipePlace {
    RecipePlace(feature: feature, column: token.column)
  }

  private func unexpected(_ expected: String) -> RecipeError {
    .unexpected(found: token.text, expected: expected, at: place(token))
  }
}
