import Features
import Market
import Testing

/// What Documentation/FEATURE-PARITY.md says is different is different, and nothing else.
@Suite struct DeviationTests {
  private func column(_ name: String) throws -> [Double] {
    let feature = try #require(try Golden.features("ta").first { $0.name == name })
    return try Series.column(feature.expression, Series.ruled)
  }

  private func original(_ name: String) throws -> [Int: Double?] {
    let golden = try Golden.load("ta")
    let index = try #require(golden.names.firstIndex(of: name))
    return Dictionary(uniqueKeysWithValues: zip(golden.rows, golden.values[index]))
  }

  @Test func firstRowsThatDifferAreListed() throws {
    let golden = try Golden.load("ta")
    let recipe = try Golden.recipe("ta")
    let lines = try Golden.page("Documentation/FEATURE-PARITY.md").split(separator: "\n")
    var listed = lines.filter { $0.wholeMatch(of: /\| [a-z_]+ \| \d+ \| \d+ \| .+ \|/) != nil }
    for (index, name) in golden.names.enumerated() {
      let here = try #require(try column(name).firstIndex { $0.isFinite })
      #expect(here == recipe.warmUps[index].silentBars, "\(name)")
      guard here != golden.first[index] else { continue }
      let start = "| \(name) | \(golden.first[index]) | \(here) | "
      let place = listed.firstIndex { $0.hasPrefix(start) }
      #expect(place != nil, "not listed: \(start)")
      if let place { listed.remove(at: place) }
    }
    #expect(listed.isEmpty, "\(listed)")
  }

  @Test(arguments: [
    "trend_kst", "trend_kst_sig", "trend_kst_diff", "trend_visual_ichimoku_a",
    "trend_visual_ichimoku_b",
  ])
  func rowsThatKnewTheFutureAreAbsent(name: String) throws {
    let theirs = try original(name)[20] ?? nil
    #expect(theirs != nil, "the original fills row 20")
    #expect(try column(name)[20].isNaN)
  }

  @Test(arguments: ["trend_psar_up", "trend_psar_down"])
  func theIdleStopIsTheClose(name: String) throws {
    let column = try column(name)
    let empty = try original(name).filter { $0.key >= 1_000 && $0.value == nil }
    #expect(!empty.isEmpty)
    for row in empty.keys {
      #expect(column[row] == Series.ruled[row].close.value(on: Series.grid), "row \(row)")
    }
  }

  @Test(arguments: ["volatility_atr", "trend_adx", "trend_adx_pos", "trend_adx_neg"])
  func warmingUpIsAbsenceAndNotZero(name: String) throws {
    #expect(try original(name)[5] == 0)
    #expect(try column(name)[5].isNaN)
  }

  @Test func aFlatMarketSilencesNoRow() throws {
    let flat = (0..<200).map { row in
      Series.bar(row, open: 1_000, high: 1_000, low: 1_000, close: 1_000, volume: 0)
    }
    for name in ["ta", "alpha158", "chinese", "stationary", "talib"] {
      for feature in try Golden.features(name) where feature.name != "volume-surprise" {
        let column = try Series.column(feature.expression, flat)
        #expect(column[199].isFinite, "\(name) \(feature.name): \(column[199])")
      }
    }
  }
}
