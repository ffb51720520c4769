import Bytes
import Console
import Research
import Training
import Workbench

/// Several kinds of model over the same folds, each judged, and their forecasts put together.
struct SideBySide {
  let walks: [(name: String, walking: Walking)]
  /// Of rows that every kind has forecast.
  let stack: Evidence
  let weights: [(fold: Int32, weights: [Double])]
  let verdict: TrialVerdict?
  /// Every forecast with what it is worth: the kinds, the stack, and what needs no skill.
  let lines: [SideLine]

  /// Each kind with the settings' own parameters; bars and features are loaded once. The stack is a
  /// trial of its own, noted like theirs before its forecasts are looked at.
  init(
    _ work: WorkSettings, _ terminal: Terminal, kinds: [String], jobs: Int,
    isRefresh: Bool = false, resumes: Bool = false
  ) throws(Failure) {
    var walks: [(name: String, walking: Walking)] = []
    for kind in kinds {
      let walking = try Walking(
        try work.changing([("model.kind", kind)]), terminal, jobs: jobs, isRefresh: isRefresh,
        resumes: resumes, beside: walks.last?.walking)
      walks.append((kind, walking))
    }
    self.walks = walks
    let first = walks[0].walking
    let note = try Walking.note(
      first.job, model: "stack of \(kinds.joined(separator: ", "))", isRefresh: isRefresh)
    let all = walks.map(\.walking.walk.evidence)
    let shared = all.reduce(all[0]) { $0.shared(with: $1) }
    let stacked = Stacking().stacked(all.map { $0.shared(with: shared) })
    (stack, weights) = (stacked.evidence, stacked.weights)
    verdict = try note.finish(stack, days: first.job.sample.days(of: stack))
    lines = Self.lines(walks, stack)
  }

  /// Removes what no later run needs.
  func forget() { for one in walks { one.walking.job.folder.remove() } }

  var hash: String { Sha256.digest(stack.encoded()).hex }

  private static func lines(
    _ walks: [(name: String, walking: Walking)], _ stack: Evidence
  ) -> [SideLine] {
    let first = walks[0].walking
    let own = walks.map {
      SideLine(
        $0.name, $0.walking.walk.evidence, first.ridge, $0.walking.seconds,
        known: $0.walking.judgement.comparisons)
    }
    let names = walks.map(\.name)
    return own + [SideLine("stack", stack, first.ridge)]
      + first.baselines.filter { !names.contains($0.name) }
      .map { SideLine($0.name, $0.evidence, first.ridge) }
  }
}

/// What one forecast is worth beside the others.
struct SideLine {
  let name: String
  let evidence: Evidence
  let scores: Scores
  /// `nil` for the forecast of nothing itself.
  let zero: Comparison?
  let ridge: Comparison?
  /// What its folds took, on the wall.
  let seconds: Double?

  /// Each comparison draws its rows hundreds of times: what is `known` is not drawn again.
  init(
    _ name: String, _ evidence: Evidence, _ ridge: Evidence?, _ seconds: Double? = nil,
    known: [(name: String, comparison: Comparison)] = []
  ) {
    func comparison(_ name: String, _ other: @autoclosure () -> Evidence) -> Comparison {
      known.first { $0.name == name }?.comparison ?? Comparison(evidence, against: other())
    }
    self.name = name
    self.evidence = evidence
    self.seconds = seconds
    scores = Scores(evidence)
    // A volatility is no return: its size says nothing.
    let isReturn = name != "−volatility" && evidence.forecasts.contains { $0 != 0 }
    zero = isReturn ? comparison("zero", evidence.zero) : nil
    self.ridge = ridge.flatMap {
      isReturn && name != "ridge" ? comparison("ridge", $0.shared(with: evidence)) : nil
    }
  }

  /// A panel's forecasts are ranked within each instant.
  var rankIC: (value: Double?, t: Double?) {
    if let panel = scores.panel { return (panel.rankIC, panel.rankICT) }
    return (scores.rankIC, scores.rankICT)
  }

  /// Heads of the cells, for a terminal and for a page.
  static let heads = [
    "R² %", "from", "to", "CW t", "rank IC", "t", "hit %", "bp<zero", "bp<ridge", "s",
  ]
  static let legend =
    "R² against the forecast of nothing, 90 % from … to by blocks of rows; CW: Clark–West;\n"
    + "bp<: how much less RMSE in basis points; s: seconds that the folds took."

  var cells: [String] {
    [
      percent(zero?.r2, 2), percent(zero?.r2Interval?.lowerBound, 2),
      percent(zero?.r2Interval?.upperBound, 2), number(scores.clarkWest, 1),
      number(rankIC.value, 4), number(rankIC.t, 1), percent(scores.hitRate, 1),
      number((zero?.rmseGain).map { $0 * 10_000 }, 3),
      number((ridge?.rmseGain).map { $0 * 10_000 }, 3), number(seconds, 1),
    ]
  }

  private func number(_ value: Double?, _ decimals: Int) -> String {
    value.map { DoubleText.fixed($0, decimals: decimals) } ?? "–"
  }

  private func percent(_ value: Double?, _ decimals: Int) -> String {
    number(value.map { $0 * 100 }, decimals)
  }
}

// MARK: - Telling

extension SideBySide {
  func print(to terminal: Terminal) {
    terminal.print(table)
    terminal.print("\n\(SideLine.legend)\n\n")
    terminal.print(weightTable)
    terminal.print(
      "\nWhat each forecast counts for in the stack, learned from earlier folds alone; in the first "
        + "all alike.\n")
    if let verdict { terminal.print("\n\(verdict.looksText)\n") }
    for (name, walking) in walks {
      if let alarms = walking.judgement.alarmText { terminal.warn("\(name): \(alarms)") }
    }
    terminal.print("\nevidence \(hash)\n")
  }

  private var table: Table {
    var table = Table([.text("forecast")] + SideLine.heads.map { .number($0) })
    for line in lines { table.add([line.name] + line.cells) }
    return table
  }

  private var weightTable: Table {
    var table = Table([.number("fold")] + walks.map { .number($0.name) })
    for one in weights {
      table.add(["\(one.fold)"] + one.weights.map { DoubleText.fixed($0, decimals: 3) })
    }
    return table
  }

  var json: JSON {
    [
      "models": .object(
        walks.map {
          JSON.Member($0.name, $0.walking.json(more: [("seconds", $0.walking.seconds)]))
        }),
      "stack": .object(
        Scores(stack).figures.map { JSON.Member($0.name, .number($0.value)) }
          + [
            JSON.Member(
              "against-zero", Judgement.json(Comparison(stack, against: stack.zero))),
            JSON.Member("ledger", verdict?.json ?? .null),
            JSON.Member("evidence", .text(hash)),
          ]),
      "weights": .list(
        weights.map {
          ["fold": .integer(Int($0.fold)), "weights": .list($0.weights.map { .number($0) })]
        }),
    ]
  }
}
