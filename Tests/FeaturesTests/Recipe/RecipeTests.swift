import Testing

@testable import Features

@Suite struct RecipeTests {
  @Test func equalSubexpressionsAreOneStep() throws {
    let one = try Recipe(
      name: "r", features: [("a", "zscore(atr(14) / close, 20)"), ("b", "atr( 14 )/close")])
    // high, low, close, true range, Wilder's mean, the quotient, the score
    #expect(one.plan.steps.count == 7)
    let again = try Recipe(name: "r", features: [("a", "rsi(14)"), ("b", "rsi(close, 14) * 2")])
    #expect(again.plan.steps.count == 4)
  }

  @Test func theCanonicalTextIsTheFormulasAndTheirOrder() throws {
    let plain = try Recipe(name: "r", features: [("a", "ref(close,5)"), ("b", "rsi(9)")])
    let spaced = try Recipe(
      name: "other", features: [("a", " ref( close , 5 )"), ("b", "rsi(close, 9)")])
    let turned = try Recipe(name: "r", features: [("b", "rsi(9)"), ("a", "ref(close,5)")])
    let changed = try Recipe(name: "r", features: [("a", "ref(close,5)"), ("b", "rsi(8)")])
    let renamed = try Recipe(name: "r", features: [("a", "ref(close,5)"), ("c", "rsi(9)")])
    #expect(plain.canonicalText == "recipe dialect 1\na: ref(close, 5)\nb: rsi(close, 9)\n")
    #expect(plain.canonicalText == spaced.canonicalText)
    for other in [turned, changed, renamed] {
      #expect(plain.canonicalText != other.canonicalText)
    }
  }

  @Test func namesAreChecked() {
    #expect(throws: RecipeError.noFeatures) { try Recipe(name: "r", features: []) }
    #expect(throws: RecipeError.repeatedName("a")) {
      try Recipe(name: "r", features: [("a", "close"), ("a", "open")])
    }
    for name in ["", "a b", "ä", "a:b", String(repeating: "x", count: 65)] {
      #expect(throws: RecipeError.badName(name)) {
        try Recipe(name: "r", features: [(name, "close")])
      }
    }
  }

  @Test func allFaultsAreListed() {
    let faults = Recipe.faults(in: [("a", "clos"), ("b", "close"), ("c", "rsi(0)"), ("d", "(")])
    #expect(faults.compactMap(\.place?.feature) == ["a", "c", "d"])
    #expect(Recipe.faults(in: Recipe.stationaryFeatures).isEmpty)
    #expect(Recipe.faults(in: [("a", "close"), ("a", "open")]) == [.repeatedName("a")])
  }

  @Test func aRecipeTooLargeIsRefused() {
    let many = (0...RecipeLimit.features.value).map { (name: "f\($0)", expression: "close") }
    #expect(throws: RecipeError.self) { try Recipe(name: "r", features: many) }
    let wide = (0..<1_900).map { index in
      let terms = (1...12).map { "ref(close, \(index * 12 + $0))" }
      return (name: "f\(index)", expression: terms.joined(separator: "+"))
    }
    let error = #expect(throws: RecipeError.self) { try Recipe(name: "r", features: wide) }
    guard case .limit(.steps, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
