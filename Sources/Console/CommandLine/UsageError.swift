/// What can be wrong with a command line; the words for it are made here and nowhere else.
enum UsageError: Error, Equatable {
  case unknownCommand(String, among: [String])
  case unknownFlag(String, meant: String?)
  case missingValue(Flag, next: String?)
  case surplusValue(Flag, value: String)
  case repeatedFlag(Flag)
  case notAChoice(place: String, found: String, choices: [String])
  case malformedSetting(String)
  case missingOperand(Operand)
  case surplusOperand(String)
  case notAnInteger(place: String, found: String, ClosedRange<Int>)
  case notANumber(place: String, found: String, ClosedRange<Double>)
}

extension UsageError {
  var message: String {
    switch self {
    case .unknownCommand(let word, let names):
      "unknown command \(quoted(word))" + hint(word, among: names)
    case .unknownFlag(let word, let meant):
      "unknown flag \(quoted(word))" + (meant.map(didYouMean) ?? "")
    case .missingValue(let flag, nil):
      "\(flag.shown) needs a value: \(flag.shown) \(flag.value ?? "")"
    case .missingValue(let flag, let next?):
      "\(flag.shown) needs a value, found the flag \(quoted(next)); "
        + "if that is the value, write \(flag.shown)=\(excerpt(next))"
    case .surplusValue(let flag, let value):
      "\(flag.shown) is a switch and takes no value, found \(quoted(value))"
    case .repeatedFlag(let flag):
      "\(flag.shown) was given more than once"
    case .notAChoice(let place, let found, let choices):
      "\(place) cannot be \(quoted(found))" + hint(found, among: choices)
    case .malformedSetting(let text):
      "--set expects KEY=VALUE, found \(quoted(text))"
    case .missingOperand(let operand):
      "missing argument \(operand.name): \(operand.help)"
    case .surplusOperand(let word):
      "unexpected argument \(quoted(word))"
    case .notAnInteger(let place, let found, let range):
      "\(place) expects a whole number\(bounds(range, .min, .max)), found \(quoted(found))"
    case .notANumber(let place, let found, let range):
      "\(place) expects a number\(bounds(range, -.infinity, .infinity)), found \(quoted(found))"
    }
  }
}

/// A user's own text inside a message: on one line, harmless to a terminal, of bounded length.
func quoted(_ text: String) -> String { "\"\(excerpt(text))\"" }

private func excerpt(_ text: String) -> String {
  // A bound on scalars first: a megabyte of text must not be measured column by column.
  elided(printable(String(text.unicodeScalars.prefix(400))), to: 60)
}

private func hint(_ word: String, among names: [String]) -> String {
  if let name = suggestion(for: word, among: names) { return didYouMean(name) }
  return names.isEmpty ? "" : "; expected one of: \(names.joined(separator: ", "))"
}

private func didYouMean(_ name: String) -> String { " (did you mean \"\(name)\"?)" }

private func bounds<Bound>(_ range: ClosedRange<Bound>, _ least: Bound, _ most: Bound) -> String {
  switch (range.lowerBound == least, range.upperBound == most) {
  case (true, true): ""
  case (false, true): " of at least \(range.lowerBound)"
  case (true, false): " of at most \(range.upperBound)"
  case (false, false): " from \(range.lowerBound) to \(range.upperBound)"
  }
}
