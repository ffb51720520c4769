import Console
import Market
import Workbench

extension Command {
  static let tradingHours = Command(
    "calendar", "Ask a product's timetable which session an instant lies in",
    flags: [
      Flag("queries", value: "N", "How many questions.", shownDefault: "10000000"),
      Flag("product", value: "PRODUCT", "The product asked for.", shownDefault: "rb"),
    ],
    examples: [Example("calendar --queries 1000000", "A quick look")]
  ) { invocation in
    let queries = try invocation.integer("queries", in: 1...1_000_000_000) ?? 10_000_000
    let book = try MarketBook.read(Home.find())
    let (file, rules) = try book.product(invocation.text("product") ?? "rb")
    let table = book.timetable(rules, in: file)
    guard let first = table.sessions.first, let last = table.sessions.last else {
      throw Failure(.usage, "\(rules.product) never trades")
    }
    let span = UInt64(last.closes.nanoseconds - first.opens.nanoseconds)
    let (open, timing) = Timing.of {
      var state: UInt64 = 1
      var open = 0
      for _ in 0..<queries {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let offset = Int64(state.multipliedFullWidth(by: span).high)
        open += table.session(at: first.opens.advanced(byNanos: offset)) == nil ? 0 : 1
      }
      return open
    }
    invocation.terminal.print(
      result(
        "calendar", timing,
        [
          ("queries", .integer(queries)), ("open", .integer(open)),
          ("ns_per_query", .number(timing.cpu * 1e9 / Double(queries))),
        ]))
    return .ok
  }
}
