import Archive
import Console
import Market
import Workbench

extension Command {
  static let rules = Command(
    "rules", "Print the rules that held for an instrument on a day",
    about: """
      Each rule with the day it came into force, where it is known from, and whether public \
      sources agree on it (✓). What is not verified is a default: mend it in a file of \
      config/markets/local, whose rules win. With a contract's name, the margin is that of the \
      contract as its delivery comes near. What the archive knows of an instrument's day \
      (data import --kind facts) stands in place of the rule: it wins wherever bars are traded.
      """,
    flags: [
      Flag("on", value: "DATE", "The trading day.", shownDefault: "today or the next one"), .asOf,
      Flag("archive", value: "FILE", "The archive.", accepts: .file, setting: "paths.archive"),
    ],
    operands: [Operand("SYMBOL", "A symbol such as rb2005.SHFE, or a product such as rb.")],
    examples: [
      Example("rules rb2005.SHFE --on 2020-05-06", "Rebar in its delivery month"),
      Example("rules IF --on 2015-09-07", "The day closing today's lots became dear"),
    ]
  ) { invocation in
    let book = try MarketBook.read(Home.find(), naming: invocation.operand("SYMBOL") ?? "")
    let name = invocation.operand("SYMBOL") ?? ""
    let (file, rules) = try book.product(name)
    let day = try day(invocation, file)
    var page = RulesPage(
      rules: rules, file: file, sessions: book.timetable(rules, in: file, of: Symbol(name)),
      day: day, asked: Symbol(name))
    if let symbol = Symbol(name), let entry = try facts(invocation, of: symbol, on: day) {
      page.add(entry)
    }
    if day >= file.today, let alarm = file.alarm(on: file.today) { invocation.terminal.warn(alarm) }
    invocation.terminal.say(page.title)
    if invocation.terminal.isJSON {
      invocation.terminal.print(page.json)
    } else {
      invocation.terminal.print(page.table)
      invocation.terminal.print("\n")
      invocation.terminal.print(page.sourceTable)
    }
    return .ok
  }

  /// What the archive knows of the day, where there is an archive.
  private static func facts(
    _ invocation: Invocation, of symbol: Symbol, on day: TradingDay
  ) throws(Failure) -> LoadedFacts.Entry? {
    let work = try WorkSettings.load(invocation)
    guard work.hasArchive else { return nil }
    let store = try work.archive()
    return try withArchive { () throws(ArchiveError) in
      try store.facts(of: symbol, days: day...day, asOf: work.asOf(symbol)).entry(on: day)
    }
  }

  private static func day(
    _ invocation: Invocation, _ file: MarketFile
  ) throws(Failure) -> TradingDay {
    guard let text = invocation.text("on") else {
      guard let day = file.calendar.onOrAfter(file.today) ?? file.calendar.days.last else {
        throw Failure(.usage, "\(file.path): the calendar has no trading day")
      }
      return day
    }
    guard let day = TradingDay(text) else {
      throw invocation.usageFailure("--on is \"\(text)\": expected a date such as 2020-01-31")
    }
    return day
  }
}
