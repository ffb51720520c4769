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
    let names = try lines.plainHeading("trees 1")
    let count = try lines.whole("trees", most: LightGbmReader.mostTrees)
    var trees: [Tree] = []
    for _ in 0..<count { trees.append(try tree(columns: names.count)) }
    try lines.end()
    return ForeignModel(
      names: names, model: .forest(TreeEnsemble(columns: names.count, forest: trees)))
  }

  private mutating func tree(columns: Int) throws(ModelsError) -> Tree {
    let count = try lines.whole("tree", most: Self.mostNodes)
    let start = lines.number
    func whole(_ value: Double) -> Int32? { Int32(exactly: value) }
    let features = try column("feature", count, whole)
    // A question of absence alone has an infinite threshold: every number there is goes left.
    let thresholds = try lines.numbers(
      try lines.line("threshold"), count: count, isInfiniteTaken: true
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
    let line = try lines.line(name)
    return try lines.numbers(line, count: count, make)
  }
}
