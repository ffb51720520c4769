public import Archive
public import Console
public import Market

/// A file of `config/mappings`, read into the form of an import.
public struct MappingFile: Sendable {
  public let name: String
  private let settings: Settings

  /// Our own names and the shipped defaults, for imports that name no mapping.
  public static let own: MappingFile = {
    do {
      return MappingFile(name: "own", settings: try Settings.resolve(.mapping))
    } catch { preconditionFailure("the schema's defaults fit it") }
  }()

  /// Finds `config/mappings/NAME.yaml`, or reads the file that is named.
  public static func read(_ name: String, in home: Home) throws(Failure) -> MappingFile {
    let isPath = name.contains("/") || name.hasSuffix(".yaml")
    let path = isPath ? name : home.path("config/mappings/\(name).yaml")
    guard isFile(path) else {
      let known = home.yamlFiles(in: "config/mappings").map {
        String($0.split(separator: "/").last?.dropLast(5) ?? "")
      }
      let meant = suggestion(for: name, among: known).map { " (did you mean \"\($0)\"?)" } ?? ""
      throw Failure(
        .usage, "there is no mapping \"\(name)\"\(meant)",
        remedy: "Mappings in \(home.path("config/mappings")): \(known.joined(separator: ", ")). "
          + "A file of your own is named by its path.")
    }
    do {
      let document = YamlDocument.read(path: path)
      return MappingFile(name: name, settings: try Settings.resolve(.mapping, document: document))
    } catch { throw error.failure }
  }

  /// The form of one file; `symbol` stands for the whole file where a person named it.
  public func form(of path: String, symbol given: Symbol?) throws(Failure) -> CsvForm {
    let symbol: Symbol?
    if let given { symbol = given } else { symbol = try named(by: path) }
    guard let interval = BarInterval(name: settings.choice("interval")),
      let stamp = Stamp(rawValue: settings.choice("stamp")),
      let order = RowOrder(rawValue: settings.choice("order")),
      let adjustment = Adjustment(rawValue: settings.choice("adjustment")),
      let encoding = TextEncoding(rawValue: settings.choice("encoding")),
      let volume = VolumeUnit(rawValue: settings.choice("volume")),
      let turnover = TurnoverUnit(rawValue: settings.choice("turnover"))
    else { preconditionFailure("the schema offers what the archive does not know") }
    let zone = Zone.named.first { $0.name == settings.choice("zone") }?.zone
    var form = CsvForm(
      interval: interval, stamp: stamp, zone: zone, symbol: symbol)
    form.columns = columns
    form.symbols = symbols
    form.order = order
    form.adjustment = adjustment
    form.encoding = encoding
    form.volumeFactor = volume.factor
    form.turnoverFactor = turnover.factor
    form.isEmptyZero = settings.flag("empty_is_zero")
    form.source = settings.text("source")
    return form
  }

  /// The form of a file of ticks or of facts.
  public func sheet(
    of path: String, symbol given: Symbol?, columns table: String
  ) throws(Failure) -> SheetForm {
    let bars = try form(of: path, symbol: given)
    var form = SheetForm()
    form.columns = settings.table(table).map { SheetForm.Column($0.name, $0.value.choice) }
    form.ignored = settings.list("ignored").map(\.text)
    form.ignoresOthers = settings.flag("ignore_others")
    form.symbols = bars.symbols
    form.symbol = bars.symbol
    form.encoding = bars.encoding
    form.source = bars.source
    form.zone = bars.zone
    return form
  }

  private var columns: CsvColumns {
    let named = settings.table("columns").compactMap { row in
      CsvField(name: row.value.choice).map { CsvColumns.Column(row.name, $0) }
    }
    return CsvColumns(
      named.isEmpty ? CsvColumns.own.known : named,
      ignored: settings.list("ignored").map(\.text),
      ignoresOthers: settings.flag("ignore_others"))
  }

  private var symbols: SymbolStyle {
    SymbolStyle(
      SymbolStyle.Form(rawValue: settings.choice("symbol")) ?? .codeFirst,
      aliases: settings.table("exchanges").compactMap { row in
        Exchange(rawValue: row.value.choice).map { SymbolStyle.Alias(row.name, $0) }
      }, home: settings["exchange"].orNil.flatMap { Exchange(rawValue: $0.choice) })
  }

  /// The symbol a file's name tells; `nil` where the mapping does not look there.
  private func named(by path: String) throws(Failure) -> Symbol? {
    guard let pattern = settings["file_name"].orNil?.text else { return nil }
    let file = String(path.split(separator: "/").last ?? "")
    let stem = file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
    let codes = settings.table("codes")
    let parts = NamePattern(pattern).parts(of: stem) { code in
      codes.first { $0.name == code }?.value.text ?? code
    }
    guard let parts, let symbol = symbols.symbol(code: parts.code, exchange: parts.exchange) else {
      throw Failure(
        .data, "\(path): the file's name tells no symbol: expected \(pattern)",
        remedy: "Rename it, or name the series with --symbol.")
    }
    return symbol
  }
}

/// A file name with parts in braces: `{code}`, `{exchange}` and `{any}`; codes are put together.
struct NamePattern {
  private enum Piece {
    case text(Substring)
    case part(Substring)
  }

  private var pieces: [Piece] = []

  init(_ pattern: String) {
    var rest = pattern[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      if open > rest.startIndex { pieces.append(.text(rest[..<open])) }
      pieces.append(.part(rest[rest.index(after: open)..<close]))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { pieces.append(.text(rest)) }
  }

  /// Each part is as short as what follows it allows; `nil` where the name does not fit.
  func parts(
    of name: String, meaning: (String) -> String = { $0 }
  ) -> (code: String, exchange: String)? {
    var rest = name[...]
    var (code, exchange) = ("", "")
    for (index, piece) in pieces.enumerated() {
      switch piece {
      case .text(let text):
        guard rest.hasPrefix(text) else { return nil }
        rest = rest.dropFirst(text.count)
      case .part(let part):
        var end = rest.endIndex
        if index + 1 < pieces.count, case .text(let next) = pieces[index + 1] {
          guard let found = rest.firstRange(of: next)?.lowerBound else { return nil }
          end = found
        }
        if part == "code" { code += meaning(String(rest[..<end])) }
        if part == "exchange" { exchange = String(rest[..<end]) }
        rest = rest[end...]
      }
    }
    return rest.isEmpty && !code.isEmpty ? (code, exchange) : nil
  }
}
