import Console
import YamlOracle

extension Command {
  static let yaml = Command(
    "yaml", "Read settings: mutated against a slow reader, or for speed",
    about: """
      With --mutations, documents are mutated and every accepted one must mean the same to a slow \
      reader written without libyaml; a disagreement ends with exit code 1. With --file, the file \
      is read again and again.
      """,
    flags: [
      Flag("mutations", value: "N", "Documents to try.", shownDefault: "1000000"),
      Flag("seed", value: "N", "The seed of the mutations.", shownDefault: "1"),
      Flag("file", value: "FILE", "Measure reading this file instead.", accepts: .file),
      Flag("rounds", value: "N", "How often the file is read.", shownDefault: "200"),
    ],
    examples: [Example("yaml --mutations 100000 --seed 2", "A shorter run with other documents")]
  ) { invocation in
    if let file = invocation.text("file") {
      return try reading(file, invocation.integer("rounds", in: 1...1_000_000) ?? 200, invocation)
    }
    let mutations = try invocation.integer("mutations", in: 1...1_000_000_000) ?? 1_000_000
    let seed = UInt64(try invocation.integer("seed", in: 0...Int.max) ?? 1)
    let (fuzz, timing) = Timing.of { YamlFuzz.run(mutations: mutations, seed: seed) }
    for found in fuzz.disagreements {
      let text = String(decoding: found.bytes, as: UTF8.self).debugDescription
      invocation.terminal.warn("document \(found.number): \(text.prefix(400))")
      invocation.terminal.warn("  strict reader: \(found.fast.prefix(400))")
      invocation.terminal.warn("  slow reader:   \(found.slow.prefix(400))")
    }
    invocation.terminal.print(
      result(
        "yaml-fuzz", timing,
        [
          ("documents", .integer(fuzz.documents)), ("seed", .integer(Int(seed))),
          ("accepted", .integer(fuzz.accepted)),
          ("disagreements", .integer(fuzz.disagreements.count)),
        ]))
    return fuzz.disagreements.isEmpty ? .ok : .failed
  }

  private static func reading(
    _ file: String, _ rounds: Int, _ invocation: Invocation
  ) throws(Failure) -> ExitCode {
    let document = YamlDocument.read(path: file)
    guard document.faults.isEmpty else {
      throw Failure(.usage, "\(file): does not read; see config check")
    }
    let texts = document.root.texts
    let bytes = texts.reduce(0) { $0 + $1.utf8.count }
    let (faults, timing) = Timing.of {
      (0..<rounds).reduce(0) { sum, _ in sum + YamlDocument.read(path: file).faults.count }
    }
    guard faults == 0 else { throw Failure(.failed, "\(file): changed while it was read") }
    invocation.terminal.print(
      result(
        "yaml", timing,
        [
          ("rounds", .integer(rounds)),
          ("check", .text("\(texts.count) texts of \(bytes) bytes")),
          ("reads_per_cpu_s", .number(Double(rounds) / timing.cpu)),
        ]))
    return .ok
  }
}

extension YamlNode {
  /// Every key and every value, so that two readers can be compared.
  fileprivate var texts: [String] {
    switch content {
    case .scalar(let text, _): [text]
    case .sequence(let items): items.flatMap(\.texts)
    case .mapping(let pairs): pairs.flatMap { [$0.key] + $0.value.texts }
    case .refused: []
    }
  }
}
