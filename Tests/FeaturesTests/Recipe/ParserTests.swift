import Numerics
import Testing

@testable import Features

@Suite struct ParserTests {
  private func fault(of expression: String) -> RecipeError? {
    do throws(RecipeError) {
      _ = try Parser.parse(expression, feature: "f")
      return nil
    } catch {
      return error
    }
  }

  /// Broken expressions, the column of the fault, and what the message must say.
  static let broken: [(expression: String, column: Int, says: String)] = [
    ("", 1, "found the end, expected a number, an input, a function"),
    ("close +", 8, "found the end"),
    ("close + * 2", 9, "found \"*\""),
    ("clsoe / 2", 1, "did you mean \"close\"?"),
    ("1 + volum", 5, "did you mean \"volume\"?"),
    ("quux", 1, "it has open, high, low"),
    ("rsj(14)", 1, "did you mean \"rsi\"?"),
    ("2 * Zscore(close, 5)", 5, "did you mean \"zscore\"?"),
    ("flibber(3)", 1, "unknown function \"flibber\""),
    ("ref(close)", 1, "write ref(x, bars)"),
    ("ref(close, 5, 6)", 1, "write ref(x, bars)"),
    ("1 - rsi()", 5, "write rsi(x, bars)"),
    ("ref(close, 0)", 12, "from 1 to 100000, found 0"),
    ("ref(close, -5)", 12, "found -5"),
    ("mean(close, 2.5)", 13, "found 2.5"),
    ("mean(close, volume)", 13, "found volume"),
    ("mean(close, 100001)", 13, "found 100001"),
    ("clip(close, low, 2)", 13, "needs a plain number"),
    ("clip(close, 2, 1)", 13, "low bound below its high bound"),
    ("1 + cs_rank(close)", 5, "it can only stand around a whole feature"),
    ("cs_rank(close) / 2", 1, "as in cs_rank(change(5))"),
    ("mean(cs_demean(close), 5)", 6, "cs_demean compares all instruments"),
    ("day(cs_rank(close))", 5, "once an instant is over"),
    ("cs_rank(cs_zscore(close))", 9, "cs_zscore compares"),
    ("-cs_gauss(close)", 2, "around a whole feature"),
    ("cs_rank()", 1, "write cs_rank(x)"),
    ("cs_rnak(close)", 1, "did you mean \"cs_rank\"?"),
    ("(close + 1", 11, "expected \")\""),
    ("close + 1)", 10, "expected an operator or the end"),
    ("ref(close 5)", 11, "expected \",\" or \")\""),
    ("close close", 7, "expected an operator or the end"),
    ("close % 2", 7, "found \"%\""),
    ("1.2.3 + close", 1, "\"1.2.3\" is not a number"),
    ("close * 5x", 9, "\"5x\" is not a number"),
    ("1e999", 1, "\"1e999\" is not a number"),
    ("2e+", 1, "\"2e+\" is not a number"),
    ("close + rsi", 9, "write rsi(x, bars)"),
    ("close\n+ é", 9, "found \"é\""),
    ("ref(close, 5", 13, "expected \",\" or \")\""),
    (String(repeating: "(", count: 100) + "1", 61, "at most 60 levels deep"),
    (String(repeating: "-", count: 100) + "1", 61, "at most 60 levels deep"),
    ("1" + String(repeating: "+1", count: 1_500), 2_001, "at most 2000 characters"),
  ]

  @Test(arguments: broken)
  func faultsAreFoundWhereTheyStand(
    _ broken: (expression: String, column: Int, says: String)
  ) throws {
    let error = try #require(fault(of: broken.expression), "\(broken.expression)")
    #expect(error.place == RecipePlace(feature: "f", column: broken.column), "\(error)")
    #expect(error.description.contains(broken.says), "\(error)")
    #expect(error.description.hasPrefix("f:\(broken.column): "), "\(error)")
  }

  @Test func formulasHaveOneSpelling() throws {
    let spellings: [(String, String)] = [
      ("ref(close,5)/close-1", "((ref(close, 5) / close) - 1)"),
      (" ref ( close ,\t5.0 ) /\n close - 1 ", "((ref(close, 5) / close) - 1)"),
      ("((close))", "close"),
      ("1+2*3", "(1 + (2 * 3))"),
      ("-close*-2", "(-close * -2)"),
      ("rsi(14)", "rsi(close, 14)"),
      ("macd(12, 26)", "macd(close, 12, 26)"),
      (".5 + 1e3 + 1E-7", "((0.5 + 1000) + 1e-07)"),
      ("zscore(atr(14)/close,240)", "zscore((atr(14) / close), 240)"),
    ]
    for (written, canonical) in spellings {
      let text = try Parser.parse(written, feature: "f").canonicalText
      #expect(text == canonical)
      #expect(try Parser.parse(text, feature: "f").canonicalText == canonical)
    }
  }

  @Test func hostileTextIsAnsweredAndNeverTraps() throws {
    let seeds =
      Recipe.stationaryFeatures.map(\.expression) + Vocabulary.samples(over: "close")
      + Self.broken.prefix(12).map(\.expression)
    let alphabet = Array("()+-*/,.eE 0123456789abcdefgmnorstvxz_é\u{0}\u{301}\n\"\\%😀")
    var random = Xoshiro256(seed: 99)
    var (sound, refused) = (0, 0)
    for round in 0..<40_000 {
      var text = Array(seeds[random.int(below: seeds.count)].prefix(120))
      for _ in 0..<random.int(below: 4) {
        let place = random.int(in: 0...text.count)
        switch random.int(below: 4) {
        case 0: text.insert(alphabet[random.int(below: alphabet.count)], at: place)
        case 1 where place < text.count: text.remove(at: place)
        case 2 where place < text.count: text[place] = alphabet[random.int(below: alphabet.count)]
        default: text.insert(contentsOf: text.prefix(place).suffix(12), at: place)
        }
      }
      let expression = String(text)
      do throws(RecipeError) {
        let recipe = try Recipe(name: "r", features: [("f", expression)])
        sound += 1
        guard recipe.warmUp.silentBars < 1_000 else { continue }
        var state = FeatureState(recipe, grid: Series.grid, room: 1)
        var row: [Float] = [0]
        _ = state.update(Series.market(1, seed: 1)[0], into: &row)
      } catch {
        refused += 1
        let column = error.place?.column ?? 0
        guard column < 1 || column > text.count + 1 else { continue }
        Issue.record("round \(round): \(error) for \(expression)")
      }
    }
    // Both outcomes must be common, or the mutations test nothing.
    #expect(sound > 4_000 && refused > 20_000, "\(sound) sound, \(refused) refused")
  }
}
