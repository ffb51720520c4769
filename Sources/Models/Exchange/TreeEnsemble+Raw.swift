internal import Features

extension TreeEnsemble {
  /// The same trees asked with raw values: each threshold is the largest value that the scaler sends to its
  /// side, so that every row keeps its leaf. Categories can only be asked for as they are.
  func raw(_ scaler: Scaler) throws(ModelsError) -> TreeEnsemble {
    precondition(scaler.columns.count == columns, "a scaled column per feature")
    var changed = nodes
    for place in changed.indices where !changed[place].isLeaf {
      let column = scaler.columns[Int(changed[place].feature)]
      if changed[place].set == nil {
        changed[place].cut = column.largest(scaledTo: changed[place].cut)
      } else if !column.isIdentity {
        throw .notExpressible(what: "categories", reason: "their column was scaled")
      }
    }
    var trees = TreeEnsemble(columns: columns, base: base, scale: scale)
    trees.adopt(changed, gains, covers, roots, sets, samples: samples)
    return trees
  }
}
