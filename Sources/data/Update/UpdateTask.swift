import Archive
import Bars
import Console
import Market
import Workbench

/// One thing to be fetched: a kind of data of one instrument, or an exchange's days.
struct UpdateTask: Hashable {
  let kind: FeedKind
  /// `600000.SSE`, or the exchange alone for its days.
  let subject: String
  /// For bars alone.
  let interval: BarInterval?
  let from: TradingDay
  let until: TradingDay

  /// What it is called in the journal, whichever days it asks for.
  var name: String {
    ([kind.rawValue, subject] + (interval.map { [$0.name] } ?? [])).joined(separator: " ")
  }

  /// A file name for what was fetched.
  var fileName: String { name.replacing(" ", with: "-").replacing("/", with: "-") + ".csv" }

  var symbol: Symbol? { Symbol(subject) }

  func filled(_ text: String, home: Home, folder: String) -> String {
    let values = [
      ("{home}", home.folder), ("{kind}", kind.rawValue), ("{symbol}", subject),
      ("{interval}", (interval ?? .day).name), ("{from}", from.description),
      ("{until}", until.description), ("{folder}", folder),
    ]
    return values.reduce(text) { $0.replacing($1.0, with: $1.1) }
  }
}

/// Everything an update asks for, in order: days first, as the rest rests on them.
struct UpdatePlan {
  private(set) var tasks: [UpdateTask] = []

  init(
    _ feed: FeedFile, _ entries: [Watchlist.Entry], until: TradingDay,
    lastDay: (SeriesKey) -> TradingDay?
  ) {
    let settings = feed.settings
    let markets = Set(settings.list("markets").map(\.choice))
    let symbols = entries.filter { markets.contains($0.market) }.map(\.symbol)
    let back = { (day: TradingDay, count: Int) in TradingDay(days: day.days - Int32(count)) }
    let first = back(until, settings.integer("first_days"))
    for kind in feed.kinds {
      switch kind {
      case .days:
        var exchanges: [Exchange] = []
        for symbol in symbols where !exchanges.contains(symbol.exchange) {
          exchanges.append(symbol.exchange)
        }
        tasks += exchanges.map {
          UpdateTask(kind: kind, subject: $0.rawValue, interval: nil, from: first, until: until)
        }
      case .bars:
        for symbol in symbols {
          for interval in settings.list("intervals").compactMap({ BarInterval(name: $0.choice) }) {
            let length = interval == .day ? "first_days" : "first_minute_days"
            let start = back(until, settings.integer(length))
            let held = lastDay(SeriesKey(symbol, interval))
            let again = held.map { back($0, settings.integer("overlap_days")) }
            tasks.append(
              UpdateTask(
                kind: kind, subject: symbol.description, interval: interval,
                from: min(again ?? start, until), until: until))
          }
        }
      case .basics, .factors, .limits:
        for symbol in symbols where kind == .basics || symbol.exchange.tradesShares {
          tasks.append(
            UpdateTask(
              kind: kind, subject: symbol.description, interval: nil, from: first, until: until))
        }
      }
    }
  }
}
