import Bytes
import Console
import Research
import Training
import Workbench

/// Several models over the same folds, and their forecasts put together.
struct StackedWalk {
  private let walks: [(name: String, walking: Walking)]
  private let stack: Evidence
  private let weights: [(fold: Int32, weights: [Double])]

  /// Each kind with the settings' own parameters; bars and features are loaded once.
  init(
    _ work: WorkSettings, _ terminal: Terminal, kinds: [String], jobs: Int
  ) throws(Failure) {
    var walks: [(name: String, walking: Walking)] = []
    for kind in kinds {
      let walking = try Walking(
        try work.changing([("model.kind", kind)]), terminal, jobs: jobs,
        beside: walks.first?.walking.job)
      walks.append((kind, walking))
    }
    self.walks = walks
    let stacked = Stacking().stacked(walks.map(\.walking.walk.evidence))
    (stack, weights) = (stacked.evidence, stacked.weights)
  }

  func print(to terminal: Terminal) {
    guard !terminal.isJSON else { return terminal.print(json) }
    terminal.print(
      walks[0].walking.scoreTable(
        walks.map { ($0.name, $0.walking.walk.evidence) } + [("stack", stack)]))
    terminal.print("\n")
    var table = Table([.number("fold")] + walks.map { .number($0.name) })
    for one in weights {
      table.add(["\(one.fold)"] + one.weights.map { DoubleText.fixed($0, decimals: 3) })
    }
    terminal.print(table)
    terminal.print(
      "\nWhat each forecast counts for, learned from earlier folds alone; in the first all alike.\n"
    )
    terminal.print("evidence \(hash)\n")
  }

  /// Removes what no later run needs.
  func forget() { for one in walks { one.walking.job.folder.remove() } }

  private var hash: String { Sha256.digest(stack.encoded()).hex }

  private var json: JSON {
    [
      "models": .object(walks.map { JSON.Member($0.name, $0.walking.json) }),
      "stack": .object(
        Scores(stack).figures.map { JSON.Member($0.name, .number($0.value)) }
          + [JSON.Member("evidence", .text(hash))]),
      "weights": .list(
        weights.map {
          ["fold": .integer(Int($0.fold)), "weights": .list($0.weights.map { .number($0) })]
        }),
    ]
  }
}
