public import Console

/// What a feed can be asked for.
public enum FeedKind: String, CaseIterable, Sendable {
  /// The days on which an exchange trades.
  case days
  /// Name, lot, tick and first day of an instrument.
  case basics
  case bars
  /// What dividends and splits did to a stock's price, day by day.
  case factors
  /// The prices a day may not leave.
  case limits
}

extension Schema {
  /// A file of `config/feeds`: a command that fetches.
  public static let feed = Schema(
    "A command that fetches what data update asks for and prints it as CSV.",
    [
      .value("source", .text, "feed", "A note of where the data come from."),
      .value("command", .text, "python3", "The program that is run."),
      .value(
        "arguments", .list(.text), "[]",
        "Its arguments; {home} {kind} {symbol} {interval} {from} {until} {folder} are filled in."),
      .value("environment", .table(.text), "{}", "Variables it gets beside those of the terminal."),
      .value(
        "output", .choice(["stdout", "folder"]), "stdout",
        "Whether it prints CSV or writes files *.csv into {folder}."),
      .value("mapping", .text, "generic", "How it writes bars: a file of config/mappings."),
      .value(
        "markets", .list(.choice(Watchlist.markets)), "[stocks, hk, us, futures]",
        "The markets of the watchlist it knows."),
      .value(
        "kinds", .list(.choice(FeedKind.allCases.map(\.rawValue))), "[bars]",
        "What it can be asked for."),
      .value(
        "intervals", .list(.choice(["1m", "5m", "15m", "30m", "1h", "1d"])), "[1d, 1m]",
        "The lengths of bars that are kept."),
      .value(
        "first_days", .integer(1...40_000), "90", "Days fetched at first, for bars of a day."),
      .value(
        "first_minute_days", .integer(1...40_000), "7", "Days fetched at first, for shorter bars."),
      .value(
        "overlap_days", .integer(0...1_000), "5",
        "Days fetched again, so that what a source has changed is noticed."),
      .value(
        "timeout", .duration(1_000_000...3_600_000_000_000), "2m", "When a command is given up."),
      .value("attempts", .integer(1...20), "4", "How often a failing command is run."),
      .value(
        "pause", .duration(0...3_600_000_000_000), "2s",
        "The wait before the second attempt; each later one is twice as long."),
      .value(
        "rest", .duration(0...3_600_000_000_000), "0s", "The wait between two commands."),
    ])
}

/// A feed as its file describes it.
public struct FeedFile: Sendable {
  public let name: String
  public let settings: Settings

  /// Finds `config/feeds/NAME.yaml`, or reads the file that is named.
  public static func read(_ name: String, in home: Home) throws(Failure) -> FeedFile {
    let isPath = name.contains("/") || name.hasSuffix(".yaml")
    let path = isPath ? name : home.path("config/feeds/\(name).yaml")
    guard isFile(path) else {
      let known = home.yamlFiles(in: "config/feeds").map {
        String($0.split(separator: "/").last?.dropLast(5) ?? "")
      }
      let meant = suggestion(for: name, among: known).map { " (did you mean \"\($0)\"?)" } ?? ""
      throw Failure(
        .usage, "there is no feed \"\(name)\"\(meant)",
        remedy: "Feeds in \(home.path("config/feeds")): \(known.joined(separator: ", ")). "
          + "A file of your own is named by its path.")
    }
    do {
      return FeedFile(
        name: name, settings: try Settings.resolve(.feed, document: YamlDocument.read(path: path)))
    } catch { throw error.failure }
  }

  public var kinds: [FeedKind] {
    let named = Set(settings.list("kinds").map(\.choice))
    return FeedKind.allCases.filter { named.contains($0.rawValue) }
  }
}
