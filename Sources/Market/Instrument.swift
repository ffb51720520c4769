/// The markets this system knows by name.
public enum Exchange: String, CaseIterable, Sendable {
  case shfe = "SHFE"
  case ine = "INE"
  case cffex = "CFFEX"
  case dce = "DCE"
  case czce = "CZCE"
  case gfex = "GFEX"
  case sse = "SSE"
  case szse = "SZSE"
  case bse = "BSE"
  case hkex = "HKEX"
  case us = "US"
  /// Generated data and series without an exchange.
  case local = "LOCAL"

  public var zone: Zone {
    switch self {
    case .hkex: .hongKong
    case .us: .newYork
    case .local: .utc
    default: .shanghai
    }
  }

  public var currency: Currency {
    switch self {
    case .hkex: .hkd
    case .us: .usd
    default: .cny
    }
  }

  /// Whether what is traded here are shares, of which one is one.
  public var tradesShares: Bool {
    switch self {
    case .sse, .szse, .bse, .hkex, .us: true
    default: false
    }
  }

  /// Whether orders here say which lots they open or close.
  public var hasOffsets: Bool {
    switch self {
    case .shfe, .ine, .cffex, .dce, .czce, .gfex: true
    default: false
    }
  }
}

/// An instrument's name as people write it: `rb2105.SHFE`.
public struct Symbol: Hashable, Sendable, CustomStringConvertible {
  public let code: String
  public let exchange: Exchange

  public static let longestCode = 32

  public init(code: String, exchange: Exchange) {
    self.code = code
    self.exchange = exchange
  }

  /// Reads `CODE.EXCHANGE`, parted by the last dot; the code is letters, digits, `-`, `_` and single
  /// dots within, as in `BF.B.US`.
  public init?(_ text: some StringProtocol) {
    guard let dot = text.lastIndex(of: ".") else { return nil }
    let code = text[..<dot]
    guard let exchange = Exchange(rawValue: String(text[text.index(after: dot)...])),
      (1...Symbol.longestCode).contains(code.utf8.count),
      code.split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ part in
        !part.isEmpty && part.utf8.allSatisfy(Symbol.isLegal)
      })
    else { return nil }
    self.init(code: String(code), exchange: exchange)
  }

  public var description: String { "\(code).\(exchange.rawValue)" }

  /// The product's letters: `rb` of `rb2105`; a stock is its own product.
  public var product: String {
    guard exchange.hasOffsets else { return code }
    return String(code.prefix { $0.isLetter })
  }

  /// Whether it names a product and no delivery of it, as `rb.SHFE` does: the series of its main contracts.
  public var isProduct: Bool { exchange.hasOffsets && code.allSatisfy(\.isLetter) }

  private static func isLegal(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, 45, 95: true
    default: false
    }
  }
}

/// A dense index of an instrument within one run; state is kept in arrays under it.
public struct InstrumentIndex: Hashable, Comparable, Sendable {
  public let position: Int32

  public init(_ position: Int) {
    precondition(position >= 0, "an index is not negative")
    self.position = Int32(position)
  }

  public var value: Int { Int(position) }

  public static func < (left: InstrumentIndex, right: InstrumentIndex) -> Bool {
    left.position < right.position
  }
}

/// What a position in the instrument ties up.
public enum Funding: UInt8, Sendable {
  /// A share of the contract's value, as for futures.
  case margin
  /// The whole price, as for stocks.
  case cash
}

/// One tradable thing: what never changes about it. What changes with the date is an `InstrumentDay`.
public struct Instrument: Hashable, Sendable {
  public let symbol: Symbol
  public let grid: Grid
  public let funding: Funding

  public init(symbol: Symbol, grid: Grid, funding: Funding) {
    self.symbol = symbol
    self.grid = grid
    self.funding = funding
  }

  public var currency: Currency { symbol.exchange.currency }
}
