extension Recipe {
  /// The recipe of some of its features, in their order: only what they need is then computed.
  public func choosing(_ columns: [Int]) -> Recipe {
    precondition(!columns.isEmpty && columns.allSatisfy { 0..<count ~= $0 }, "features it has")
    guard columns.count < count else { return self }
    let chosen = columns.map { (name: names[$0], expression: formulas[$0]) }
    guard let recipe = try? Recipe(name: name, features: chosen) else {
      preconditionFailure("formulas that were read before are read again")
    }
    return recipe
  }
}
