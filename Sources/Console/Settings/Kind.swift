/// What a setting may hold; ranges are in the unit the value is kept in.
public indirect enum Kind: Hashable, Sendable {
  case text
  case flag
  case integer(ClosedRange<Int> = .min ... .max)
  case number(
    ClosedRange<Double> = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude)
  /// `2%`, `5bp` or `0.02`, kept as 0.02.
  case ratio(ClosedRange<Double> = 0...1)
  /// `250ms 30s 5m 1h 2d`, kept in nanoseconds.
  case duration(ClosedRange<Int64> = 0...Int64.max)
  /// `3 ticks`.
  case ticks(ClosedRange<Int> = 0...Int.max)
  /// `1,000,000` or `1_000_000.50 CNY`, kept in hundredths.
  case money(currency: String, hundredths: ClosedRange<Int64> = 0...Int64.max)
  case date
  /// `21:00` or `21:00:30`.
  case timeOfDay
  case choice([String])
  /// `null` for nothing.
  case optional(Kind)
  case list(Kind)
  /// Values under names that the person chooses.
  case table(Kind)
  /// A group of settings as the item of a list or a table.
  case section([Setting])
}

extension Kind {
  public static var anyNumber: ClosedRange<Double> {
    -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
  }

  /// Whether a value is one scalar in YAML, which a flag or a variable can give as it stands.
  var isScalar: Bool {
    switch self {
    case .list, .table, .section: false
    case .optional(let kind): kind.isScalar
    default: true
    }
  }

  /// Whether a text from outside a file, even an empty one, is the value and not a sign for none.
  func takesLiterally(_ text: String) -> Bool {
    switch self {
    case .text: true
    case .optional(.text): text != "null"
    default: false
    }
  }

  /// What to write, for messages and for the comments of the shipped configuration.
  public var form: String {
    switch self {
    case .text: "text"
    case .flag: "true or false"
    case .integer: "a whole number such as 20"
    case .number: "a number such as 0.5 or 1e-4"
    case .ratio: "a ratio such as 2%, 5bp or 0.02"
    case .duration: "a duration such as 250ms, 30s, 5m, 1h or 2d"
    case .ticks: "ticks, such as \"3 ticks\" or \"1 tick\""
    case .money(let currency, _): "money such as 1,000,000 or \"1_000_000.50 \(currency)\""
    case .date: "a date such as 2020-01-31"
    case .timeOfDay: "a time of day such as 21:00"
    case .choice(let names): names.count == 1 ? names[0] : "one of " + names.joined(separator: ", ")
    case .optional(let kind): kind.form + ", or null for none"
    case .list(.section): "a list of groups of settings"
    case .list(let kind): "a list, each item " + kind.form
    case .table(.section): "names, each with a group of settings"
    case .table(let kind): "names, each with " + kind.form
    case .section: "a group of settings"
    }
  }

  /// The bounds in the unit a person writes, or nil where the kind has none.
  public var limits: String? {
    switch self {
    case .integer(let range): limits(range, .min ... .max) { .integer($0) }
    case .number(let range): limits(range, Self.anyNumber) { .number($0) }
    case .ratio(let range): limits(range, Self.anyNumber) { .ratio($0) }
    case .duration(let range): limits(range, 0 ... .max) { .duration(nanoseconds: $0) }
    case .ticks(let range): limits(range, .min ... .max) { .ticks($0) }
    case .money(_, let range): limits(range, .min ... .max) { .money(hundredths: $0) }
    case .optional(let kind), .list(let kind), .table(let kind): kind.limits
    case .text, .flag, .date, .timeOfDay, .choice, .section: nil
    }
  }

  private func limits<Bound>(
    _ range: ClosedRange<Bound>, _ widest: ClosedRange<Bound>, _ value: (Bound) -> Value
  ) -> String? {
    let lower = value(range.lowerBound).text(as: self)
    let upper = value(range.upperBound).text(as: self)
    switch (range.lowerBound > widest.lowerBound, range.upperBound < widest.upperBound) {
    case (true, true): return "from \(lower) to \(upper)"
    case (true, false): return "at least \(lower)"
    case (false, true): return "at most \(upper)"
    case (false, false): return nil
    }
  }
}
