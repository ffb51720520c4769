public import Console
public import Market

/// One file of `config/markets`, read into the market's words.
public struct MarketFile: Sendable {
  public let path: String
  public let exchange: Exchange
  public internal(set) var days: MarketDays
  public internal(set) var products: [Product]
  public internal(set) var instruments: [InstrumentFacts]

  /// A product's rules, and what it is, for people.
  public struct Product: Sendable {
    public let name: String
    public internal(set) var rules: ProductRules
  }

  public var calendar: ExchangeCalendar { days.calendar }

  public static func read(path: String) throws(Failure) -> MarketFile {
    var shared: [String: Settings] = [:]
    return try read(path: path, sharing: &shared)
  }

  /// Calendars that several files share are read once.
  static func read(
    path: String, sharing shared: inout [String: Settings]
  ) throws(Failure) -> MarketFile {
    let settings = try resolve(.market, path)
    guard let exchange = Exchange(rawValue: settings.choice("exchange")) else {
      preconditionFailure("the schema offers an exchange that Market does not know")
    }
    let days = try days(settings.section("calendar"), exchange.zone, path, &shared)
    let reading = ProductReading(
      path: path, exchange: exchange, sources: sources(settings), firstDay: days.first,
      pauses: try settings.sections("night_pauses").map { item throws(Failure) in
        try MarketText.span(item, path)
      },
      timetables: settings.table("timetables"), defaults: settings.section("defaults"))
    let products = try settings.table("products").map { row throws(Failure) in
      Product(
        name: row.value.section.text("name"), rules: try reading.rules(row.name, row.value.section))
    }
    let instruments = try settings.table("instruments").map { row throws(Failure) in
      try reading.facts(row)
    }
    return MarketFile(
      path: path, exchange: exchange, days: days, products: products, instruments: instruments)
  }

  /// The exchange's own days, over those of the calendar it shares.
  private static func days(
    _ own: Settings, _ zone: Zone, _ path: String, _ shared: inout [String: Settings]
  ) throws(Failure) -> MarketDays {
    guard let name = own["same_as"].orNil?.text else {
      return try MarketDays(own, zone: zone, path: path)
    }
    let table = folder(of: path) + "/calendars/\(name).yaml"
    if shared[name] == nil { shared[name] = try resolve(.marketCalendar, table) }
    var days = try MarketDays(shared[name] ?? own, zone: zone, path: table)
    days.override(try MarketDays(own, zone: zone, path: path))
    return days
  }

  private static func resolve(_ schema: Schema, _ path: String) throws(Failure) -> Settings {
    do {
      return try Settings.resolve(schema, document: YamlDocument.read(path: path))
    } catch { throw error.failure }
  }

  private static func sources(_ settings: Settings) -> [String: String] {
    Dictionary(
      settings.table("sources").map { ($0.name, $0.value.text) }, uniquingKeysWith: { $1 })
  }
}

/// An exchange's calendar with the reasons of its closures and where it is known from.
public struct MarketDays: Sendable {
  public internal(set) var calendar: ExchangeCalendar
  let first: TradingDay
  let last: TradingDay
  public let source: String
  public let isVerified: Bool
  /// Days without trading and the occasion of each.
  public internal(set) var closures: [(days: ClosedRange<TradingDay>, why: String)]

  init(_ settings: Settings, zone: Zone, path: String) throws(Failure) {
    first = TradingDay(settings.date("first"))
    last = TradingDay(settings.date("last"))
    guard first <= last else {
      throw Failure(.usage, "\(path): the calendar ends before it begins")
    }
    closures = try settings.sections("closures").map { item throws(Failure) in
      (try MarketText.span(item, path), item.text("why"))
    }
    source = settings.text("source")
    isVerified = settings.flag("verified")
    var special: [SpecialDay] = []
    for item in settings.sections("special_days") {
      special += try Self.special(item, path)
    }
    calendar = ExchangeCalendar(
      zone: zone, first: first, last: last, closures: closures.flatMap { Array($0.days) },
      openEveryDay: settings.flag("weekends"),
      openings: settings.list("openings").map { TradingDay($0.date) }, specialDays: special,
      knownUntil: settings["verified_until"].orNil.map { TradingDay($0.date) })
    if let stray = special.first(where: { !calendar.isOpen($0.day) }) {
      throw Failure(.usage, "\(path): special_days has \(stray.day), which is no trading day")
    }
  }

  private static func special(_ item: Settings, _ path: String) throws(Failure) -> [SpecialDay] {
    let spans = try item.list("spans").map { text throws(Failure) in
      try MarketText.hours(text.text, path)
    }
    return item.list("days").map {
      SpecialDay(
        day: TradingDay($0.date), why: item.text("why"), spans: spans.isEmpty ? nil : spans,
        nightOpensSecond: item["night_opens"].orNil.map { Int64($0.timeOfDaySeconds) })
    }
  }
}
