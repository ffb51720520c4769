/// A word of the recipe language: its arguments, and the steps it stands for.
struct Function: Sendable {
  enum Argument: Sendable {
    case series(String)
    /// A formula that runs on longer bars.
    case framed(String)
    /// A series that may be left unsaid when it comes first.
    case usual(String, Input)
    case bars(String)
    case number(String)
    /// A number from 0 to 1.
    case share(String)

    var name: String {
      switch self {
      case .series(let name), .framed(let name), .usual(let name, _), .bars(let name),
        .number(let name), .share(let name):
        name
      }
    }
  }

  let name: String
  let parameters: [Argument]
  /// Lays the steps; its arguments are those of `parameters`, checked.
  let build: @Sendable (inout Plan, Arguments) -> Int

  init(
    _ name: String, _ parameters: Argument...,
    build: @escaping @Sendable (inout Plan, Arguments) -> Int
  ) {
    self.name = name
    self.parameters = parameters
    self.build = build
  }

  /// A word that stands for a formula over its own arguments, called by their names.
  init(_ name: String, _ parameters: Argument..., is formula: String) {
    self.name = name
    self.parameters = parameters
    build = { plan, arguments in
      plan.lay(formula, arguments.bound(to: parameters))
    }
  }

  /// Whether its second and third argument are the ends of a range.
  private var isRange: Bool { parameters.map(\.name) == ["x", "low", "high"] }

  /// How it is written, as in `zscore(x, bars)`.
  var form: String {
    "\(name)(\(parameters.map(\.name).joined(separator: ", ")))"
  }

  /// Completes and checks what was written between the parentheses.
  func arguments(
    _ written: [(value: Expression, place: RecipePlace)], at start: RecipePlace
  ) throws(RecipeError) -> [Expression] {
    var complete = written
    if written.count == parameters.count - 1, case .usual(_, let input) = parameters[0] {
      complete.insert((.input(input), start), at: 0)
    }
    guard complete.count == parameters.count else {
      throw .wrongCount(function: name, found: written.count, form: form, at: start)
    }
    for (parameter, argument) in zip(parameters, complete) {
      try check(parameter, argument.value, argument.place)
    }
    if isRange, let low = complete[1].value.literal, let high = complete[2].value.literal,
      low >= high
    {
      throw .emptyRange(function: name, at: complete[1].place)
    }
    return complete.map(\.value)
  }

  private func check(
    _ parameter: Argument, _ value: Expression, _ place: RecipePlace
  ) throws(RecipeError) {
    switch parameter {
    case .series, .framed, .usual: return
    case .bars:
      guard let count = value.literal, count >= 1, count <= Double(RecipeLimit.bars),
        count == count.rounded()
      else { throw .notABarCount(function: name, found: value.canonicalText, at: place) }
    case .number:
      guard value.literal != nil else {
        throw .notANumber(function: name, found: value.canonicalText, at: place)
      }
    case .share:
      guard let share = value.literal, (0...1).contains(share) else {
        throw .notAShare(function: name, found: value.canonicalText, at: place)
      }
    }
  }
}

/// A call's checked arguments, series already laid as steps.
struct Arguments {
  let steps: [Int]
  let numbers: [Double]
  let expressions: [Expression]

  /// The step of the n-th argument, a series.
  func series(_ index: Int) -> Int { steps[index] }

  /// The n-th argument, a formula that is yet to be laid elsewhere.
  func framed(_ index: Int) -> Expression { expressions[index] }

  /// The n-th argument, a count of bars.
  func bars(_ index: Int) -> Int { Int(numbers[index]) }

  /// The n-th argument, a plain number.
  func number(_ index: Int) -> Double { numbers[index] }

  /// What each parameter's name means inside the word's formula.
  func bound(to parameters: [Function.Argument]) -> [String: Expression] {
    var meanings: [String: Expression] = [:]
    for (index, parameter) in parameters.enumerated() {
      meanings[parameter.name] =
        numbers[index].isNaN ? .step(steps[index]) : .number(numbers[index])
    }
    return meanings
  }
}
