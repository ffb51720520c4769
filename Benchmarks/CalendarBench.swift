import Console
import Market
import Workbench

extension Command {
  static let tradingHours = Command(
    "calendar", "Ask a timetable which session a minute lies in",
    about: """
      Minutes are drawn evenly between the timetable's first opening and its last closing, the same \
      ones in every round. Peers know stocks but no futures: --stock-hours lays the hours of \
      Shanghai's stocks over the product's days, so that both can be asked the same.
      """,
    flags: [
      Flag("queries", value: "N", "How many minutes are drawn.", shownDefault: "1000000"),
      Flag("rounds", value: "N", "How often each is asked.", shownDefault: "1"),
      Flag("product", value: "PRODUCT", "The product asked for.", shownDefault: "rb"),
      Flag("stock-hours", "Use 09:30-11:30 and 13:00-15:00."),
    ],
    examples: [Example("calendar --queries 100000 --rounds 20", "The same minutes again and again")]
  ) { invocation in
    let queries = try invocation.integer("queries", in: 1...1_000_000_000) ?? 1_000_000
    let rounds = try invocation.integer("rounds", in: 1...1_000_000) ?? 1
    let table = try timetable(invocation)
    guard let first = table.sessions.first, let last = table.sessions.last else {
      throw Failure(.usage, "the product never trades")
    }
    let minutes = UInt64(last.closes.nanoseconds - first.opens.nanoseconds) / 60_000_000_000
    let (open, timing) = Timing.of {
      (0..<rounds).reduce(into: 0) { sum, _ in
        sum += openMinutes(table, from: first.opens, among: minutes, queries: queries)
      }
    }
    invocation.terminal.print(
      result(
        "calendar", timing,
        [
          ("rows", .integer(queries)), ("rounds", .integer(rounds)),
          ("check", .text("\(open / rounds) of \(queries) open")),
          ("ns_per_query", .number(timing.cpu * 1e9 / Double(queries) / Double(rounds))),
        ]))
    return .ok
  }

  private static func openMinutes(
    _ table: Timetable, from first: Instant, among minutes: UInt64, queries: Int
  ) -> Int {
    var state: UInt64 = 1
    var open = 0
    for _ in 0..<queries {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let minute = Int64(state.multipliedFullWidth(by: minutes).high)
      let instant = first.advanced(byNanos: minute * 60_000_000_000)
      open += table.session(at: instant) == nil ? 0 : 1
    }
    return open
  }

  private static func timetable(_ invocation: Invocation) throws(Failure) -> Timetable {
    let book = try MarketBook.read(Home.find())
    let (file, rules) = try book.product(invocation.text("product") ?? "rb")
    guard invocation.has("stock-hours") else { return book.timetable(rules, in: file) }
    let hours = [
      Hours(.day, opensSecond: 34_200, closesSecond: 41_400),
      Hours(.day, opensSecond: 46_800, closesSecond: 54_000),
    ]
    let fact = Fact(
      hours, from: file.calendar.days[0], source: "Shanghai Stock Exchange", isVerified: true)
    return Timetable(calendar: file.calendar, hours: Timeline([fact]))
  }
}
