extension SliceMeasure {
  /// How a recipe says it, around a whole feature.
  public var word: String {
    switch self {
    case .rank: "cs_rank"
    case .gaussRank: "cs_gauss"
    case .demeaned: "cs_demean"
    case .zscore: "cs_zscore"
    case .neutral: "cs_neutral"
    }
  }

  init?(word: String) {
    guard let measure = SliceMeasure.allCases.first(where: { $0.word == word }) else { return nil }
    self = measure
  }
}

extension Vocabulary {
  /// Words that compare a feature with that of all other instruments of the instant. What they compare is
  /// laid as it is; the panel does the rest, once all have had their bar.
  static let slices = SliceMeasure.allCases.map { measure in
    Function(measure.word, .series("x")) { $1.series(0) }
  }
}

extension Expression {
  /// The measure around the whole, `nil` where there is none.
  var measure: SliceMeasure? {
    if case .call(let name, _) = self { SliceMeasure(word: name) } else { nil }
  }
}

extension Recipe {
  /// Whether any feature is measured against other instruments, so that one series alone has no value for
  /// it.
  public var comparesInstruments: Bool { measures.contains { $0 != nil } }

  /// The same features before any is measured among others: what one instrument's own history says.
  public var unmeasured: Recipe {
    guard comparesInstruments else { return self }
    let inner = zip(formulas, measures).map { formula, measure in
      measure.map { String(formula.dropFirst($0.word.count + 1).dropLast()) } ?? formula
    }
    guard
      let recipe = try? Recipe(
        name: name, features: zip(names, inner).map { (name: $0, expression: $1) })
    else { preconditionFailure("formulas that were read before are read again") }
    return recipe
  }

  /// The same features, each measured among all instruments.
  public func measured(by measure: SliceMeasure) throws(RecipeError) -> Recipe {
    try Recipe(
      name: name,
      features: zip(names, formulas).map { (name: $0, expression: "\(measure.word)(\($1))") })
  }
}
