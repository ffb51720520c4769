import Archive
import Console
import Market
import Workbench

extension Flag {
  static let knownAt = Flag(
    "known-at", value: "TIME",
    "Since when the bars count as known: a date (its end), or a date and time.",
    shownDefault: "each bar's close; for restated bars the import")
}

/// The imports that restated bars, a row each.
struct RevisionPage {
  let revisions: [Revision]

  func print(on terminal: Terminal) {
    if terminal.isJSON {
      terminal.print(.list(revisions.map(json)))
      return
    }
    var table = Table(
      .text("series"), .text("imported"), .text("known since"), .number("changed"),
      .number("added"), .prose("source"))
    for revision in revisions {
      let zone = revision.series.symbol.exchange.zone
      table.add(
        revision.series.description, clockText(revision.importedAt, zone),
        clockText(revision.knownAt, zone), "\(revision.changedRows)", "\(revision.addedRows)",
        revision.source)
    }
    terminal.print(table)
    if revisions.isEmpty { terminal.say("Nothing has been restated.") }
  }

  private func json(_ revision: Revision) -> JSON {
    [
      "series": .text(revision.series.description),
      "importedAt": .text(utcText(revision.importedAt)),
      "knownAt": .text(utcText(revision.knownAt)), "changed": .integer(revision.changedRows),
      "added": .integer(revision.addedRows), "source": .text(revision.source),
    ]
  }
}
