/// A recipe as steps in the order they must run; equal sub-expressions are one step.
struct Plan: Sendable {
  struct Step: Hashable, Sendable {
    let operation: Operation
    let inputs: [Int]
  }

  private(set) var steps: [Step] = []
  private(set) var outputs: [Int] = []
  private var known: [Step: Int] = [:]
  /// The parts that run on longer bars, each length once.
  var frames: [FramedPlan] = []

  /// All steps, those of the frames among them.
  var size: Int { frames.reduce(steps.count) { $0 + $1.plan.size } }

  /// The step that does this, laid anew only if none does yet.
  mutating func add(_ operation: Operation, _ inputs: Int...) -> Int {
    let step = Step(operation: operation, inputs: inputs)
    if let index = known[step] { return index }
    steps.append(step)
    known[step] = steps.count - 1
    return steps.count - 1
  }

  mutating func trueRange() -> Int {
    add(.trueRange, add(.input(.high)), add(.input(.low)), add(.input(.close)))
  }

  /// Lays a feature's steps and makes the last of them an output.
  mutating func append(_ expression: Expression) {
    outputs.append(lay(expression))
  }

  /// The output that shows a formula, laid anew only if none does yet.
  mutating func output(_ expression: Expression) -> Int {
    let step = lay(expression)
    if let place = outputs.firstIndex(of: step) { return place }
    outputs.append(step)
    return outputs.count - 1
  }

  /// Lays the steps of a formula that the library itself has written; `meanings` are its own words.
  mutating func lay(_ formula: String, _ meanings: [String: Expression] = [:]) -> Int {
    do throws(RecipeError) {
      return lay(try Parser.parse(formula, feature: "", meanings: meanings))
    } catch {
      preconditionFailure("\(formula): \(error)")
    }
  }

  private mutating func lay(_ expression: Expression) -> Int {
    switch expression {
    case .number(let value): return add(.constant(value))
    case .input(let input): return add(.input(input))
    case .negated(let inner): return add(.negation, lay(inner))
    case .binary(let sign, let left, let right):
      let operation: Operation =
        switch sign {
        case .plus: .plus
        case .minus: .minus
        case .times: .times
        case .over: .over
        }
      return add(operation, lay(left), lay(right))
    case .call(let name, let written):
      guard let function = Vocabulary.function(name) else {
        preconditionFailure("the parser admits known functions only")
      }
      return function.build(&self, arguments(function, written))
    case .step(let index): return index
    }
  }

  private mutating func arguments(_ function: Function, _ written: [Expression]) -> Arguments {
    var laid: [Int] = []
    var numbers: [Double] = []
    for (parameter, value) in zip(function.parameters, written) {
      switch parameter {
      case .series, .usual:
        laid.append(lay(value))
        numbers.append(.nan)
      case .framed:
        laid.append(-1)
        numbers.append(.nan)
      case .bars, .number, .share:
        laid.append(-1)
        numbers.append(value.literal ?? .nan)
      }
    }
    return Arguments(steps: laid, numbers: numbers, expressions: written)
  }

  /// Some of the outputs, with the steps they need and no others.
  func part(_ range: Range<Int>) -> Plan {
    var needed = Array(repeating: false, count: steps.count)
    for output in outputs[range] { needed[output] = true }
    for index in steps.indices.reversed() where needed[index] {
      for input in steps[index].inputs { needed[input] = true }
    }
    var part = Plan()
    // Steps name frames and their columns by place, so all of them stay.
    var places = Array(repeating: -1, count: steps.count)
    for (index, step) in steps.enumerated() where needed[index] {
      places[index] = part.steps.count
      part.steps.append(Step(operation: step.operation, inputs: step.inputs.map { places[$0] }))
    }
    part.outputs = outputs[range].map { places[$0] }
    part.frames = part.steps.contains { $0.operation.framed != nil } ? frames : []
    return part
  }

  /// How far back each step's values are read by the steps that follow.
  var reaches: [Int] {
    var reaches = Array(repeating: 0, count: steps.count)
    for step in steps {
      for input in step.inputs { reaches[input] = max(reaches[input], step.operation.reach) }
    }
    return reaches
  }

  /// The warm-up of every output, from what its steps say of themselves.
  var warmUps: [WarmUp] {
    var known: [WarmUp] = []
    for step in steps {
      let first = step.inputs.map { known[$0].silentBars }.max() ?? 0
      let settled = step.inputs.map { known[$0].settlingBars }.max() ?? 0
      known.append(
        WarmUp(
          silentBars: first + step.operation.silence,
          settlingBars: settled + step.operation.memory,
          isEndless: step.operation.isEndless || step.inputs.contains { known[$0].isEndless }))
    }
    return outputs.map { known[$0] }
  }
}
