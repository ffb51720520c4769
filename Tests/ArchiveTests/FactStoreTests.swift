import Market
import Testing

@testable import Archive

@Suite struct FactStoreTests {
  let scratch = Scratch()
  let day = TradingDay(year: 2021, month: 1, day: 5)
  let symbol = Sample.symbol

  private func importing(_ text: String, at seconds: Int64, knownAt: Moment? = nil) throws
    -> ImportReport
  {
    let path = scratch.file("facts.csv", text)
    var form = SheetForm()
    form.tolerance = .zero
    form.source = "exchange"
    form.vintage = Vintage(importedAt: Instant(seconds: seconds), knownAt: knownAt)
    return try BarStore(path: scratch.store).importFacts(path, form)
  }

  private let full = """
    symbol,day,previous_close,previous_settle,settle,lowest,highest,margin,open_rate,\
    close_today_rate,least_fee,sale_tax,special,listing,day_number,adjustment,indexes,industry
    rb2105.SHFE,2021-01-05,4310,4305.5,4320,4090,4520,10%,0.0001,0.00005,5,0.001,no,listed,3,1.25,\
    CSI300;SSE50,Steel

    """

  @Test func everyFactIsReadBack() throws {
    #expect(try importing(full, at: 1_700_000_000).written.added == 1)
    let facts = try BarStore(reading: scratch.store).facts(of: symbol)
    let known = facts.known(on: day, Grid(decimals: 1))
    #expect(known.previousClose == Price(units: 43_100))
    #expect(known.previousSettle == Price(units: 43_055) && known.settle == Price(units: 43_200))
    #expect(known.lowest == Price(units: 40_900) && known.highest == Price(units: 45_200))
    #expect(known.margin == Rate(basisPoints: 1_000))
    let open = Fee(rate: Rate(basisPoints: 1), perLot: .zero)
    let today = Fee(rate: Rate(hundredMillionths: 5_000), perLot: .zero)
    #expect(
      known.fees
        == Fees(
          open: open, close: open, closeToday: today, minimum: Money(whole: 5),
          saleTax: Rate(basisPoints: 10)))
    #expect(known.isSpecial == false && known.listing == .listed && known.dayNumber == 3)
    #expect(known.adjustment == 1.25 && known.indexes == ["CSI300", "SSE50"])
    #expect(known.industry == "Steel")
    #expect(facts.known(on: day.next, Grid(decimals: 1)) == .nothing)
    // On a coarser grid limits narrow and other prices are the nearest.
    #expect(facts.known(on: day, Grid(decimals: 0)).previousSettle == Price(units: 4_306))
    #expect(try FactBody.decode(FactBody.encode(known)) == known)
  }

  @Test func importingAgainChangesNothing() throws {
    _ = try importing(full, at: 1_700_000_000)
    let before = try BarStore(reading: scratch.store).facts(of: symbol)
    #expect(try importing(full, at: 1_800_000_000).written.same == 1)
    #expect(try BarStore(reading: scratch.store).facts(of: symbol) == before)
  }

  @Test func restatedFactsKeepThePast() throws {
    let head = "symbol,day,lowest,highest,margin\nrb2105.SHFE,2021-01-05,"
    _ = try importing(head + "90,110,\n", at: 1_700_000_000)
    let before = try BarStore(reading: scratch.store).facts(of: symbol)
    // A margin is news and counts from the day; a higher limit takes the place of another.
    #expect(try importing(head + "90,115,0.1\n", at: 1_700_000_100).written.changed == 1)
    let store = try BarStore(reading: scratch.store)
    let now = try store.facts(of: symbol).known(on: day, Grid(decimals: 0))
    #expect(now.highest == Price(units: 115) && now.margin == Rate(basisPoints: 1_000))
    let then = try store.facts(of: symbol, asOf: Instant(seconds: 1_700_000_099))
    let known = then.known(on: day, Grid(decimals: 0))
    #expect(known.highest == Price(units: 110) && known.margin == now.margin)
    #expect(then.fingerprint != before.fingerprint)
    #expect(try store.listFacts().map(\.restatements) == [1])
  }

  @Test func aDayIsKnownWhenItBeginsAndItsSettlementWhenItEnds() throws {
    _ = try importing(full, at: 1_700_000_000)
    let store = try BarStore(reading: scratch.store)
    let midnight = Zone.shanghai.instant(day, seconds: 0)
    #expect(try store.facts(of: symbol, asOf: midnight.advanced(byNanos: -1)).isEmpty)
    let early = try store.facts(of: symbol, asOf: midnight).entry(on: day)?.known
    #expect(early?.highest != nil && early?.settle == nil)
    let late = try store.facts(of: symbol, asOf: midnight.advanced(bySeconds: 86_400))
    #expect(late.entry(on: day)?.known.settle != nil)
  }

  @Test func anImportMaySayWhenItsFactsWereKnown() throws {
    let evening = Moment.local(day.previous, nanos: 17 * 3_600 * 1_000_000_000)
    _ = try importing(full, at: 1_700_000_000, knownAt: evening)
    let known = evening.instant(on: .shanghai)
    let store = try BarStore(reading: scratch.store)
    #expect(try store.facts(of: symbol, asOf: known.advanced(byNanos: -1)).isEmpty)
    #expect(try !store.facts(of: symbol, asOf: known).isEmpty)
  }

  @Test(arguments: [
    ("day,lowest\n2021-01-05,1\n", "header"),
    ("symbol,day,low\nrb2105.SHFE,2021-01-05,1\n", "header"),
    ("symbol,day,lowest,highest\nrb2105.SHFE,2021-01-05,3,2\n", "lowest"),
    ("symbol,day,margin\nrb2105.SHFE,2021-01-05,x\n", "margin"),
    ("symbol,day,margin\nrb2105.SHFE,2021-13-05,1\n", "day"),
    ("symbol,day,margin\nrb2105,2021-01-05,1\n", "symbol"),
    ("symbol,day,margin\nrb2105.SHFE,2021-01-05,\n", "row"),
    ("symbol,day,special\nrb2105.SHFE,2021-01-05,maybe\n", "special"),
    ("symbol,day,listing\nrb2105.SHFE,2021-01-05,gone\n", "listing"),
    ("symbol,day,adjustment\nrb2105.SHFE,2021-01-05,0\n", "adjustment"),
    ("symbol,day,least_fee\nrb2105.SHFE,2021-01-05,1.234\n", "row"),
  ])
  func badFactsAreRefusedWithTheirPlace(_ text: String, _ field: String) throws {
    let error = #expect(throws: ArchiveError.self) { try importing(text, at: 1) }
    switch error {
    case .columns(let refusal): #expect(refusal.field == field)
    case .tooManyRefused(_, _, _, _, let first): #expect(first.field == field)
    default: Issue.record(error ?? ArchiveError.noRows(path: "nothing was refused"))
    }
  }
}
