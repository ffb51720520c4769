import Bytes
import Market

/// The columns a file of facts may have, each but the symbol and the day optional.
public enum FactSheet {
  enum Field: Int, CaseIterable {
    case symbol, exchange, day
    case previousClose, previousSettle, settle, lowest, highest, margin
    case openRate, openPerLot, closeRate, closePerLot, closeTodayRate, closeTodayPerLot
    case leastFee, saleTax
    case special, listing, dayNumber, adjustment, indexes, industry

    /// As in a header: `previousClose` is `previous_close`.
    var name: String {
      "\(self)".reduce(into: "") { name, letter in
        name += letter.isUppercase ? "_" + letter.lowercased() : String(letter)
      }
    }
  }

  public static let fields = Field.allCases.map(\.name)
}

extension BarStore {
  /// Imports a CSV file of facts of instruments' days in one transaction.
  public func importFacts(
    _ path: String, _ form: SheetForm
  ) throws(ArchiveError) -> ImportReport {
    try database.transaction { () throws(ArchiveError) in
      var sheet = try SheetReader(
        path, form, fields: FactSheet.fields, required: ["symbol", "day"])
      var writer = FactWriter(source: form.source, form.vintage)
      while try sheet.next() {
        let fact: DayFact
        do throws(SheetFault) { fact = try sheet.fact() } catch {
          sheet.refuse(error)
          continue
        }
        try writer.write(fact, in: database)
      }
      var report = try sheet.finish()
      report.written = writer.count
      return report
    }
  }
}

extension SheetReader {
  fileprivate mutating func fact() throws(SheetFault) -> DayFact {
    let symbol = try symbol(code: 0, exchange: 1)
    guard let day = bytes(2).withUnsafeBufferPointer({ CsvClock.date($0) }) else {
      throw SheetFault(field: 2, expected: "a date like 2021-01-04")
    }
    var known = KnownDay()
    known.previousClose = try exact(.previousClose)
    known.previousSettle = try exact(.previousSettle)
    known.settle = try exact(.settle)
    known.lowest = try exact(.lowest)
    known.highest = try exact(.highest)
    known.margin = try share(.margin)
    known.fees = try fees()
    known.isSpecial = try yesOrNo(.special)
    known.listing = try listing()
    known.dayNumber = try count(.dayNumber)
    known.adjustment = try factor()
    known.indexes = names(.indexes)
    known.industry = names(.industry)?.first
    guard known != .nothing else {
      throw SheetFault(field: nil, expected: "something beside the symbol and the day")
    }
    guard known.isSound else {
      throw SheetFault(
        field: FactSheet.Field.lowest.rawValue, expected: "a lowest price not above the highest")
    }
    return DayFact(symbol, day, known)
  }

  private borrowing func exact(_ field: FactSheet.Field) throws(SheetFault) -> Price? {
    try price(field.rawValue).map { Price(units: $0.units(Int(Grid.most))) }
  }

  /// A share such as `0.1` or `10%`.
  private borrowing func share(_ field: FactSheet.Field) throws(SheetFault) -> Rate? {
    let bytes = bytes(field.rawValue)
    if bytes.isEmpty { return nil }
    let isPercent = bytes.last == UInt8(ascii: "%")
    let digits = isPercent ? bytes.dropLast() : bytes
    let decimals = isPercent ? 6 : 8
    guard let number = digits.withUnsafeBufferPointer({ CsvNumber($0) }),
      number.decimals <= decimals, number.digits <= 1_000 * powersOfTen[number.decimals]
    else {
      throw SheetFault(field: field.rawValue, expected: "a share like 0.1 or 10%")
    }
    return Rate(hundredMillionths: number.units(decimals))
  }

  private borrowing func money(_ field: FactSheet.Field) throws(SheetFault) -> Money {
    guard let number = try number(field.rawValue) else { return .zero }
    guard number.decimals <= 2, number.digits < 1 << 53 else {
      throw SheetFault(field: field.rawValue, expected: "money with at most two decimals")
    }
    return Money(minor: number.units(2))
  }

  /// All fees of the day; `nil` where the row says nothing of opening. What is not said of closing
  /// is as of opening, of closing today as of closing.
  private borrowing func fees() throws(SheetFault) -> Fees? {
    guard let open = try fee(.openRate, .openPerLot) else { return nil }
    let close = try fee(.closeRate, .closePerLot) ?? open
    return Fees(
      open: open, close: close,
      closeToday: try fee(.closeTodayRate, .closeTodayPerLot) ?? close,
      minimum: try money(.leastFee), saleTax: try share(.saleTax) ?? .zero)
  }

  private borrowing func fee(
    _ rate: FactSheet.Field, _ perLot: FactSheet.Field
  ) throws(SheetFault) -> Fee? {
    if bytes(rate.rawValue).isEmpty, bytes(perLot.rawValue).isEmpty { return nil }
    return Fee(rate: try share(rate) ?? .zero, perLot: try money(perLot))
  }

  private borrowing func yesOrNo(_ field: FactSheet.Field) throws(SheetFault) -> Bool? {
    switch text(field.rawValue).lowercased() {
    case "": nil
    case "1", "true", "yes", "y", "是": true
    case "0", "false", "no", "n", "否": false
    default: throw SheetFault(field: field.rawValue, expected: "yes or no, true or false, 1 or 0")
    }
  }

  private borrowing func listing() throws(SheetFault) -> KnownDay.Listing? {
    let field = FactSheet.Field.listing.rawValue
    let states: [(String, KnownDay.Listing)] = [
      ("not_yet", .notYet), ("listed", .listed), ("suspended", .suspended),
      ("delisting", .delisting), ("delisted", .delisted),
    ]
    let text = text(field)
    if text.isEmpty { return nil }
    guard let state = states.first(where: { $0.0 == text })?.1 else {
      throw SheetFault(
        field: field, expected: "one of \(states.map(\.0).joined(separator: ", "))")
    }
    return state
  }

  private borrowing func count(_ field: FactSheet.Field) throws(SheetFault) -> Int? {
    let value = try whole(field.rawValue)
    return value > 0 ? Int(value) : nil
  }

  private borrowing func factor() throws(SheetFault) -> Double? {
    let field = FactSheet.Field.adjustment.rawValue
    if bytes(field).isEmpty { return nil }
    guard let value = try? DoubleText.parse(text(field)), value > 0, value.isFinite else {
      throw SheetFault(field: field, expected: "a factor above zero")
    }
    return value
  }

  /// Names with `;` or `|` between them.
  private borrowing func names(_ field: FactSheet.Field) -> [String]? {
    let text = text(field.rawValue)
    if text.isEmpty { return nil }
    return text.split { $0 == ";" || $0 == "|" }.map(String.init)
  }
}
