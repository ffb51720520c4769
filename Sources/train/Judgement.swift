import Bytes
import Console
import Features
import Market
import Models
import Research
import Training
import Workbench

/// What is to be said of a walk's forecasts beyond their scores: how far to trust them.
struct Judgement {
  let evidence: Evidence
  /// What ridge made of the same rows; `nil` where it is the model itself.
  let ridge: Evidence?
  let alarms: [LeakAlarm]
  let calibration: Calibration?
  let width: ConformalWidth?
  /// Beside the forecast of nothing and, where the model is another, beside ridge.
  let comparisons: [(name: String, comparison: Comparison)]
  /// Along each path of folds around their tests; empty where only forward was asked for.
  let paths: [Scores]
  let verdict: TrialVerdict?

  init(_ evidence: Evidence, ridge: Evidence?, paths: [Evidence], verdict: TrialVerdict?) {
    self.evidence = evidence
    self.ridge = ridge
    self.verdict = verdict
    self.paths = paths.map { Scores($0) }
    let scores = Scores(evidence)
    alarms = LeakAlarm.raised(by: scores, panelRankIC: scores.panel?.rankIC)
    calibration = Calibration(evidence)
    width = ConformalWidth(evidence)
    comparisons =
      ([("zero", evidence.zero)] + (ridge.map { [("ridge", $0.shared(with: evidence))] } ?? [])).map
    {
      ($0.0, Comparison(evidence, against: $0.1))
    }
  }

  /// The forecasts along each path of a plan that tests days by those around them.
  static func paths(
    _ sample: Sample, plan: FoldPlan, _ experiment: Experiment
  ) throws(TrainingError) -> [Evidence] {
    guard let paths = FoldPaths(plan) else { return [] }
    return paths.evidence(
      of: try walk(
        sample, plan: plan, parameters: experiment.parameters,
        preparation: experiment.preparation, horizonBars: experiment.label.horizonBars))
  }
}

extension Evidence {
  /// The rows that another has as well: a model of windows says nothing of rows at which none ends.
  func shared(with other: Evidence) -> Evidence {
    let keys = Set(
      other.instants.indices.map { [other.instants[$0].nanoseconds, Int64(other.instruments[$0])] })
    return part(
      instants.indices.filter { keys.contains([instants[$0].nanoseconds, Int64(instruments[$0])]) })
  }
}

// MARK: - For people

extension Judgement {
  /// All alarms in one line; `nil` where there are none.
  var alarmText: String? {
    guard !alarms.isEmpty else { return nil }
    return
      "\(alarms.map(\.name).joined(separator: ", ")) above what is believed: a leak until proved "
      + "otherwise; see evaluate audit and Documentation/LEAKAGE.md"
  }

  /// The tables of `kinds` as well: by fold, month, instrument or hour.
  func print(
    to terminal: Terminal, by kinds: [Breakdown], names: [String], zone: Zone
  ) {
    for (name, one) in comparisons { terminal.print("\(Judgement.text(one, against: name))\n") }
    if let calibration {
      terminal.print("\n")
      terminal.print(calibrationTable(calibration))
    }
    if let width {
      terminal.print(
        "90 % of outcomes within ±\(basisPoints(width.width)) bp of the forecast;\n"
          + "the earlier half's width held \(percent(width.coverage)) of the later half\n")
    }
    for kind in kinds {
      terminal.print("\n")
      terminal.print(breakdown(kind, names, zone))
    }
    if !paths.isEmpty {
      terminal.print("\n")
      terminal.print(pathTable)
    }
    if let verdict {
      terminal.print("\n")
      terminal.print(verdict.table)
      terminal.print("\(verdict.looksText)\n")
    }
    for alarm in alarms { terminal.warn(alarm.text) }
  }

  private static func text(_ one: Comparison, against name: String) -> String {
    let interval = one.rmseInterval.map {
      " (\(basisPoints($0.lowerBound)) … \(basisPoints($0.upperBound)))"
    }
    var text =
      "beside \(name): RMSE better by \(basisPoints(one.rmseGain)) bp\(interval ?? ""),\n"
      + "  Diebold–Mariano t \(number(one.t, 1)) p \(number(one.p, 3))"
    if let gain = one.rankICGain, let range = one.rankICInterval {
      text +=
        ", rank IC by \(number(gain)) (\(number(range.lowerBound)) … "
        + "\(number(range.upperBound)))"
    }
    return text
  }

  private func calibrationTable(_ calibration: Calibration) -> Table {
    var table = Table(
      .number("tenth"), .number("forecast bp"), .number("outcome bp"), .number("± bp"),
      .number("rows"))
    for (place, part) in calibration.parts.enumerated() {
      table.add(
        "\(place + 1)", basisPoints(part.forecast), basisPoints(part.outcome),
        basisPoints(part.error), "\(part.count)")
    }
    return table
  }

  private func breakdown(_ kind: Breakdown, _ names: [String], _ zone: Zone) -> Table {
    var table = Table(
      .text(kind.rawValue), .number("rows"), .number("RMSE bp"), .number("R² zero"),
      .number("rank IC"), .number("hit"), .number("base"))
    for (name, part) in parts(kind, names, zone) {
      let scores = Scores(part)
      table.add(
        name, "\(scores.count)", basisPoints(scores.rmse), percent(scores.r2Zero, 2),
        number(scores.rankIC), percent(scores.hitRate), percent(scores.baseRate))
    }
    return table
  }

  private func parts(
    _ kind: Breakdown, _ names: [String], _ zone: Zone
  ) -> [(name: String, evidence: Evidence)] {
    kind.parts(of: evidence, names: names) { zone.offsetSeconds(at: $0) }
  }

  /// The spread over paths tells how much hangs on which days were kept for testing.
  private var pathTable: Table {
    var table = Table(
      .text("path"), .number("R² zero"), .number("rank IC"), .number("t"), .number("hit"))
    for (place, scores) in paths.enumerated() {
      table.add(
        "\(place + 1)", percent(scores.r2Zero, 2), number(scores.rankIC),
        number(scores.rankICT, 1), percent(scores.hitRate))
    }
    return table
  }
}

// MARK: - For programs

extension Judgement {
  func members(names: [String], zone: Zone) -> [JSON.Member] {
    var members = [JSON.Member("alarms", .list(alarms.map(\.json)))]
    members += comparisons.map { name, one in
      JSON.Member("against-\(name)", Judgement.json(one))
    }
    if let calibration {
      members.append(
        JSON.Member(
          "tenths",
          .list(
            calibration.parts.map {
              [
                "rows": .integer($0.count), "forecast": .number($0.forecast),
                "outcome": .number($0.outcome), "error": .number($0.error),
              ]
            })))
    }
    if let width {
      members.append(
        JSON.Member(
          "conformal",
          [
            "share": .number(width.share), "width": .number(width.width),
            "coverage": .number(width.coverage),
          ]))
    }
    for kind in Breakdown.allCases {
      members.append(
        JSON.Member(
          "by-\(kind.rawValue)",
          .object(
            parts(kind, names, zone).map { JSON.Member($0.name, Scores($0.evidence).json) })))
    }
    if !paths.isEmpty { members.append(JSON.Member("paths", .list(paths.map(\.json)))) }
    if let verdict { members.append(JSON.Member("ledger", verdict.json)) }
    return members
  }

  static func json(_ one: Comparison) -> JSON {
    let pairs: [(String, Double?)] = [
      ("rmse-gain", one.rmseGain), ("rmse-gain-low", one.rmseInterval?.lowerBound),
      ("rmse-gain-high", one.rmseInterval?.upperBound), ("r2", one.r2),
      ("r2-low", one.r2Interval?.lowerBound), ("r2-high", one.r2Interval?.upperBound),
      ("rank-ic-gain", one.rankICGain),
      ("rank-ic-gain-low", one.rankICInterval?.lowerBound),
      ("rank-ic-gain-high", one.rankICInterval?.upperBound), ("diebold-mariano", one.t),
      ("p", one.p), ("mean-block", one.meanBlock),
    ]
    return .object(pairs.compactMap { name, value in value.map { JSON.Member(name, .number($0)) } })
  }
}

extension Scores {
  var json: JSON { .object(figures.map { JSON.Member($0.name, .number($0.value)) }) }
}

extension LeakAlarm {
  var text: String {
    "\(name) is \(number(measure.found)), above \(number(measure.limit)): a leak until proved "
      + "otherwise; see evaluate audit and Documentation/LEAKAGE.md"
  }

  var json: JSON {
    [
      "name": .text(name), "found": .number(measure.found), "limit": .number(measure.limit),
    ]
  }
}

private func number(_ value: Double?, _ decimals: Int = 4) -> String {
  value.map { DoubleText.fixed($0, decimals: decimals) } ?? "–"
}

private func percent(_ value: Double?, _ decimals: Int = 1) -> String {
  value.map { DoubleText.fixed($0 * 100, decimals: decimals) + " %" } ?? "–"
}

private func basisPoints(_ value: Double) -> String {
  DoubleText.fixed(value * 10_000, decimals: 3)
}
