import Console
import Testing
@Suite struct ProbeTests {
  @Test func probe() throws {
    let files = [
      "strategy:\n  treshold: 2%\n  threshold: 2%\nriks:\n  stop: 3 ticks\n",
      "strategy:\n\tthreshold: 2%\n",
      "strategy:\n  threshold: 2x\n  holding: 1h30m\n  exit: flap\nrisk:\n  capital: 1,00\n  stop: 3\n  max_lots: 0x10\n",
      "strategy: &base\n  threshold: *t\n  exit: !!str flat\n  <<: *base\n",
      "strategy:\n  threshold: 2%\nstrategy:\n  exit: flat\n",
      "strategy:\n  threshold: 20%\nrisk:\n  max_lots: 51\n  stop: 0 ticks\n  capital: -5\n",
      "strategy:\n  threshold:\n  exit: null\nrisk:\ndata: rb\n",
      "data:\n  instruments: [rb, cu\n  from: 2020-01-31\n",
      "data:\n  folder: 'C:/x\n  from: 2020-02-30\n",
      "data:\n  folder: a: b\n",
      "strategy:\n  threshold: 2%\n   exit: flat\n",
      "strategy\nrisk:\n  max_lots: 5\n",
      "risk:\n  max_lots: 5\n  stop\n  capital: 4\n",
      "rules:\n  - from: 2020-01-31\n    margin: 8%\n  - form: 2021-01-01\n    margin: 120%\n  - 5\n",
      "a: 1\n---\nb: 2\n", "a: |\n  text\n", "? a\n: b\n", "risk: {max_lots}\n", "data: {instruments: [a: b]}\n",
      "threshold: 2%\n", "strategy:\n  threshold：2%\n", "strategy:\n  threshold: 2%#c\n  exit: 'flat'#c\n",
      "%YAML 1.2\n---\na: 1\n", "- a\n- b\n", "data:\n  folder: a\n    b\n", "data:\n  folder: \"C:\\q\"\n", "data:\n  folder: @x\n", "data:\n  instruments: - rb\n", "risk:\n  max_lots: 1\n  - a\n",
      "data:\n  instruments:\n    - rb\n    cu\n  x: 1\n", "data:\n  instruments:\n    - rb\n    cu: 1\n", "data:\n  folder: %x\n", "data:\n  folder: \"a\n", "...\n", "a: 1\n...\n",
      "data:\n  folder: ?x\n", "data:\n  folder: \"a\\0b\"\n", "strategy:\n  exit: flat\n  threshold 2%\n  holding: 2h\n",
      "risk:\n  lots_by_product: {rb: 100, cu: x}\n", "data:\n  folder: }\n", "data: [a, b}\n",
    ]
    for file in files { print("=== \(file.debugDescription)"); for m in Sample.messages(file) { print("   ", m) } }
    print(Sample.messages([0xB2] == [] ? "" : ""))
    print(Sample.schema.problems(in: YamlDocument([97, 58, 32, 0xD6, 0xD0, 10], path: "run.yaml")).map(\.message))
    print(Sample.schema.problems(inFiles: ["/nonexistent/x.yaml", "/tmp"]).map(\.message))
    print(Sample.schema.yaml); print(Sample.schema.json)
    for r in try Sample.settings().rows { print(r.key, "|", r.value, "|", r.origin) }
    print(Sample.messages(environment: ["AUSPEX_STRATEGY__TRESHOLD": "1", "AUSPEX_HOME": "x", "AUSPEX_RISK__STOP": "", "AUSPEX_RISK": "1"], overrides: [Override(key: "risk", text: "1", origin: .flag(name: "set")), Override(key: "risk.max_lot", text: "1", origin: .flag(name: "--set")), Override(key: "data.instruments", text: "a, b: c", origin: .flag(name: "--x"))]))
  }
}
