public import Console
public import Market

extension Schema {
  /// `config/watchlist.yaml`.
  public static let watchlist = Schema(
    "What data update keeps up to date, by market.",
    [
      .value("hk", .list(.text), "[]", "Stocks of Hong Kong, such as 09988.HK."),
      .value("us", .list(.text), "[]", "Stocks of the United States, such as AAPL."),
      .value("stocks", .list(.text), "[]", "Stocks of the mainland, such as 600000.SH."),
      .value("futures", .list(.text), "[]", "Futures, such as rb8888.SHFE."),
    ])
}

/// The instruments a person follows.
public struct Watchlist: Sendable {
  public struct Entry: Hashable, Sendable {
    public let market: String
    public let symbol: Symbol
  }

  public static let markets = ["stocks", "hk", "us", "futures"]

  /// By market, in the order of the file.
  public let entries: [Entry]

  public static func read(_ path: String) throws(Failure) -> Watchlist {
    guard isFile(path) else {
      throw Failure(
        .usage, "\(path): there is no watchlist here",
        remedy: "Write one like config/watchlist.yaml, or name yours with --watchlist.")
    }
    let settings: Settings
    do {
      settings = try Settings.resolve(.watchlist, document: YamlDocument.read(path: path))
    } catch { throw error.failure }
    var entries: [Entry] = []
    var problems: [String] = []
    for market in markets {
      for text in settings.list(market).map(\.text) {
        guard let symbol = symbol(text, of: market) else {
          problems.append(
            "\(path): \(market): \"\(text)\": expected a symbol such as \(example(market))")
          continue
        }
        let entry = Entry(market: market, symbol: symbol)
        if entries.contains(entry) { problems.append("\(path): \(market): \(text) stands twice") }
        entries.append(entry)
      }
    }
    guard problems.isEmpty else { throw Failure(.usage, problems) }
    return Watchlist(entries: entries)
  }

  /// Reads the short names of exchanges, which must be those of the market.
  private static func symbol(_ text: String, of market: String) -> Symbol? {
    let short = ["HK": "HKEX", "SH": "SSE", "SZ": "SZSE", "BJ": "BSE"]
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let last = parts.last ?? ""
    let symbol: Symbol?
    if market == "us", Exchange(rawValue: last) == nil {
      symbol = Symbol(text + ".US")
    } else {
      symbol = Symbol((parts.dropLast() + [short[last] ?? last]).joined(separator: "."))
    }
    return symbol.flatMap { self.market(of: $0.exchange) == market ? $0 : nil }
  }

  private static func market(of exchange: Exchange) -> String? {
    switch exchange {
    case .sse, .szse, .bse: "stocks"
    case .hkex: "hk"
    case .us: "us"
    case .local: nil
    default: "futures"
    }
  }

  private static func example(_ market: String) -> String {
    switch market {
    case "hk": "09988.HK"
    case "us": "AAPL"
    case "stocks": "600000.SH"
    default: "rb2510.SHFE"
    }
  }
}
