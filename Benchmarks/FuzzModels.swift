import CAllocations
import Console
import ModelOracle

extension Command {
  static let fuzzModels = Command(
    "fuzz-models", "Hold the reader of models against a slow one",
    about: """
      Each of the files must be refused with an error, or forecast what the slow reader of \
      Tests/ModelOracle does; no piece of memory asked for at once may exceed twice the file (pieces \
      up to 4 KB aside).
      """,
    flags: [
      Flag("files", value: "N", "How many.", shownDefault: "1000000"),
      Flag("seed", value: "N", "The seed of the changes.", shownDefault: "1"),
    ],
    examples: [Example("fuzz-models --files 100000 --seed 7", "A shorter run with other changes")]
  ) { invocation in
    let files = try invocation.integer("files", in: 1...1_000_000_000) ?? 1_000_000
    let seed = UInt64(try invocation.integer("seed", in: 0...Int.max / 2) ?? 1)
    var fuzz: ModelFuzz
    do { fuzz = try ModelFuzz(seed: seed) } catch { throw Failure(.failed, "\(error)") }
    let (_, timing) = Timing.of {
      fuzz.run(files: files) { Int(largest_allocation_of_thread()) }
    }
    for words in fuzz.disagreements { invocation.terminal.warn("seed \(seed): \(words)") }
    invocation.terminal.print(
      result(
        "model-fuzz", timing,
        [
          ("files", .integer(fuzz.files)), ("accepted", .integer(fuzz.accepted)),
          ("largest_share", .number(fuzz.largestShare)), ("seed", .integer(Int(seed))),
          ("disagreements", .integer(fuzz.disagreements.count)),
        ]))
    return fuzz.disagreements.isEmpty && fuzz.largestShare <= 2 ? .ok : .failed
  }
}
