import Archive
public import Console
import Glibc
public import Market

/// All exchanges and products that the rule files know.
public struct MarketBook: Sendable {
  public private(set) var files: [MarketFile]

  /// Reads `config/markets`, and over it what the user wrote: `config/markets/local`, then the
  /// folder `markets` of their own configuration. Of the shipped files, which are named for their
  /// exchange, only those of `exchanges` are read where these are known: reading all takes a while.
  public static func read(
    _ home: Home, of exchanges: [Exchange]? = nil
  ) throws(Failure) -> MarketBook {
    var shared: [String: Settings] = [:]
    var problems: [String] = []
    let read = { (path: String) -> MarketFile? in
      do throws(Failure) { return try MarketFile.read(path: path, sharing: &shared) } catch {
        problems += error.problems
        return nil
      }
    }
    let names = exchanges.map { $0.map { "/\($0.rawValue.lowercased()).yaml" } }
    let shipped = home.yamlFiles(in: "config/markets").filter { path in
      names.map { $0.contains(where: path.hasSuffix) } ?? true
    }
    var book = MarketBook(files: shipped.compactMap(read))
    let own = home.yamlFiles(in: "config/markets/local") + Home.userFiles(in: "markets")
    for file in own.compactMap(read) { book.override(file) }
    guard problems.isEmpty else { throw Failure(.usage, problems) }
    return book
  }

  /// The rules a text may mean: those of the exchange behind its last dot, or of the first one whose
  /// file names such a product, which is looked for as bytes before anything is understood; or all.
  public static func read(_ home: Home, naming text: String) throws(Failure) -> MarketBook {
    if let dot = text.lastIndex(of: ".") {
      let ending = Exchange(rawValue: String(text[text.index(after: dot)...]))
      return try read(home, of: ending.map { [$0] })
    }
    let shipped = home.yamlFiles(in: "config/markets")
    let named = shipped.first { hasLine("  \(text):", in: $0) }.flatMap { path in
      Exchange.allCases.first { path.hasSuffix("/\($0.rawValue.lowercased()).yaml") }
    }
    return try read(home, of: named.map { [$0] })
  }

  /// Whether a line of a file begins so; products stand two blanks deep.
  private static func hasLine(_ start: String, in path: String) -> Bool {
    guard let file = fopen(path, "re") else { return false }
    defer { fclose(file) }
    var line: UnsafeMutablePointer<CChar>?
    var room = 0
    defer { free(line) }
    while getline(&line, &room, file) > 0 {
      if let line, strncmp(line, start, start.utf8.count) == 0 { return true }
    }
    return false
  }

  /// Lays a user's file over the shipped one of its exchange: its rules win on the days they hold.
  private mutating func override(_ own: MarketFile) {
    guard let index = files.firstIndex(where: { $0.exchange == own.exchange }) else {
      files.append(own)
      return
    }
    files[index].override(own)
  }

  /// The rules of a symbol's product and the file they stand in.
  public func rules(_ symbol: Symbol) throws(Failure) -> (file: MarketFile, rules: ProductRules) {
    for file in files where file.exchange == symbol.exchange {
      if let found = file.rules(symbol.product) { return (file, found) }
    }
    if let found = board(symbol) { return found }
    throw Failure(
      .usage, "no rules are known for \(symbol.product) on \(symbol.exchange.rawValue)",
      remedy: "Products with rules: \(known(on: symbol.exchange)). "
        + "Add yours to a file of config/markets/local.")
  }

  /// A product by its letters alone, or with its exchange behind a dot.
  public func product(_ text: String) throws(Failure) -> (file: MarketFile, rules: ProductRules) {
    let dot = text.lastIndex(of: ".")
    let name = String(text[..<(dot ?? text.endIndex)])
    let ending = dot.map { text[text.index(after: $0)...] }
    for file in files where ending.map({ file.exchange.rawValue == $0 }) ?? true {
      if let found = file.rules(name) { return (file, found) }
    }
    if let symbol = Symbol(text) { return try rules(symbol) }
    let meant = Self.meant(by: text).map { "A stock is named with its exchange: \($0)." }
    throw Failure(
      .usage, "\"\(text)\" is not a product with rules",
      remedy: meant ?? "Products with rules: \(known(on: nil)).")
  }

  /// The symbol that a stock's bare code may be meant for.
  private static func meant(by text: String) -> Symbol? {
    if text.allSatisfy(\.isNumber) {
      return text.utf8.count == 5
        ? Symbol("\(text).HKEX") : SymbolStyle(.stockCode).symbol(text)
    }
    return text.utf8.count <= 6 && text.allSatisfy({ $0.isUppercase || $0 == "." })
      ? Symbol("\(text).US") : nil
  }

  /// The sessions of a product, or of one contract of it where a symbol names one.
  public func timetable(
    _ rules: ProductRules, in file: MarketFile, of symbol: Symbol? = nil
  ) -> Timetable {
    Timetable(
      calendar: file.calendar(rules, of: symbol), hours: rules.hours,
      nightPauses: rules.nightPauses)
  }

  private func known(on exchange: Exchange?) -> String {
    files.filter { exchange == nil || $0.exchange == exchange }
      .map { file in
        "\(file.exchange.rawValue) " + file.products.map(\.rules.product).joined(separator: " ")
      }
      .joined(separator: "; ")
  }
}

extension MarketFile {
  /// The days of a product, or of one contract of it where a symbol names one.
  public func calendar(_ rules: ProductRules, of symbol: Symbol?) -> ExchangeCalendar {
    guard let futures = rules.futures, !futures.lastDayHours.facts.isEmpty, let symbol,
      let contract = rules.contract(symbol, near: today, in: calendar)
    else { return calendar }
    return futures.calendar(of: contract, in: calendar)
  }

  func rules(_ product: String) -> ProductRules? {
    products.first { $0.rules.product == product }?.rules
  }

  /// A user's closures are added, and their products' rules win on the days they hold.
  mutating func override(_ own: MarketFile) {
    days.override(own.days)
    override(own.instruments)
    for product in own.products {
      if let index = products.firstIndex(where: { $0.rules.product == product.rules.product }) {
        products[index].rules.override(product.rules)
      } else {
        products.append(product)
      }
    }
  }
}

extension MarketDays {
  /// Closures and special days of another file are added.
  mutating func override(_ own: MarketDays) {
    guard !own.closures.isEmpty || !own.calendar.specialDays.isEmpty else { return }
    closures += own.closures
    let special = own.calendar.specialDays
    let closed = own.closures.flatMap { Array($0.days) }
    calendar = calendar.changed(closing: closed, special: special)
  }
}

extension ProductRules {
  fileprivate mutating func override(_ own: ProductRules) {
    hours = hours.overridden(by: own.hours)
    tick = tick.overridden(by: own.tick)
    multiplier = multiplier.overridden(by: own.multiplier)
    size = size.overridden(by: own.size)
    priceLimit = priceLimit.overridden(by: own.priceLimit)
    margin = margin.overridden(by: own.margin)
    fees = fees.overridden(by: own.fees)
    closing = closing.overridden(by: own.closing)
    nextDay = nextDay.overridden(by: own.nextDay)
    if let own = own.futures { futures?.override(own) }
    guard let own = own.board else { return }
    if board == nil { board = own } else { board?.override(own) }
  }
}

extension ContractRules {
  fileprivate mutating func override(_ own: ContractRules) {
    if !own.months.isEmpty { months = own.months }
    lastDay = lastDay.overridden(by: own.lastDay)
    delivery = delivery.overridden(by: own.delivery)
    largerSide = largerSide.overridden(by: own.largerSide)
    dailyOpens = dailyOpens.overridden(by: own.dailyOpens)
    widening = widening.overridden(by: own.widening)
    lastDayLimit = lastDayLimit.overridden(by: own.lastDayLimit)
    lastDayHours = lastDayHours.overridden(by: own.lastDayHours)
  }
}
