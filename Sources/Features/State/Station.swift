/// A kind of operator and where in the memory it works.
struct Station: Sendable {
  let kind: any Operator.Type
  /// Where its state lies.
  let state: Int
  /// What it reads and writes, counted from the present bar; only `scratch` never moves.
  let first: Int
  let second: Int
  let third: Int
  let answers: Int
  let scratch: Int
}

extension Plan {
  /// The stations of all steps in an order in which each finds its inputs written; their states are
  /// placed in the tapes. Means that need nothing of each other work side by side.
  func stations(in tapes: inout Tapes) -> [Station] {
    let operators = steps.map { $0.operation.begin?() }
    var plans: [(state: any Operator, step: Int)] = []
    let depths = depths { operators[$0] is Smoothing }
    for depth in 0...(depths.max() ?? 0) {
      let here = steps.indices.filter { depths[$0] == depth && operators[$0] != nil }
      var means: [(state: Smoothing, step: Int)] = []
      var others: [(state: any Operator, step: Int)] = []
      for step in here {
        guard let state = operators[step] else { continue }
        if let mean = state as? Smoothing {
          means.append((mean, step))
        } else {
          others.append((state, step))
        }
      }
      for start in stride(from: 0, to: means.count, by: SmoothingGroup.size) {
        let part = means[start..<min(start + SmoothingGroup.size, means.count)]
        let members = part.map {
          (
            state: $0.state, input: tapes.starts[steps[$0.step].inputs[0]],
            answers: tapes.starts[$0.step]
          )
        }
        plans.append((SmoothingGroup(members), part[start].step))
      }
      plans += others
    }
    tapes.reserve(plans.map { type(of: $0.state).words })
    return plans.map { station($0.state, of: $0.step, in: &tapes) }
  }

  private func station(
    _ state: any Operator, of index: Int, in tapes: inout Tapes
  ) -> Station {
    let inputs = steps[index].inputs.map { tapes.starts[$0] }
    let start = tapes.starts[index]
    return Station(
      kind: type(of: state), state: tapes.place(state),
      first: inputs.first ?? start, second: inputs.count > 1 ? inputs[1] : start,
      third: inputs.count > 2 ? inputs[2] : start, answers: start,
      scratch: tapes.scratches[index])
  }

  /// How many of the steps chosen stand one behind the other up to each step.
  private func depths(counting isChosen: (Int) -> Bool) -> [Int] {
    var depths: [Int] = []
    for (index, step) in steps.enumerated() {
      let before = step.inputs.map { depths[$0] }.max() ?? 0
      depths.append(isChosen(index) ? before + 1 : before)
    }
    return depths
  }
}
