/// What the words of a command line say, with everything that is wrong about them.
struct Parsed: Sendable {
  /// The commands chosen so far, outermost first.
  var path: [Command] = []
  var values: [(flag: Flag, text: String)] = []
  var operands: [String] = []
  var errors: [UsageError] = []
  /// The flag whose value the last word left open; completion offers that value.
  var awaiting: Flag?
  /// Whether `--` has ended the flags.
  var flagsEnded = false

  func has(_ flag: Flag) -> Bool { text(flag) != nil }

  func text(_ flag: Flag) -> String? { values.last { $0.flag.name == flag.name }?.text }
}

/// Reads words against the table; total, so that completion can read half a command line too.
struct Parser {
  /// Nobody mends more mistakes at once; what follows so many is not read.
  fileprivate static let errorLimit = 50

  private let program: Program
  private var words: ArraySlice<String>
  private var seen: Set<String> = []
  private var parsed = Parsed()

  private init(_ program: Program, _ words: [String]) {
    self.program = program
    self.words = words[...]
  }

  /// Reads the words without asking whether they are enough.
  static func read(_ words: [String], of program: Program) -> Parsed {
    var parser = Parser(program, words)
    while parser.parsed.errors.count < errorLimit, let word = parser.words.popFirst() {
      parser.take(word)
    }
    return parser.parsed
  }

  /// Reads a finished command line.
  static func parse(_ words: [String], of program: Program) -> Parsed {
    var parsed = read(words, of: program)
    parsed.finish()
    return parsed
  }

  private var flags: [Flag] { (parsed.path.last?.flags ?? []) + Flag.everywhere }

  private mutating func take(_ word: String) {
    if parsed.flagsEnded {
      takePlain(word)
    } else if word == "--" {
      parsed.flagsEnded = true
    } else if isLong(word) {
      takeLong(word)
    } else if looksLikeFlag(word) {
      takeLetters(word)
    } else {
      takePlain(word)
    }
  }

  private mutating func takePlain(_ word: String) {
    let choices = parsed.path.last.map(\.commands) ?? program.commands
    guard parsed.path.last?.action == nil else {
      parsed.operands.append(word)
      return
    }
    if let command = choices.first(where: { $0.name == word }) {
      parsed.path.append(command)
    } else {
      parsed.errors.append(.unknownCommand(word, among: choices.map(\.name)))
      words = []  // The rest belongs to a command nobody knows.
    }
  }

  private mutating func takeLong(_ word: String) {
    let body = word.unicodeScalars.dropFirst(2)
    let name = String(body.prefix { $0 != "=" })
    let value = body.firstIndex(of: "=").map { String(body[$0...].dropFirst()) }
    guard let flag = flags.first(where: { $0.name == name }) else {
      parsed.errors.append(
        .unknownFlag("--\(name)", meant: suggestion(for: "--\(name)", among: flags.map(\.shown))))
      return
    }
    record(flag, value)
  }

  /// `-abc` is three switches, or switches and a flag whose value is the rest or the next word.
  private mutating func takeLetters(_ word: String) {
    var letters = Substring(word.unicodeScalars.dropFirst())
    while let letter = letters.popFirst() {
      guard let flag = flags.first(where: { $0.letter == letter }) else {
        let meant = flags.first { $0.name.first == letter }?.shown
        parsed.errors.append(.unknownFlag("-\(letter)", meant: meant))
        return
      }
      guard flag.isSwitch else {
        let value = letters.first == "=" ? letters.dropFirst() : letters
        record(flag, letters.isEmpty ? nil : String(value))
        return
      }
      record(flag, letters.first == "=" ? String(letters.dropFirst()) : nil)
      if letters.first == "=" { return }
    }
  }

  private mutating func record(_ flag: Flag, _ attached: String?) {
    if !seen.insert(flag.name).inserted, !flag.isRepeatable, !flag.isSwitch {
      parsed.errors.append(.repeatedFlag(flag))
    }
    if flag.isSwitch {
      if let attached { parsed.errors.append(.surplusValue(flag, value: attached)) }
      parsed.values.append((flag, "true"))
    } else if let text = attached ?? nextValue(for: flag) {
      check(text, of: flag)
      parsed.values.append((flag, text))
    }
  }

  /// The next word, unless it is a flag: `--from --to` is more likely a slip than a value.
  private mutating func nextValue(for flag: Flag) -> String? {
    if let next = words.first, !looksLikeFlag(next) { return words.removeFirst() }
    if words.isEmpty { parsed.awaiting = flag }
    parsed.errors.append(.missingValue(flag, next: words.first))
    return nil
  }

  private mutating func check(_ text: String, of flag: Flag) {
    if case .oneOf(let choices) = flag.accepts, !choices.contains(text) {
      parsed.errors.append(.notAChoice(place: flag.shown, found: text, choices: choices))
    }
    if flag == .set, [nil, text.startIndex].contains(text.firstIndex(of: "=")) {
      parsed.errors.append(.malformedSetting(text))
    }
  }
}

extension Parsed {
  /// Compares the operands with those the command declares.
  fileprivate mutating func finish() {
    guard let command = path.last, command.action != nil else { return }
    // A word after an unknown flag is probably that flag's value: nothing certain can be said.
    if errors.contains(where: { if case .unknownFlag = $0 { true } else { false } }) { return }
    for (index, operand) in command.operands.enumerated() {
      if operand.count.isRequired, index >= operands.count {
        errors.append(.missingOperand(operand))
      }
      guard case .oneOf(let choices) = operand.accepts else { continue }
      for word in words(of: operand, at: index) where !choices.contains(word) {
        if errors.count >= Parser.errorLimit { return }
        errors.append(.notAChoice(place: operand.name, found: word, choices: choices))
      }
    }
    if command.operands.last?.count.repeats != true {
      errors += operands.dropFirst(command.operands.count).map { .surplusOperand($0) }
    }
    errors = Array(errors.prefix(Parser.errorLimit))
  }

  /// The words that stand for an operand: one, or all the rest when it repeats.
  func words(of operand: Operand, at index: Int) -> ArraySlice<String> {
    operand.count.repeats ? operands.dropFirst(index) : operands.dropFirst(index).prefix(1)
  }
}

func isLong(_ word: String) -> Bool { word.utf8.starts(with: "--".utf8) }

/// A dash alone means standard input and a dash before a digit is a number; neither is a flag.
func looksLikeFlag(_ word: String) -> Bool {
  let scalars = word.unicodeScalars.prefix(2)
  guard scalars.count == 2, scalars.first == "-", let second = scalars.last else { return false }
  return !("0"..."9" ~= second || second == ".")
}
