public import Market

/// How a source writes an instrument's name.
public struct SymbolStyle: Hashable, Sendable {
  public enum Form: String, CaseIterable, Sendable {
    /// `rb2105.SHFE`
    case codeFirst = "code.exchange"
    /// `sh.600000`
    case exchangeFirst = "exchange.code"
    /// `600000`: six digits that say their exchange by the first ones.
    case stockCode = "stock_code"
  }

  /// A source's name of an exchange.
  public struct Alias: Hashable, Sendable {
    public let name: String
    public let exchange: Exchange

    public init(_ name: String, _ exchange: Exchange) {
      self.name = name
      self.exchange = exchange
    }
  }

  public var form: Form
  public var aliases: [Alias]
  /// The exchange of names that tell none, such as `AAPL`; without it they are refused.
  public var home: Exchange?

  public init(_ form: Form = .codeFirst, aliases: [Alias] = [], home: Exchange? = nil) {
    self.form = form
    self.aliases = aliases
    self.home = home
  }

  public func symbol(_ text: String) -> Symbol? {
    switch form {
    case .stockCode: return stock(text)
    case .codeFirst:
      let told = text.lastIndex(of: ".").flatMap { dot in
        symbol(code: String(text[..<dot]), exchange: String(text[text.index(after: dot)...]))
      }
      return told ?? home.flatMap { Symbol("\(text).\($0.rawValue)") }
    case .exchangeFirst:
      guard let dot = text.firstIndex(of: ".") else { return nil }
      return symbol(code: String(text[text.index(after: dot)...]), exchange: String(text[..<dot]))
    }
  }

  public func symbol(code: String, exchange: String) -> Symbol? {
    let name = aliases.first { $0.name == exchange }?.exchange.rawValue ?? exchange
    return Symbol("\(code).\(name)")
  }

  /// Shanghai's codes begin with 5, 6 or 9, Shenzhen's with 0 to 3, Beijing's with 4, 8 or 92.
  private func stock(_ code: String) -> Symbol? {
    guard code.utf8.count == 6, code.utf8.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    let exchange: Exchange =
      if code.hasPrefix("92") { .bse } else {
        switch code.prefix(1) {
        case "5", "6", "9": .sse
        case "4", "8": .bse
        case "7": .sse
        default: .szse
        }
      }
    return Symbol(code: code, exchange: exchange)
  }
}
