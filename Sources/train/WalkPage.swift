import Bytes
import Features
import Market
import Models
import Reporting
import Research
import Training
import Workbench

/// A walk as a page: one file, with what would be asked first at its top.
extension Walking {
  var page: Page {
    Page(
      "Walk forward of \(model) over \(job.title)",
      subtitle: "\(NumberText.count(scores.count)) forecasts of days not learned from, "
        + "\(walk.fits.count) folds. Label: \(job.experiment.label).",
      sections: [
        Section(nil, headline), Section("Skill over time", view.skill),
        Section("Can forecasts be taken at their word?", view.calibration),
        Section("What an entry earned", [view.entries]),
        Section("Beside what needs no skill", [.table(EvidenceView.compared(compared()))]),
        Section(
          "Folds and hours", [.table(foldsTable), .table(view.scores(by: .hour, "Hour"))]),
        Section("Everything tried on these days", judgement.verdict?.blocks ?? []),
        Section("Lineage", [.pairs(lineage)]),
      ])
  }

  var view: EvidenceView {
    EvidenceView(walk.evidence, model: model, names: names, zone: job.zone)
  }

  private var model: String { walk.fits.first?.model.name ?? "model" }

  private var headline: [Block] {
    let zero = judgement.comparisons[0].comparison
    let alarms = judgement.alarms.map(\.text)
    return [view.tiles(zero)] + (alarms.isEmpty ? [] : [.remarks(alarms)])
  }

  /// The folds of the walk with their exact instants.
  var spans: [EvidenceView.Span] {
    walk.fits.map {
      EvidenceView.Span(
        $0.fold.number, learned: $0.fold.trainFrom...$0.fold.trainTo,
        tested: $0.fold.testFrom...$0.fold.testTo)
    }
  }

  private var foldsTable: Reporting.Table {
    view.folds(
      spans,
      more: (
        "Features",
        { span in
          let fit = walk.fits.first { $0.fold.number == span.number }
          return "\(fit?.scaler.columns.count ?? 0)"
        }
      ))
  }

  private var lineage: [Pair] { origins + [Pair("Evidence", hash)] + settings }

  /// What was learned from.
  var origins: [Pair] {
    [
      Pair("Bars", job.fingerprint.hex), Pair("Recipe", job.experiment.recipe.name),
      Pair("Source", Set(job.series.map(\.source)).sorted().joined(separator: ", ")),
    ]
  }

  var settings: [Pair] {
    job.folder.plan.settings.map { line in
      let parts = line.split(separator: " ", maxSplits: 1)
      return Pair(String(parts.first ?? ""), parts.count > 1 ? String(parts[1]) : "")
    }
  }
}
