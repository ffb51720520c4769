/// Reads the plain text in which scripts/export_sklearn.py writes forests.
///
/// `auspex trees 1`, `names …`, `trees N`, then per tree `tree NODES` and a line for each part of a node:
/// `feature` (−1 in a leaf), `threshold` (the value in a leaf), `left`, `right` (node numbers), `missing_left`
/// (0 or 1), `weight` of the training rows that came by, and `gain`. The forecast is the mean of the trees.
struct PlainTreesReader {
  private var lines: LineReader
  private static let mostNodes = 2 * GrowthParameters.mostLeaves

  init(_ bytes: [UInt8]) { lines = LineReader(bytes, separator: " ") }

  mutating func model() throws(ModelsError) -> ForeignModel {
    let form = try line("auspex")
    guard lines.text(form.rest) == "trees 1" else {
      throw lines.bad(form, lines.text(form.rest.prefix(30)), "auspex trees 1")
    }
    let heading = try line("names")
    let names = try lines.words(heading, most: 100_000).map { lines.text($0) }
    guard !names.isEmpty, Set(names).count == names.count else {
      throw lines.bad(heading, "\(names.count) names", "different ones, at least one")
    }
    let count = try number("trees", most: LightGbmReader.mostTrees)
    var trees: [Tree] = []
    for _ in 0..<count { trees.append(try tree(columns: names.count)) }
    while let line = lines.next() {
      guard line.name.isEmpty else { throw lines.bad(line, line.name, "the end") }
    }
    return ForeignModel(
      names: names, model: .forest(TreeEnsemble(columns: names.count, forest: trees)))
  }

  private mutating func line(_ name: String) throws(ModelsError) -> LineReader.Line {
    guard let line = lines.next() else {
      throw .foreignLine(line: lines.number + 1, found: "the end", expected: name)
    }
    guard line.name == name else { throw lines.bad(line, String(line.name.prefix(30)), name) }
    return line
  }

  private mutating func number(_ name: String, most: Int) throws(ModelsError) -> Int {
    let line = try line(name)
    return try lines.numbers(line, count: 1) { value in
      Int(exactly: value).flatMap { 1...most ~= $0 ? $0 : nil }
    }[0]
  }

  private mutating func tree(columns: Int) throws(ModelsError) -> Tree {
    let count = try number("tree", most: Self.mostNodes)
    let start = lines.number
    func whole(_ value: Double) -> Int32? { Int32(exactly: value) }
    let features = try column("feature", count, whole)
    // A question of absence alone has an infinite threshold: every number there is goes left.
    let thresholds = try lines.numbers(
      try line("threshold"), count: count, isInfiniteTaken: true
    ) { min($0, Double(Float.greatestFiniteMagnitude)) }
    let found = ForeignTree(
      features: features,
      cuts: zip(features, thresholds).map { $0 < 0 ? Float($1) : Float(floor: $1) },
      lefts: try column("left", count, whole), rights: try column("right", count, whole),
      isMissingLeft: try column("missing_left", count) { $0 == 0 ? false : $0 == 1 ? true : nil },
      covers: try column("weight", count) { Float($0) },
      gains: try column("gain", count) { Float($0) })
    guard let tree = found.tree(columns: columns) else {
      throw .foreignLine(
        line: start, found: "nodes that make no tree",
        expected: "each with one parent, finite numbers")
    }
    return tree
  }

  private mutating func column<Value>(
    _ name: String, _ count: Int, _ make: (Double) -> Value?
  ) throws(ModelsError) -> [Value] {
    let line = try line(name)
    return try lines.numbers(line, count: count, make)
  }
}
