import Archive
import Bars
import Bytes
import Console
import Market
import Workbench

extension Command {
  static let calendar = Command(
    "calendar", "Print a product's trading days and sessions",
    about: """
      Every day of a month with its sessions on the exchange's clock. A night session stands with \
      the trading day it belongs to, which is the day after it opened or, over a weekend, Monday. \
      Auctions are named by when they begin; orders wait in them until trading opens.
      """,
    flags: [
      Flag("month", value: "YYYY-MM", "The month to print.", shownDefault: "this one"),
      Flag(
        "calendar", value: "NAME",
        "What tells the days: the exchange's table, or the bars of a series in the archive.",
        accepts: .oneOf(["exchange", "from-data"]), shownDefault: "exchange"),
      Flag("archive", value: "FILE", "The archive.", accepts: .file, setting: "paths.archive"),
    ],
    operands: [Operand("PRODUCT", "Letters such as rb, or a symbol such as rb2105.SHFE.")],
    examples: [
      Example("calendar rb --month 2020-01", "Rebar around the spring festival"),
      Example("calendar rb8888.SHFE --calendar from-data", "What the bars themselves tell"),
    ]
  ) { invocation in
    let page =
      invocation.text("calendar") == "from-data" ? try found(invocation) : try tabled(invocation)
    if invocation.terminal.isJSON {
      invocation.terminal.print(page.json)
    } else {
      invocation.terminal.say(page.title)
      invocation.terminal.print(page.table)
    }
    return .ok
  }

  /// The month as the exchange's table has it.
  private static func tabled(_ invocation: Invocation) throws(Failure) -> CalendarPage {
    let name = invocation.operand("PRODUCT") ?? ""
    let book = try MarketBook.read(Home.find(), naming: name)
    let (file, rules) = try book.product(name)
    guard let first = file.calendar.days.first, let last = file.calendar.days.last else {
      throw Failure(.usage, "\(file.path): the calendar has no trading day")
    }
    let month = try month(invocation, first...last, or: file.today, file.path)
    if month.upperBound >= file.today, let alarm = file.alarm(on: file.today) {
      invocation.terminal.warn(alarm)
    }
    return CalendarPage(file, rules, Symbol(name), book, month)
  }

  /// The month as a series' own bars tell it.
  private static func found(_ invocation: Invocation) throws(Failure) -> CalendarPage {
    let symbol = try WorkSettings.symbol(invocation.operand("PRODUCT") ?? "")
    let work = try WorkSettings.load(invocation)
    let store = try work.archive()
    let listing = try withArchive { () throws(ArchiveError) in try store.list() }
      .first { $0.series.key.symbol == symbol }
    guard let listing else {
      throw Failure(.data, "\(work.archivePath): holds no bars of \(symbol)", remedy: "data list")
    }
    let month = try month(
      invocation, listing.firstDay...listing.lastDay, or: listing.lastDay,
      "\(listing.series.key)")
    let loaded = try withArchive { () throws(ArchiveError) in
      try store.load(listing.series.key, days: month)
    }
    let hours = LearnedHours(
      loaded.columns, loaded.series.key.interval, zone: symbol.exchange.zone)
    return CalendarPage(loaded.series, hours.timetable, month)
  }

  private static func month(
    _ invocation: Invocation, _ known: ClosedRange<TradingDay>, or usual: TradingDay,
    _ place: String
  ) throws(Failure) -> ClosedRange<TradingDay> {
    let text =
      invocation.text("month") ?? String(min(usual, known.upperBound).description.prefix(7))
    guard text.utf8.count == 7, let begins = TradingDay(text + "-01") else {
      throw invocation.usageFailure("--month is \"\(text)\": expected a month such as 2020-01")
    }
    let (year, month, _) = begins.civil
    let ends = begins.advanced(by: DateText.length(year, month) - 1)
    guard ends >= known.lowerBound, begins <= known.upperBound else {
      throw Failure(
        .data, "\(place): runs from \(known.lowerBound) to \(known.upperBound); \(text) is outside",
        remedy: "Bars of other days tell their own calendar: --calendar from-data.")
    }
    return begins...ends
  }
}
