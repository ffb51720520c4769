import Console
import Testing

@Suite struct SettingsTests {
  private func flag(_ key: String, _ text: String) -> Override {
    Override(key: key, text: text, origin: .flag(name: "--set"))
  }

  @Test func shippedDefaultsAnswerEveryKind() throws {
    let settings = try Sample.settings()
    #expect(settings.ratio("strategy.threshold") == 0.02)
    #expect(settings.choice("strategy.exit") == "flat")
    #expect(settings.durationNanos("strategy.holding") == 7_200_000_000_000)
    #expect(settings["strategy.patience"].orNil == nil)
    #expect(settings.moneyHundredths("risk.capital") == 100_000_000)
    #expect(settings.ticks("risk.stop") == 3)
    #expect(settings.integer("risk.max_lots") == 5)
    #expect(settings.table("risk.lots_by_product").map(\.name) == ["rb"])
    #expect(settings.table("risk.lots_by_product").map(\.value.integer) == [10])
    #expect(settings.flag("risk.halt_on_gap"))
    #expect(settings.list("data.instruments").map(\.text) == ["rb", "cu"])
    #expect(settings.date("data.from") == CivilDate(year: 2020, month: 1, day: 31))
    #expect(settings.text("data.folder") == "")
    #expect(settings.timeOfDaySeconds("data.night_open") == 75_600)
    #expect(settings.number("training.learning_rate") == 0.05)
    #expect(settings.section("training").section("trees").integer("count") == 200)
    #expect(settings.sections("rules").isEmpty)
  }

  @Test func flagWinsOverVariableOverFileOverShipped() throws {
    let text = "strategy:\n  threshold: 3%\n  exit: hold\n  holding: 3h\n"
    let settings = try Sample.settings(
      text,
      environment: [
        "AUSPEX_STRATEGY__THRESHOLD": "4%", "AUSPEX_STRATEGY__EXIT": "flip", "AUSPEX_HOME": "/x",
        "PATH": "/bin",
      ],
      overrides: [flag("strategy.threshold", "5%"), flag("strategy.threshold", "6%")])
    #expect(settings.ratio("strategy.threshold") == 0.06)
    #expect(settings.origin("strategy.threshold") == .flag(name: "--set"))
    #expect(settings.choice("strategy.exit") == "flip")
    #expect(settings.origin("strategy.exit") == .environment(name: "AUSPEX_STRATEGY__EXIT"))
    #expect(settings.durationNanos("strategy.holding") == 10_800_000_000_000)
    #expect(settings.origin("strategy.holding") == .file(path: "run.yaml", line: 4, column: 12))
    #expect(settings.origin("risk.stop") == .shipped)
  }

  @Test func everySettingHasAVariable() throws {
    for entry in try Sample.settings().entries {
      let name = Settings.variable(for: entry.key)
      let text = entry.value.text(as: entry.kind)
      let settings = try Sample.settings(environment: [name: text == "\"\"" ? "" : text])
      #expect(settings.entry(entry.key).value == entry.value)
      #expect(settings.origin(entry.key) == .environment(name: name))
    }
    #expect(Settings.variable(for: "risk.max_lots") == "AUSPEX_RISK__MAX_LOTS")
  }

  @Test(arguments: ["rb, cu, au", "[rb, cu, au]", "rb,cu,au"])
  func listsComeFromFlags(text: String) throws {
    let settings = try Sample.settings(overrides: [flag("data.instruments", text)])
    #expect(settings.list("data.instruments").map(\.text) == ["rb", "cu", "au"])
  }

  @Test func textsFromOutsideAreTakenAsTheyStand() throws {
    for text in ["", "null", "a: b # c", "'x", "中文"] {
      #expect(
        try Sample.settings(overrides: [flag("data.folder", text)]).text("data.folder") == text)
    }
    let settings = try Sample.settings(overrides: [flag("strategy.patience", "5m")])
    #expect(settings["strategy.patience"].orNil?.durationNanos == 300_000_000_000)
  }

  @Test func datedRulesAreSectionsWithTheirOwnDefaults() throws {
    let text = """
      rules:
        - from: 2020-01-31
          margin: 8%
        - {from: 2021-06-01, margin: 12%, fee: 1bp}
      """
    let rules = try Sample.settings(text).sections("rules")
    #expect(rules.map { $0.date("from").year } == [2020, 2021])
    #expect(rules.map { $0.ratio("margin") } == [0.08, 0.12])
    #expect(rules.map { $0.ratio("fee") } == [0.00005, 0.0001])
    #expect(rules[0].origin("fee") == .shipped)
    #expect(rules[1].origin("fee") == .file(path: "run.yaml", line: 4, column: 42))
  }

  @Test func aSectionWithAllItsLinesCommentedOutIsAsShipped() throws {
    let settings = try Sample.settings("strategy:\n  # threshold: 3%\n")
    #expect(settings.ratio("strategy.threshold") == 0.02)
  }

  @Test func rowsShowValueAndOrigin() throws {
    let rows = try Sample.settings(
      "risk:\n  capital: 2_000_000\n", overrides: [flag("strategy.threshold", "0.0005")]
    ).rows
    #expect(rows.count == 16)
    let shown = [rows[0], rows[1], rows[4]].map { "\($0.key) | \($0.value) | \($0.origin)" }
    let expected = [
      "strategy.threshold | 5bp | --set", "strategy.exit | flat | shipped",
      "risk.capital | 2_000_000 CNY | run.yaml:2:12",
    ]
    #expect(shown == expected)
    #expect(rows[7].value == "{rb: 10}")
  }

  @Test func askingForWhatTheSchemaDoesNotSayTraps() async {
    await #expect(processExitsWith: .failure) { _ = try Sample.settings()["strategy.treshold"] }
    await #expect(processExitsWith: .failure) { _ = try Sample.settings().ratio("risk.max_lots") }
    await #expect(processExitsWith: .failure) { _ = try Sample.settings().section("strategies") }
  }
}
