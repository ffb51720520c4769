import Archive
import Bytes
import Console
import Market
import Workbench

/// The series of an archive, a row each: what counts now, or counted at a point in time.
struct SeriesPage {
  private var rows: [(listing: Listing, fingerprint: Digest)] = []

  init(_ store: borrowing BarStore, _ work: WorkSettings) throws(Failure) {
    let listings = try withArchive { () throws(ArchiveError) in
      try store.list() + store.listTicks()
    }
    for listing in listings {
      let key = listing.series.key
      guard let asOf = work.asOf(key.symbol), !key.isTicks else {
        let fingerprint = try withArchive { () throws(ArchiveError) in
          try store.fingerprint(of: key)
        }
        rows.append((listing, fingerprint))
        continue
      }
      let then = try withArchive { () throws(ArchiveError) in try store.load(key, asOf: asOf) }
      if let listing = then.listing { rows.append((listing, then.fingerprint)) }
    }
  }

  func print(on terminal: Terminal) {
    if terminal.isJSON {
      terminal.print(.list(rows.map(json)))
      return
    }
    var table = Table(
      .text("series"), .number("rows"), .text("from"), .text("until"), .text("calendar"),
      .text("fingerprint"), .prose("source"))
    for (listing, fingerprint) in rows {
      table.add(
        listing.series.key.description, "\(listing.bars)", listing.firstDay.description,
        listing.lastDay.description, listing.series.calendar, String(fingerprint.hex.prefix(8)),
        listing.series.source)
    }
    terminal.print(table)
  }

  private func json(_ listing: Listing, _ fingerprint: Digest) -> JSON {
    [
      "series": .text(listing.series.key.description), "bars": .integer(listing.bars),
      "from": .text(listing.firstDay.description), "until": .text(listing.lastDay.description),
      "calendar": .text(listing.series.calendar), "source": .text(listing.series.source),
      "fingerprint": .text(fingerprint.hex),
    ]
  }
}

/// Whose days have facts, a row each.
struct FactPage {
  let listings: [FactListing]

  func print(on terminal: Terminal) {
    if terminal.isJSON {
      terminal.print(.list(listings.map(json)))
      return
    }
    var table = Table(
      .text("instrument"), .number("days"), .text("from"), .text("until"), .number("restated"),
      .prose("source"))
    for listing in listings {
      table.add(
        listing.symbol.description, "\(listing.days)", listing.first.description,
        listing.last.description, "\(listing.restatements)", listing.source)
    }
    terminal.print(table)
    if listings.isEmpty { terminal.say("No facts yet: data import FILE --kind facts") }
  }

  private func json(_ listing: FactListing) -> JSON {
    [
      "instrument": .text(listing.symbol.description), "days": .integer(listing.days),
      "from": .text(listing.first.description), "until": .text(listing.last.description),
      "restated": .integer(listing.restatements), "source": .text(listing.source),
    ]
  }
}
