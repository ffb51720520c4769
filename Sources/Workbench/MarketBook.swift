public import Console
public import Market

/// All exchanges and products that the rule files know.
public struct MarketBook: Sendable {
  public let files: [MarketFile]

  public static func read(_ home: Home) throws(Failure) -> MarketBook {
    let paths = home.yamlFiles(in: "config/markets")
    var files: [MarketFile] = []
    var problems: [String] = []
    for path in paths {
      do { files.append(try MarketFile.read(path: path)) } catch { problems += error.problems }
    }
    guard problems.isEmpty else { throw Failure(.usage, problems) }
    return MarketBook(files: files)
  }

  /// The rules of a symbol's product and the file they stand in.
  public func rules(_ symbol: Symbol) throws(Failure) -> (file: MarketFile, rules: ProductRules) {
    let here = files.filter { $0.exchange == symbol.exchange }
    for file in here {
      for rules in file.products where rules.product == symbol.product { return (file, rules) }
    }
    if let found = board(symbol, here) { return found }
    throw Failure(
      .usage, "no rules are known for \(symbol.product) on \(symbol.exchange.rawValue)",
      remedy: "Products with rules: \(known). Add yours to a file of config/markets.")
  }

  /// A product by its letters alone, or with its exchange behind a dot.
  public func product(_ text: String) throws(Failure) -> (file: MarketFile, rules: ProductRules) {
    let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
    for file in files where parts.count < 2 || file.exchange.rawValue == parts[1] {
      for rules in file.products where rules.product == parts.first { return (file, rules) }
    }
    if let symbol = Symbol(text) { return try rules(symbol) }
    throw Failure(
      .usage, "\"\(text)\" is not a product with rules",
      remedy: "Products with rules: \(known).")
  }

  /// The board whose codes the symbol's begins with; the longest beginning says more.
  private func board(
    _ symbol: Symbol, _ files: [MarketFile]
  ) -> (file: MarketFile, rules: ProductRules)? {
    var best: (length: Int, file: MarketFile, rules: ProductRules)?
    for file in files {
      for rules in file.products {
        guard let length = rules.board?.match(symbol.code) else { continue }
        if length > best?.length ?? -1 { best = (length, file, rules) }
      }
    }
    return best.map { ($0.file, $0.rules) }
  }

  public func timetable(_ rules: ProductRules, in file: MarketFile) -> Timetable {
    Timetable(calendar: file.calendar, hours: rules.hours, nightPauses: rules.nightPauses)
  }

  private var known: String {
    files.flatMap { file in file.products.map { "\($0.product).\(file.exchange.rawValue)" } }
      .joined(separator: ", ")
  }
}
