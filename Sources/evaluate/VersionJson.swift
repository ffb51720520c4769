import Bytes
import ModelStore
import Models
import Reporting
import Research
import Training
import Workbench

/// A version's report for programs: the numbers of the page.
extension VersionReport {
  var json: JsonValue {
    let origin = model.version.manifest.origin
    return .object([
      .init("version", .count(model.version.number)), .init("name", .text(model.version.name)),
      .init("id", .text(model.version.id.hex)), .init("kind", .text(view.model)),
      .init("data", .text(origin.data.hex)), .init("build", .text(origin.build)),
      .init("label", .text(origin.label)),
      .init("remarks", .list(remarks.map { .text($0) })),
      .init("scores", figures(view.scores)), .init("againstZero", comparison),
      .init(
        "baselines",
        .object(compared.dropFirst().map { .init($0.name, figures(Scores($0.evidence))) })),
      .init(
        "folds",
        .list(
          spans.map { span in
            .object([
              .init("fold", .count(span.number)),
              .init("learned", .text(view.days(span.learned))),
              .init("tested", .text(view.days(span.tested))),
              .init("scores", figures(Scores(model.evidence.fold(span.number)))),
            ])
          })),
      .init("tenths", tenths), .init("surface", surfaceJson), .init("importance", features),
      .init("learning", curve), .init("outOfBagR2", .number(retold?.outOfBagR2)),
      .init("isReproduced", retold.map { .bool($0.isSame) } ?? .null),
      .init(
        "ledger",
        verdict.map { trial, verdict in
          .object(
            [.init("trial", .count(trial))]
              + verdict.figures.map { .init($0.name, .number($0.value)) })
        } ?? .null),
      .init("settings", .object(settings.map { .init($0.key, .text($0.value)) })),
    ])
  }

  private func figures(_ scores: Scores) -> JsonValue {
    .object(scores.figures.map { .init($0.name, .number($0.value)) })
  }

  private var comparison: JsonValue {
    .object([
      .init("r2", .number(zero.r2)), .init("r2Low", .number(zero.r2Interval?.lowerBound)),
      .init("r2High", .number(zero.r2Interval?.upperBound)),
      .init("rmseGain", .number(zero.rmseGain)), .init("dieboldMariano", .number(zero.t)),
    ])
  }

  private var tenths: JsonValue {
    .list(
      (Calibration(model.evidence)?.parts ?? []).map {
        .object([
          .init("rows", .count($0.count)), .init("forecast", .number($0.forecast)),
          .init("outcome", .number($0.outcome)), .init("error", .number($0.error)),
        ])
      })
  }

  private var surfaceJson: JsonValue {
    guard let surface = retold?.surface else { return .null }
    return .list(
      surface.lines.map { line in
        .object([
          .init("passedShare", .number(line.passedShare)),
          .init("threshold", .number(line.threshold)), .init("turnover", .number(line.turnover)),
          .init(
            "costs",
            .list(
              zip(surface.slippages, line.cells).map { ticks, cell in
                .object([
                  .init("fees", .bool(ticks != nil)), .init("ticks", .number(ticks)),
                  .init("yearly", .number(cell.yearly)), .init("sharpe", .number(cell.sharpe)),
                ])
              })),
        ])
      })
  }

  private var features: JsonValue {
    .list(
      (retold?.explanation?.features ?? []).map { one in
        .object([
          .init("feature", .text(one.name)), .init("permutation", .number(one.permutation)),
          .init("gain", .number(one.gain)), .init("splits", .number(one.splits)),
          .init("contribution", .number(one.contribution)),
        ])
      })
  }

  private var curve: JsonValue {
    guard let curve = retold?.curve else { return .null }
    return .list(
      zip(curve.training, curve.heldOut).map { training, held in
        .object([
          .init("training", .number(training)),
          .init("heldOut", .number(held.isFinite ? held : nil)),
        ])
      })
  }
}
