/// Reads LightGBM's text models of versions 3 and 4: one forecast per row, constant leaves, any missing
/// type that our nodes can say.
///
/// Numbers there are double precision; rows here are single, so each threshold becomes the largest single
/// number below it, which parts the same rows.
struct LightGbmReader {
  private var lines: LineReader
  private var names: [String] = []
  private var isAverage = false
  private var trees: [Tree] = []

  static let mostTrees = 1_000_000
  /// Categories beyond are refused: single precision counts no farther.
  private static let mostCategory = 1 << 24
  /// Objectives whose raw score is the forecast.
  private static let plainObjectives: Set<String> = [
    "regression", "regression_l1", "huber", "fair", "quantile", "mape", "custom", "none",
  ]

  init(_ bytes: [UInt8]) { lines = LineReader(bytes, separator: "=") }

  mutating func model() throws(ModelsError) -> ForeignModel {
    var first = try heading()
    while let line = first {
      guard trees.count < Self.mostTrees else {
        throw lines.bad(line, "tree \(trees.count + 1)", "\(Self.mostTrees) trees at most")
      }
      let (tree, next) = try tree(line)
      trees.append(tree)
      first = next
    }
    if isAverage {
      return ForeignModel(
        names: names, model: .forest(TreeEnsemble(columns: names.count, forest: trees)))
    }
    var ensemble = TreeEnsemble(columns: names.count, base: 0)
    for tree in trees { ensemble.append(tree) }
    return ForeignModel(names: names, model: .boosted(ensemble.completed()))
  }

  /// Reads up to the first tree and returns its line; `nil` where there is none.
  private mutating func heading() throws(ModelsError) -> LineReader.Line? {
    guard let first = lines.next(), first.name == "tree" else {
      throw .foreignLine(line: 1, found: "another beginning", expected: "tree, as LightGBM writes")
    }
    var features: Int?
    while let line = lines.next() {
      let value = lines.text(line.rest)
      switch line.name {
      case "version":
        guard value == "v3" || value == "v4" else { throw lines.bad(line, value, "v3 or v4") }
      case "num_class", "num_tree_per_iteration":
        guard value == "1" else { throw lines.bad(line, "\(line.name)=\(value)", "1") }
      case "objective":
        let words = value.split(separator: " ")
        guard let name = words.first, Self.plainObjectives.contains(String(name)),
          !words.contains("sqrt")
        else { throw lines.bad(line, value, "an objective whose score is the forecast") }
      case "average_output": isAverage = true
      case "max_feature_idx":
        features = try lines.numbers(line, count: 1) { Int(exactly: $0) }[0]
      case "feature_names":
        names = try lines.words(line, most: 100_000).map { lines.text($0) }
      case "Tree":
        try checkNames(features, line)
        return line
      case "end of trees":
        try checkNames(features, line)
        return nil
      default: break
      }
    }
    throw .foreignLine(line: lines.number, found: "the end", expected: "end of trees")
  }

  private func checkNames(_ features: Int?, _ line: LineReader.Line) throws(ModelsError) {
    guard let features, features == names.count - 1, !names.isEmpty else {
      throw lines.bad(line, "\(names.count) feature names", "one more than max_feature_idx")
    }
    guard Set(names).count == names.count else {
      throw lines.bad(line, "a feature's name twice", "different names")
    }
  }

  /// Reads the lines of a tree; returns it and the next one's first line.
  private mutating func tree(
    _ first: LineReader.Line
  ) throws(ModelsError) -> (Tree, LineReader.Line?) {
    var fields: [String: LineReader.Line] = [:]
    while let line = lines.next() {
      if line.name == "Tree" || line.name == "end of trees" {
        let tree = try made(fields, first)
        return (tree, line.name == "Tree" ? line : nil)
      }
      if !line.name.isEmpty { fields[line.name] = line }
    }
    throw .foreignLine(line: lines.number, found: "the end", expected: "end of trees")
  }

  private func made(
    _ fields: [String: LineReader.Line], _ first: LineReader.Line
  ) throws(ModelsError) -> Tree {
    let block = Block(fields: fields, lines: lines, first: first)
    guard try block.number("is_linear", or: 0) == 0 else {
      throw lines.bad(first, "a tree with linear leaves", "constant ones")
    }
    let leaves = try block.number("num_leaves", or: nil)
    guard 1...GrowthParameters.mostLeaves ~= leaves else {
      throw lines.bad(first, "\(leaves) leaves", "1 to \(GrowthParameters.mostLeaves)")
    }
    guard let tree = try block.foreign(leaves: leaves).tree(columns: names.count) else {
      throw lines.bad(first, "nodes that make no tree", "each with one parent, finite numbers")
    }
    return tree
  }

  /// The fields of one tree.
  private struct Block {
    let fields: [String: LineReader.Line]
    let lines: LineReader
    let first: LineReader.Line

    func number(_ name: String, or absent: Int?) throws(ModelsError) -> Int {
      guard fields[name] != nil else {
        guard let absent else { throw lines.bad(first, "no \(name)", "one") }
        return absent
      }
      return try column(name, 1) { Int(exactly: $0) }[0]
    }

    /// The numbers of a field; of one that may be missing, `absent` for each.
    func column<Value>(
      _ name: String, _ count: Int, or absent: Value? = nil, _ make: (Double) -> Value?
    ) throws(ModelsError) -> [Value] {
      guard let line = fields[name] else {
        guard let absent else { throw lines.bad(first, "no \(name)", "\(count) values") }
        return [Value](repeating: absent, count: count)
      }
      return try lines.numbers(line, count: count, make)
    }

    /// Questions are numbered from 0, leaves behind them.
    func foreign(leaves: Int) throws(ModelsError) -> ForeignTree {
      let questions = leaves - 1
      let values = try column("leaf_value", leaves) { Float($0) }
      func child(_ name: String) throws(ModelsError) -> [Int32] {
        try column(name, questions) { value in
          guard let number = Int32(exactly: value) else { return nil }
          return number >= 0 ? number : Int32(questions) &+ ~number
        }
      }
      let none = [Int32](repeating: 0, count: leaves)
      let weights = { (name: String, count: Int) throws(ModelsError) in
        try column(name, count, or: Float(0)) { Float($0) }
      }
      guard questions > 0 else {
        return ForeignTree(
          features: [-1], cuts: values, lefts: none, rights: none, isMissingLeft: [false],
          covers: [0], gains: [0])
      }
      let features = try column("split_feature", questions) { Int32(exactly: $0) }
      guard features.allSatisfy({ $0 >= 0 }) else {
        throw lines.bad(first, "a negative feature", "features from 0")
      }
      var tree = ForeignTree(
        features: features + none.map { _ in -1 },
        cuts: try column("threshold", questions) { Float(floor: $0) } + values,
        lefts: try child("left_child") + none, rights: try child("right_child") + none,
        isMissingLeft: [Bool](repeating: false, count: questions + leaves),
        covers: try weights("internal_count", questions) + weights("leaf_count", leaves),
        gains: try weights("split_gain", questions) + none.map { _ in 0 })
      try decide(&tree, questions)
      return tree
    }

    /// Which way absent values go, and which questions ask for categories.
    private func decide(_ tree: inout ForeignTree, _ questions: Int) throws(ModelsError) {
      let kinds = try column("decision_type", questions, or: 0) { Int(exactly: $0) }
      let thresholds = try column("threshold", questions) { $0 }
      let sets = try categories()
      for (node, kind) in kinds.enumerated() {
        guard 0..<16 ~= kind, kind >> 2 < 3 else {
          throw lines.bad(first, "decision type \(kind)", "0 to 11")
        }
        if kind & 1 == 1 {
          guard let place = Int(exactly: thresholds[node]), sets.indices ~= place else {
            throw lines.bad(first, "categories \(thresholds[node])", "one of \(sets.count) sets")
          }
          tree.sets[node] = sets[place]
          continue
        }
        let isDefaultLeft = kind & 2 != 0
        let isZeroLeft = thresholds[node] >= 0
        guard kind >> 2 != 1 || isDefaultLeft == isZeroLeft else {
          throw lines.bad(first, "zero taken for absent", "zero_as_missing=false")
        }
        // Where nothing marks absence, LightGBM takes NaN for zero.
        tree.isMissingLeft[node] = kind >> 2 == 0 ? isZeroLeft : isDefaultLeft
      }
    }

    private func categories() throws(ModelsError) -> [[Float]] {
      let count = try number("num_cat", or: 0)
      guard count > 0 else { return [] }
      guard count < GrowthParameters.mostLeaves else {
        throw lines.bad(first, "\(count) sets of categories", "fewer than leaves")
      }
      let bounds = try column("cat_boundaries", count + 1) { Int(exactly: $0) }
      guard bounds[0] == 0 else { throw lines.bad(first, "boundaries from \(bounds[0])", "from 0") }
      let words = try column("cat_threshold", bounds[count]) { UInt32(exactly: $0) }
      var sets: [[Float]] = []
      for (start, end) in zip(bounds, bounds.dropFirst()) {
        guard 0 <= start, start <= end, end <= words.count,
          (end - start) * 32 <= LightGbmReader.mostCategory
        else { throw lines.bad(first, "boundaries \(start) to \(end)", "rising ones") }
        sets.append(
          (0..<(end - start) * 32).filter { words[start + $0 / 32] >> UInt32($0 % 32) & 1 == 1 }
            .map { Float($0) })
      }
      return sets
    }
  }
}
