/// Writes trees as LightGBM's text, version 4, which its `Booster(model_file=…)` reads.
///
/// LightGBM has no base: it goes into the first tree's leaves, or into every tree's where they are averaged.
/// Absent and unknown categories go right there, as ours do.
struct LightGbmText {
  private let trees: TreeEnsemble
  private let names: [String]
  private let isAverage: Bool
  private var text = ""

  init(_ trees: TreeEnsemble, names: [String]) throws(ModelsError) {
    precondition(names.count == trees.columns, "a name per column")
    self.trees = trees
    self.names = names
    isAverage = trees.trees > 1 && abs(trees.scale * Double(trees.trees) - 1) < 1e-9
    var blocks: [String] = []
    for (number, range) in trees.ranges.enumerated() {
      blocks.append(try block(number, range))
    }
    if blocks.isEmpty { blocks = [empty] }
    text = heading(blocks.map(\.utf8.count))
    for block in blocks { text += block }
    text += "end of trees\n\nfeature_importances:\n"
    for (name, count) in zip(names, trees.splitImportance) where count > 0 {
      text += "\(name)=\(Int(count))\n"
    }
    text += "\nparameters:\nend of parameters\n\npandas_categorical:null\n"
  }

  var bytes: [UInt8] { Array(text.utf8) }

  private func heading(_ sizes: [Int]) -> String {
    var lines = [
      "tree", "version=v4", "num_class=1", "num_tree_per_iteration=1", "label_index=0",
      "max_feature_idx=\(max(0, names.count - 1))", "objective=regression",
    ]
    if isAverage { lines.append("average_output") }
    lines.append("feature_names=\(names.joined(separator: " "))")
    lines.append("feature_infos=\(ranges.joined(separator: " "))")
    lines.append("tree_sizes=\(joined(sizes))")
    return lines.joined(separator: "\n") + "\n\n"
  }

  /// What each feature may be; LightGBM asks whether it is a category, and prints the rest.
  private var ranges: [String] {
    var found = [Set<Float>](repeating: [], count: names.count)
    for node in trees.nodes {
      if let set = node.set { found[Int(node.feature)].formUnion(trees.sets[set]) }
    }
    return found.map { values in
      values.isEmpty
        ? "[-1e300:1e300]" : values.sorted().map { "\(Int($0))" }.joined(separator: ":")
    }
  }

  private var empty: String {
    "Tree=0\nnum_leaves=1\nnum_cat=0\nleaf_value=\(trees.base)\nis_linear=0\nshrinkage=1\n\n\n"
  }

  private func leaf(_ tree: Int, _ node: TreeNode) -> Double {
    if isAverage { return Double(node.cut) + trees.base }
    return Double(node.cut) * trees.scale + (tree == 0 ? trees.base : 0)
  }

  /// A tree's lines; questions and leaves are counted apart, in the order of their nodes.
  private func block(_ tree: Int, _ range: Range<Int>) throws(ModelsError) -> String {
    var numbers = [Int](repeating: 0, count: range.count)
    var (questions, leaves) = ([Int](), [Int]())
    for place in range {
      if trees.nodes[place].isLeaf {
        numbers[place - range.lowerBound] = ~leaves.count
        leaves.append(place)
      } else {
        numbers[place - range.lowerBound] = questions.count
        questions.append(place)
      }
    }
    let sets = try Sets(questions.map { trees.nodes[$0] }, trees)
    let lefts = questions.map { Int(trees.nodes[$0].left) - range.lowerBound }
    var lines = ["Tree=\(tree)", "num_leaves=\(leaves.count)", "num_cat=\(sets.count)"]
    func add(_ name: String, _ values: [some Any]) { lines.append("\(name)=\(joined(values))") }
    add("split_feature", questions.map { trees.nodes[$0].feature })
    add("split_gain", questions.map { trees.gains[$0] })
    add("threshold", sets.thresholds)
    add("decision_type", sets.decisions)
    add("left_child", lefts.map { numbers[$0] })
    add("right_child", lefts.map { numbers[$0 + 1] })
    add("leaf_value", leaves.map { leaf(tree, trees.nodes[$0]) })
    add("leaf_weight", leaves.map { trees.covers[$0] })
    add("leaf_count", leaves.map { count(trees.covers[$0]) })
    add("internal_value", questions.map { _ in 0 })
    add("internal_weight", questions.map { trees.covers[$0] })
    add("internal_count", questions.map { count(trees.covers[$0]) })
    if sets.count > 0 {
      add("cat_boundaries", sets.boundaries)
      add("cat_threshold", sets.words)
    }
    return (lines + ["is_linear=0", "shrinkage=1", "", "", ""]).joined(separator: "\n")
  }

  private func count(_ cover: Float) -> Int { Int(min(cover.rounded(), 0x1p30)) }
}

private func joined(_ values: [some Any]) -> String {
  values.map { "\($0)" }.joined(separator: " ")
}

/// The thresholds of a tree's questions and, for categories, the bits of what goes left.
private struct Sets {
  private(set) var thresholds: [String] = []
  /// Bit 0: categories; bit 1: absent values go left; bit 3: absent means NaN.
  private(set) var decisions: [Int] = []
  private(set) var boundaries = [0]
  private(set) var words: [UInt32] = []

  var count: Int { boundaries.count - 1 }

  init(_ questions: [TreeNode], _ trees: TreeEnsemble) throws(ModelsError) {
    for node in questions {
      decisions.append((node.isMissingLeft ? 2 : 0) | 8 | (node.set == nil ? 0 : 1))
      guard let set = node.set.map({ trees.sets[$0] }) else {
        // LightGBM reads no infinity; no single-precision value lies beyond these.
        thresholds.append("\(min(max(Double(node.cut), -1e300), 1e300))")
        continue
      }
      guard !node.isMissingLeft, set.allSatisfy({ $0 >= 0 && $0 < 0x1p24 && $0 == $0.rounded() })
      else {
        throw .notExpressible(
          what: "LightGBM", reason: "categories must be whole numbers from 0, absent ones right")
      }
      thresholds.append("\(count)")
      var bits = [UInt32](repeating: 0, count: Int(set.last ?? 0) / 32 + 1)
      for category in set { bits[Int(category) / 32] |= 1 << UInt32(Int(category) % 32) }
      words += bits
      boundaries.append(words.count)
    }
  }
}
