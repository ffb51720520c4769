public import Console
public import Market
public import Trading
public import VenuePaper

/// The settings of one invocation, resolved and checked; what the modules want is derived from it.
public struct WorkSettings: Sendable {
  public let home: Home
  public let settings: Settings
  public let symbols: [Symbol]

  /// Reads `--config`, else `$AUSPEX_CONFIG`, else `config/auspex.yaml`; flags and the environment win over it.
  public static func load(_ invocation: Invocation) throws(Failure) -> WorkSettings {
    let home = try Home.find()
    let path = invocation.configFile ?? variable("AUSPEX_CONFIG") ?? home.path("config/auspex.yaml")
    let document = YamlDocument.read(path: path)
    do {
      let settings = try Settings.resolve(
        .work, document: document, environment: environment(), overrides: invocation.overrides)
      return try WorkSettings(home: home, settings: settings)
    } catch let error as SettingsError {
      throw error.failure
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.usage, "\(error)")
    }
  }

  /// The shipped settings with some of them changed, whatever file or environment there is.
  public static func shipped(
    _ home: Home, changing overrides: [Override] = []
  ) throws(Failure) -> WorkSettings {
    let settings: Settings
    do throws(SettingsError) {
      settings = try Settings.resolve(.work, overrides: overrides)
    } catch { throw error.failure }
    return try WorkSettings(home: home, settings: settings)
  }

  init(home: Home, settings: Settings) throws(Failure) {
    self.home = home
    self.settings = settings
    var symbols: [Symbol] = []
    for text in settings.list("data.symbols").map(\.text) {
      guard let symbol = Symbol(text) else { throw Self.badSymbol(text) }
      symbols.append(symbol)
    }
    guard !symbols.isEmpty else {
      throw Failure(.usage, "data.symbols is empty; name at least one series")
    }
    guard Set(symbols).count == symbols.count else {
      throw Failure(.usage, "data.symbols names a series twice")
    }
    self.symbols = symbols
    if let text = settings["data.as_of"].orNil?.text, MomentText.parse(text) == nil {
      throw Failure(.usage, "data.as_of is \"\(text)\": expected \(MomentText.form)")
    }
    if settings.choice("strategy.kind") == "average_cross",
      settings.integer("strategy.fast") >= settings.integer("strategy.slow")
    {
      throw Failure(
        .usage,
        "strategy.fast is \(settings.integer("strategy.fast")); it must be below strategy.slow")
    }
    if settings.ratio("strategy.exit") > settings.ratio("strategy.enter") {
      throw Failure(.usage, "strategy.exit is above strategy.enter; a position would close at once")
    }
  }

  /// The symbol, or a failure that says how one is written.
  public static func symbol(_ text: String) throws(Failure) -> Symbol {
    guard let symbol = Symbol(text) else { throw badSymbol(text) }
    return symbol
  }

  private static func badSymbol(_ text: String) -> Failure {
    let known = Exchange.allCases.map(\.rawValue).joined(separator: ", ")
    return Failure(
      .usage, "\"\(text)\" is not a series: expected CODE.EXCHANGE such as rb2105.SHFE",
      remedy: "Exchanges: \(known).")
  }
}

// MARK: - What the modules want

extension WorkSettings {
  public var archivePath: String { settings.text("paths.archive") }
  public var modelsFolder: String { settings.text("paths.models") }
  public var runsFolder: String { settings.text("paths.runs") }

  public var interval: BarInterval {
    guard let interval = BarInterval(name: settings.choice("data.interval")) else {
      preconditionFailure("the schema offers an interval that Market does not know")
    }
    return interval
  }

  /// The days used; open ends are the ends of what there is.
  public var days: ClosedRange<TradingDay> {
    let from = settings["data.from"].orNil.map { TradingDay($0.date) }
    let until = settings["data.until"].orNil.map { TradingDay($0.date) }
    let lower = from ?? TradingDay(days: -400_000)
    return lower...max(lower, until ?? TradingDay(days: 2_000_000))
  }

  /// All settings as versions and journals keep them: a line each, without where they came from, and without the
  /// paths, since where things lie changes nothing in what they are.
  public var settingsText: String {
    settings.rows.filter { !$0.key.hasPrefix("paths.") && !$0.key.hasPrefix("search.") }
      .map { "\($0.key): \($0.value)\n" }.joined()
  }

  public var recipeName: String { settings.text("features.recipe") }

  public var cash: Money { Money(minor: settings.moneyHundredths("account.cash")) }

  public var limits: RiskLimits {
    let rate = { (key: String) in Rate(nearest: settings.ratio("risk.\(key)")) }
    return RiskLimits(
      priceBand: rate("price_band"), orderLots: Int64(settings.integer("risk.order_lots")),
      orderShare: rate("order_share"), dailyLoss: rate("daily_loss"),
      instrumentShare: rate("instrument_share"), totalShare: rate("total_share"))
  }

  public var manners: Desk.Manners {
    Desk.Manners(
      aggressionTicks: Int64(settings.ticks("execution.aggression")),
      patienceBars: settings.integer("execution.patience"),
      tradesAfterHours: settings.flag("execution.after_hours"))
  }

  public var paperManners: PaperExchange.Manners {
    PaperExchange.Manners(
      slippageTicks: Int64(settings.ticks("paper.slippage")),
      participation: Rate(nearest: settings.ratio("paper.participation")),
      afterHoursShare: Rate(nearest: settings.ratio("paper.after_hours")))
  }

  public func strategy(instruments: Int) -> Strategy {
    let lots = Int64(settings.integer("strategy.lots"))
    if settings.choice("strategy.kind") == "average_cross" {
      return .averageCross(
        AverageCross(
          fast: settings.integer("strategy.fast"), slow: settings.integer("strategy.slow"),
          lots: lots, instruments: instruments))
    }
    let trail = settings["strategy.trail"].orNil.map { Rate(nearest: $0.ratio) }
    let gate = ForecastGate.Parameters(
      enter: settings.ratio("strategy.enter"), exit: settings.ratio("strategy.exit"), lots: lots,
      trail: trail)
    return .forecastGate(ForecastGate(gate, instruments: instruments))
  }

  /// A desk with nothing on it.
  public func desk(instruments: Int) -> Desk {
    Desk(
      instruments: instruments, cash: cash, strategy: strategy(instruments: instruments),
      limits: limits, manners: manners)
  }
}

extension TradingDay {
  init(_ date: CivilDate) {
    self.init(year: date.year, month: date.month, day: date.day)
  }
}
