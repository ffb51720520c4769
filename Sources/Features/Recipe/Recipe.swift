/// A named, ordered list of features, each a formula over the bar; compiled once, run by a
/// `FeatureState`.
public struct Recipe: Sendable {
  public let name: String
  public let names: [String]
  /// The formulas in one spelling, whatever the white space, with usual inputs written out.
  public let formulas: [String]
  /// Per feature, in order.
  public let warmUps: [WarmUp]
  /// Per feature, how it is measured against other instruments; `nil` leaves it as it is.
  public let measures: [SliceMeasure?]
  let plan: Plan

  /// Counts up whenever a word of the language comes to mean something else.
  public static let dialect = 1

  /// Reads pairs of name and expression, in order; the first fault is thrown, `faults(in:)` lists
  /// all.
  public init(
    name: String, features: [(name: String, expression: String)]
  ) throws(RecipeError) {
    guard !features.isEmpty else { throw .noFeatures }
    var plan = Plan()
    var formulas: [String] = []
    var measures: [SliceMeasure?] = []
    var seen: Set<String> = []
    for (index, feature) in features.enumerated() {
      let start = RecipePlace(feature: feature.name, column: 1)
      guard index < RecipeLimit.features.value else { throw .limit(.features, at: start) }
      guard Recipe.isName(feature.name) else { throw .badName(feature.name) }
      guard seen.insert(feature.name).inserted else { throw .repeatedName(feature.name) }
      let expression = try Parser.parse(feature.expression, feature: feature.name)
      plan.append(expression)
      guard plan.size <= RecipeLimit.steps.value else { throw .limit(.steps, at: start) }
      formulas.append(expression.canonicalText)
      measures.append(expression.measure)
    }
    self.name = name
    self.plan = plan
    self.formulas = formulas
    self.measures = measures
    names = features.map(\.name)
    warmUps = plan.warmUps
  }

  /// The part of a recipe that runs on longer bars.
  init(_ plan: Plan) {
    name = ""
    self.plan = plan
    names = plan.outputs.map(String.init)
    formulas = names
    warmUps = plan.warmUps
    measures = names.map { _ in nil }
  }

  /// What each longer bar the recipe reads is called, and how many of them must have closed before
  /// the first of its values that is not absent; the first is dropped, as it may have begun earlier.
  public var frameNeeds: [(name: String, bars: Int)] {
    plan.frames.map { framed in
      let settling = framed.plan.warmUps.map(\.settlingBars).max() ?? 0
      return (name: framed.frame.name, bars: settling + 2)
    }
  }

  /// Every feature's first fault, in order; empty for a sound recipe.
  public static func faults(in features: [(name: String, expression: String)]) -> [RecipeError] {
    var faults: [RecipeError] = []
    for feature in features {
      do throws(RecipeError) {
        _ = try Recipe(name: "", features: [feature])
      } catch {
        faults.append(error)
      }
    }
    guard faults.isEmpty else { return faults }
    do throws(RecipeError) {
      _ = try Recipe(name: "", features: features)
    } catch {
      faults.append(error)
    }
    return faults
  }

  private init(_ whole: Recipe, _ range: Range<Int>) {
    name = whole.name
    names = Array(whole.names[range])
    formulas = Array(whole.formulas[range])
    warmUps = Array(whole.warmUps[range])
    measures = Array(whole.measures[range])
    plan = whole.plan.part(range)
  }

  /// Some of its features, which stay what they are: a piece of work of its own.
  func part(_ range: Range<Int>) -> Recipe { Recipe(self, range) }

  public var count: Int { names.count }

  /// What the whole row needs: the longest warm-up of any feature.
  public var warmUp: WarmUp {
    WarmUp(
      silentBars: warmUps.map(\.silentBars).max() ?? 0,
      settlingBars: warmUps.map(\.settlingBars).max() ?? 0,
      isEndless: warmUps.contains(where: \.isEndless))
  }

  /// The text a fingerprint is taken over: equal for equal names, formulas and order, and only
  /// then.
  public var canonicalText: String {
    zip(names, formulas).reduce(into: "recipe dialect \(Recipe.dialect)\n") { text, feature in
      text += "\(feature.0): \(feature.1)\n"
    }
  }

  private static func isName(_ name: String) -> Bool {
    (1...64).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        switch byte {
        case 48...57, 65...90, 97...122, 45, 46, 95: true
        default: false
        }
      }
  }
}
