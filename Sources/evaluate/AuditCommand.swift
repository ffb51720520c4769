import Console
import Features
import Market
import Research
import Workbench

extension Command {
  static let audit = Command(
    "audit", "Prove that features or versions know no future",
    about: """
      The columns are made again from histories that are cut short, that go on as garbage, and that \
      begin later; rows before the cut must not move by a bit. Live updates and saved states are \
      held against the history, and the warm-up a recipe computes against the one it needs.

      Columns of your own program are audited with --with: the command reads bars as CSV from \
      standard input and writes CSV to standard output, a header and a line for every bar. Rounding \
      is forgiven. With --columns a file it wrote before stands for its answer on all bars; a file \
      alone can only be held against the outcome, which is no proof.

      Of a version, by alias, number or hash, more is asked: that labels begin after what is seen, \
      that every fold looked back and no outcome learned from was open when its test began, that \
      scalers and forecasts are those of the training rows (the walk is done anew), that no score is \
      too good to be believed, that nothing is found when outcomes are dealt anew in blocks, that the \
      label among the features is noticed, that noise is worth nothing; and it shows what a column \
      told a bar early would look like. Of a panel its comparisons are made again from shorter histories \
      of all instruments.

      A leak ends with exit code 5. What leaks look like, and how to mend them: \
      Documentation/LEAKAGE.md.
      """,
    flags: [
      Flag("symbol", value: "SYMBOL", "The series to audit on.", setting: "data.symbols"),
      Flag("from", value: "DATE", "First trading day used.", setting: "data.from"),
      Flag("until", value: "DATE", "Last trading day used.", setting: "data.until"),
      Flag(
        "bars", value: "N", "The newest bars used; with --columns all are.",
        shownDefault: "20000"),
      Flag("cuts", value: "N", "How often the history is cut.", shownDefault: "12"),
      Flag("seed", value: "N", "Where it is cut, and what garbage follows.", shownDefault: "1"),
      Flag(
        "permutations", value: "N", "How often a version's outcomes are dealt anew.",
        shownDefault: "3"),
      Flag("models", value: "FOLDER", "The model store.", setting: "paths.models"),
      Flag("with", value: "COMMAND", "A shell command that makes columns of bars."),
      Flag("columns", value: "FILE", "Columns made before, a line per bar.", accepts: .file),
    ],
    operands: [
      Operand(
        "RECIPE", "A recipe of config/recipes, a file ending in .yaml, or a version.",
        count: .optional)
    ],
    examples: [
      Example("audit", "The recipe of the settings"),
      Example("audit alpha158 --json", "Another, for a program"),
      Example("audit champion", "The version that is traded by"),
      Example("audit --with 'python3 features.py'", "Columns of your own program"),
    ]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    if let page = try VersionAuditPage(invocation.operand("RECIPE"), invocation, work) {
      page.print(to: invocation.terminal)
      return page.audit.alarms.isEmpty ? .ok : .refused
    }
    let audited = try Audited(invocation, work)
    let page = AuditPage(audited)
    if invocation.terminal.isJSON {
      invocation.terminal.print(page.json)
    } else {
      invocation.terminal.print(page.columnTable)
      if !audited.audit.leaks.isEmpty {
        invocation.terminal.print("\n")
        invocation.terminal.print(page.leakTable)
      }
      invocation.terminal.print("\n\(page.verdict)\n")
    }
    return audited.audit.leaks.isEmpty ? .ok : .refused
  }
}

/// What was audited, on which bars, with what result.
struct Audited {
  let name: String
  let symbol: Symbol
  let audit: Audit
  /// Whether columns could be made again from altered histories.
  let isRemade: Bool

  init(_ invocation: Invocation, _ work: WorkSettings) throws(Failure) {
    let terms = Audit.Terms(
      cuts: try invocation.integer("cuts", in: 1...1_000) ?? 12,
      seed: UInt64(try invocation.integer("seed", in: 0 ... .max) ?? 1), label: work.label)
    let newest = try invocation.integer("bars", in: 2...10_000_000) ?? 20_000
    let (command, file) = (invocation.text("with"), invocation.text("columns"))
    symbol = try work.oneSymbol()
    isRemade = command != nil || file == nil
    guard isRemade && file == nil || invocation.text("bars") == nil else {
      throw invocation.usageFailure("--columns has a line for every bar, so --bars cannot be given")
    }
    guard command != nil || file != nil else {
      let recipe = try RecipeFile.find(
        invocation.operand("RECIPE") ?? work.recipeName, in: work.home)
      let series = try Self.series(work)
      name = recipe.name
      if recipe.comparesInstruments {
        invocation.terminal.say(
          "cs_ words compare instruments at one instant; audited is what stands inside them")
      }
      audit = Audit(
        recipe.unmeasured, bars: Array(series.bars.suffix(newest)), grid: series.grid,
        marks: series.marks,
        terms)
      return
    }
    guard invocation.operand("RECIPE") == nil else {
      throw invocation.usageFailure(
        "RECIPE names formulas, --with and --columns somebody's own columns: audit one at a time")
    }
    let series = try Self.series(work)
    let bars = file == nil ? Array(series.bars.suffix(newest)) : series.bars
    name = command ?? file ?? ""
    audit = try Self.outside(
      command.map { OutsideColumns($0, of: series, work.interval) }, file, bars, terms)
    if !isRemade {
      invocation.terminal.warn(
        "a file alone is held against the outcome only: add --with to have it made again")
    }
  }

  /// Audits a program's columns, a file's, or a program's against a file's.
  private static func outside(
    _ program: OutsideColumns?, _ file: String?, _ bars: [Bar], _ terms: Audit.Terms
  ) throws(Failure) -> Audit {
    var finished = try file.map { path throws(Failure) in try OutsideColumns.read(path, of: bars) }
    guard let program else {
      guard let finished else { preconditionFailure("a program or a file was named") }
      return Audit(finished: finished, bars: bars, terms)
    }
    if finished == nil { finished = try program.make(bars) }
    guard let whole = finished else { preconditionFailure("one of the two was made") }
    return try Audit(bars: bars, terms) { altered throws(Failure) in
      if altered == bars { return whole }
      let made = try program.make(altered)
      guard made.names == whole.names else {
        throw Failure(
          .data,
          "with \(altered.count) bars the columns are \(made.names.joined(separator: ", ")); "
            + "expected \(whole.names.joined(separator: ", ")) as with all",
          remedy: "Write the same columns whatever the bars.")
      }
      return made
    }
  }

  private static func series(_ work: WorkSettings) throws(Failure) -> LoadedSeries {
    let series = try work.load()[0]
    guard series.bars.count > 1 else {
      throw Failure(.data, "\(series.symbol): one bar is no history", remedy: "See: data list")
    }
    return series
  }
}
