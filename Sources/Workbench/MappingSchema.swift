import Archive
public import Console
public import Market

extension Schema {
  /// A file of `config/mappings`: how a source writes its bars.
  public static let mapping = Schema(
    "How a source of CSV files writes its bars.",
    [
      .value("source", .text, "csv", "A note of where the bars come from."),
      .value(
        "columns", .table(.choice(CsvField.allCases.map(\.name))), "{}",
        "What each column of the header holds; none means our own names."),
      .value(
        "tick_columns", .table(.choice(TickSheet.fields)), "{}",
        "What each column of a file of ticks holds; none means our own names."),
      .value(
        "fact_columns", .table(.choice(FactSheet.fields)), "{}",
        "What each column of a file of facts of days holds; none means our own names."),
      .value("ignored", .list(.text), "[]", "Columns that may be there and are passed over."),
      .value("ignore_others", .flag, "false", "Whether any further column is passed over."),
      .value(
        "symbol", .choice(SymbolStyle.Form.allCases.map(\.rawValue)), "code.exchange",
        "How the column of symbols is written."),
      .value(
        "exchanges", .table(.choice(Exchange.allCases.map(\.rawValue))), "{}",
        "The source's names of exchanges."),
      .value(
        "exchange", .optional(.choice(Exchange.allCases.map(\.rawValue))), "null",
        "Of symbols that name no exchange, such as AAPL; null refuses them."),
      .value(
        "file_name", .optional(.text), "null",
        "Where files name the symbol, such as \"{exchange}.{code}_{any}\"."),
      .value(
        "codes", .table(.text), "{}",
        "What parts of a file's name stand for, such as HOT for a main contract."),
      .value("interval", .choice(BarInterval.allCases.map(\.name)), "1m", "The length of a bar."),
      .value(
        "stamp", .choice(Stamp.allCases.map(\.rawValue)), "end", "Which end a stamp names."),
      .value(
        "zone", .choice(["exchange"] + Zone.named.map(\.name)), "exchange",
        "The clock of the stamps; exchange means the symbol's own."),
      .value(
        "order", .choice(RowOrder.allCases.map(\.rawValue)), "oldest_first",
        "Which end of time a file begins with."),
      .value(
        "volume", .choice(VolumeUnit.allCases.map(\.rawValue)), "units",
        "What volume counts: units (shares or contracts), or lots of 100."),
      .value(
        "turnover", .choice(TurnoverUnit.allCases.map(\.rawValue)), "one",
        "What turnover counts: one, thousands or ten thousands of the currency."),
      .value("empty_is_zero", .flag, "false", "Whether an empty volume or turnover is none."),
      .value(
        "adjustment", .choice(Adjustment.allCases.map(\.rawValue)), "none",
        "How prices were moved for dividends and rolls."),
      .value(
        "encoding", .choice(TextEncoding.allCases.map(\.rawValue)), "auto",
        "How letters are written; auto tells by the header."),
    ])
}

/// What a source's volume counts.
enum VolumeUnit: String, CaseIterable {
  case units
  case lotsOf100 = "lots_of_100"

  var factor: Int64 { self == .units ? 1 : 100 }
}

/// What a source's turnover counts.
enum TurnoverUnit: String, CaseIterable {
  case one
  case thousands
  case tenThousands = "ten_thousands"

  var factor: Double {
    switch self {
    case .one: 1
    case .thousands: 1_000
    case .tenThousands: 10_000
    }
  }
}

extension Zone {
  /// The clocks a person may name.
  public static let named: [(name: String, zone: Zone)] = [
    ("UTC", .utc), ("Asia/Shanghai", .shanghai), ("Asia/Hong_Kong", .hongKong),
    ("America/New_York", .newYork),
  ]
}
