import Console
import Testing

/// Broken files and the exact words for them: place, what was found, what to write.
@Suite struct SettingsProblemTests {
  @Test(arguments: [
    (
      "strategy:\n  treshold: 2%\nriks:\n  stop: 3 ticks\n",
      """
      run.yaml:2:3: unknown key "treshold" (did you mean "threshold"?)
      run.yaml:3:1: unknown key "riks" (did you mean "risk"?)
      """
    ),
    (
      "threshold: 2%\n",
      """
      run.yaml:1:1: unknown key "threshold" (did you mean "strategy.threshold"?)
      """
    ),
    (
      "strategy:\n\tthreshold: 2%\n",
      """
      run.yaml:2:1: a tab; indent with spaces, or write \\t in double quotes
      """
    ),
    (
      """
      strategy:
        threshold: 2x
        holding: 1h30m
        exit: flap
      risk:
        capital: 1,00
        stop: 3
        max_lots: 0x10
        halt_on_gap: yes
      training:
        learning_rate: nan
      """,
      """
      run.yaml:2:14: strategy.threshold: "2x" does not fit; write a ratio such as 2%, 5bp or 0.02
      run.yaml:3:12: strategy.holding: "1h30m" does not fit; write a duration such as 250ms, \
      30s, 5m, 1h or 2d
      run.yaml:4:9: strategy.exit: "flap" does not fit; write one of flip, flat, hold (did you \
      mean "flip"?)
      run.yaml:6:12: risk.capital: "1,00" does not fit; write money such as 1,000,000 or \
      "1_000_000.50 CNY"
      run.yaml:7:9: risk.stop: "3" does not fit; write ticks, such as "3 ticks" or "1 tick"
      run.yaml:8:13: risk.max_lots: "0x10" does not fit; write a whole number such as 20
      run.yaml:9:16: risk.halt_on_gap: "yes" does not fit; write true or false
      run.yaml:11:18: training.learning_rate: "nan" does not fit; write a number such as 0.5 or 1e-4
      """
    ),
    (
      "strategy:\n  threshold: 20%\nrisk:\n  max_lots: 51\n  stop: 0 ticks\n  capital: -5\n",
      """
      run.yaml:2:14: strategy.threshold: 20% is out of range; write a value from 0% to 10%
      run.yaml:4:13: risk.max_lots: 51 is out of range; write a value from 1 to 50
      run.yaml:5:9: risk.stop: 0 ticks is out of range; write a value from 1 tick to 100 ticks
      run.yaml:6:12: risk.capital: -5 is out of range; write a value at least 0 CNY
      """
    ),
    (
      "strategy: &base\n  threshold: *t\n  exit: !!str flat\n  <<: *base\n",
      """
      run.yaml:1:11: anchors are not read; remove &base
      run.yaml:2:14: aliases are not read; write the value in place of *t
      run.yaml:3:9: tags are not read; remove tag:yaml.org,2002:str
      run.yaml:4:3: merge keys are not read; write the settings out
      run.yaml:4:7: aliases are not read; write the value in place of *base
      """
    ),
    (
      "strategy:\n  threshold: 2%\nstrategy:\n  exit: flat\n",
      """
      run.yaml:3:1: "strategy" is here for the second time, first in line 1; keep one
      """
    ),
    (
      "strategy:\n  threshold:\n  exit: null\nrisk:\ndata: rb\n",
      """
      run.yaml:2:13: strategy.threshold has no value; write a ratio such as 2%, 5bp or 0.02
      run.yaml:3:9: strategy.exit has no value; write one of flip, flat, hold
      run.yaml:5:7: data holds text; write a group of settings
      """
    ),
    (
      "data:\n  instruments: [rb, cu\n  from: 2020-01-31\n",
      """
      run.yaml:2:16: this [ is not closed, or a comma is missing in it
      """
    ),
    (
      "data:\n  folder: 'C:/x\n  from: 2020-02-30\n",
      """
      run.yaml:2:11: this quotation mark is never closed
      """
    ),
    (
      "strategy:\n  treshold: 2%\n   exit: flat\n",
      """
      run.yaml:2:3: unknown key "treshold" (did you mean "threshold"?)
      run.yaml:2:13: this text runs on into the next line; write it on one line, or check the \
      indentation
      """
    ),
    (
      "risk:\n  max_lots: 500\n  stop 3 ticks\n  capital: 4\n",
      """
      run.yaml:2:13: risk.max_lots: 500 is out of range; write a value from 1 to 50
      run.yaml:3:3: expected "key: value"; this line has no ": "
      """
    ),
    (
      "risk:\n  max_lots: 5\n  stop：3 ticks\n",
      """
      run.yaml:3:3: expected "key: value"; this line has no ": "; the wide ： is not a colon
      """
    ),
    (
      """
      rules:
        - from: 2020-01-31
          margin: 8%
        - form: 2021-01-01
          margin: 120%
        - 5
      """,
      """
      run.yaml:4:5: unknown key "form" (did you mean "from"?)
      run.yaml:4:5: rules[1].from is missing; write a date such as 2020-01-31
      run.yaml:5:13: rules[1].margin: 120% is out of range; write a value from 0% to 100%
      run.yaml:6:5: rules[2] holds text; write a group of settings
      """
    ),
    (
      "risk:\n  lots_by_product: {rb: 100, cu: x, hc}\n",
      """
      run.yaml:2:25: risk.lots_by_product.rb: 100 is out of range; write a value from 1 to 50
      run.yaml:2:34: risk.lots_by_product.cu: "x" does not fit; write a whole number such as 20
      run.yaml:2:37: this key has no value; write "key: value"
      """
    ),
    (
      "data:\n  folder: *.csv\n",
      """
      run.yaml:2:11: & and * have a meaning that is not read here; put the text in quotes
      """
    ),
    (
      "data:\n  folder: \"C:\\data\"\n",
      """
      run.yaml:2:14: unknown escape in double quotes; write a backslash as \\\\
      """
    ),
    (
      "data:\n  folder: 5% of: it\n  from: 2020-02-30\n",
      """
      run.yaml:2:16: ":" cannot stand here; quote a text that holds one, or check the indentation
      """
    ),
  ])
  func brokenFilesAreExplained(file: String, messages: String) {
    #expect(Sample.messages(file).joined(separator: "\n") == messages)
  }

  @Test func variablesAndFlagsAreNamed() {
    let overrides = [
      Override(key: "risk", text: "1", origin: .flag(name: "--set")),
      Override(key: "risk.max_lot", text: "1", origin: .flag(name: "--set")),
      Override(key: "risk.max_lots", text: "99", origin: .flag(name: "max-lots")),
      Override(key: "data.instruments", text: "[rb", origin: .flag(name: "--instruments")),
    ]
    let environment = [
      "AUSPEX_STRATEGY__TRESHOLD": "1", "AUSPEX_RISK__STOP": "", "AUSPEX_COLOUR": "no",
      "AUSPEX_HOME": "/x", "AUSPEX_STRATEGY__EXIT": "flatt",
    ]
    let expected = """
      AUSPEX_COLOUR: no setting has this variable
      AUSPEX_STRATEGY__TRESHOLD: no setting has this variable (did you mean \
      "AUSPEX_STRATEGY__THRESHOLD"?)
      AUSPEX_RISK__STOP: risk.stop has no value; write ticks, such as "3 ticks" or "1 tick"
      AUSPEX_STRATEGY__EXIT: strategy.exit: "flatt" does not fit; write one of flip, flat, hold \
      (did you mean "flat"?)
      --set: risk is a group of settings; set one of its values
      --set: unknown key "risk.max_lot" (did you mean "risk.max_lots"?)
      --max-lots: risk.max_lots: 99 is out of range; write a value from 1 to 50
      --instruments: data.instruments: "[rb" does not fit; write a list, each item text
      """
    let messages = Sample.messages(environment: environment, overrides: overrides)
    #expect(messages.joined(separator: "\n") == expected)
  }

  @Test func filesThatCannotBeReadAreNamedWithoutALine() {
    let problems = Sample.schema.problems(inFiles: ["no/such.yaml", "/"])
    let expected = [
      "no/such.yaml: cannot be read: no such file or directory",
      "/: cannot be read: is a directory",
    ]
    #expect(problems.map(\.message) == expected)
  }

  @Test func gbkIsNamed() {
    let document = YamlDocument([0x61, 0x3A, 0x20, 0xD6, 0xD0, 0x0A], path: "run.yaml")
    let expected = "run.yaml:1:4: not UTF-8; save the file as UTF-8 (GBK and UTF-16 are not read)"
    #expect(Sample.schema.problems(in: document).map(\.message) == [expected])
  }

  @Test func aHundredProblemsAreEnough() {
    let keys = (0..<5_000).map { "unknown\($0): 1\n" }.joined()
    #expect(Sample.messages(keys).count == 100)
    let items = (0..<5_000).map { "  - \($0)\n" }.joined()
    #expect(Sample.messages("rules:\n" + items).count == 100)
  }

  @Test func longTextsAreShortened() {
    let message = Sample.messages(String(repeating: "k", count: 900) + ": 1\n")[0]
    #expect(message == "run.yaml:1:1: unknown key \"" + String(repeating: "k", count: 57) + "...\"")
  }

  @Test func anErrorEndsTheProgramWithUsage() {
    #expect(throws: SettingsError.self) { try Sample.settings("a: 1\n") }
    do {
      _ = try Settings.resolve(Sample.schema, document: Sample.document("a: 1\n"))
    } catch {
      #expect(error.failure == Failure(.usage, ["run.yaml:1:1: unknown key \"a\""]))
    }
  }
}
