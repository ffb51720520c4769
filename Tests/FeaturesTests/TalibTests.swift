import Features
import Market
import Testing

/// The recipe `talib` against TA-Lib itself, on every kind of bars.
@Suite struct TalibTests {
  @Test(arguments: Series.Kind.allCases)
  func columnsAreThoseOfTheOriginal(kind: Series.Kind) throws {
    let golden = try #require(try Golden.kinds("talib")[kind.rawValue])
    let features = try Golden.features("talib")
    #expect(features.map(\.name) == golden.names)
    for feature in features {
      let column = try Series.column(feature.expression, Series.ruled(kind))
      let worst = golden.worst(feature.name, column, from: 1_000)
      // What is listed must be different, or the list says too much.
      let isListed = Deviation.talib(feature.name, kind) != nil
      #expect((worst >= 1e-9) == isListed, "\(feature.name) \(kind): \(worst) σ")
    }
  }

  /// Theirs and ours at the golden's rows, where they are not the same.
  private func different(
    _ name: String, _ kind: Series.Kind
  ) throws -> [(row: Int, theirs: Double, ours: Double)] {
    let golden = try #require(try Golden.kinds("talib")[kind.rawValue])
    let index = try #require(golden.names.firstIndex(of: name))
    let feature = try #require(try Golden.features("talib").first { $0.name == name })
    let column = try Series.column(feature.expression, Series.ruled(kind))
    let found = zip(golden.rows, golden.values[index]).compactMap { row, value in
      value.map { (row: row, theirs: $0, ours: column[row]) }
    }
    return found.filter { abs($0.theirs - $0.ours) > 1e-9 * golden.deviations[index] }
  }

  @Test(arguments: [("STOCHF_fastk", 50.0), ("WILLR", -50), ("MFI", 50), ("ULTOSC", 50)])
  func aWindowWithoutRangeIsInItsMiddle(_ column: String, _ middle: Double) throws {
    let rows = try different(column, .flat)
    #expect(rows.contains { $0.theirs == 0 && $0.ours == middle })
    if column != "ULTOSC" { #expect(rows.allSatisfy { $0.theirs == 0 && $0.ours == middle }) }
  }

  @Test func aFlatWindowIsStraightForTheOriginal() throws {
    for kind in [Series.Kind.flat, .locked] {
      let closes = try Series.column("close", Series.ruled(kind))
      var mean = closes[29]
      var theirs = Array(repeating: Double.nan, count: closes.count)
      for row in 30..<closes.count {
        let moves = (row - 29...row).reduce(0) { $0 + abs(closes[$1] - closes[$1 - 1]) }
        let straight = moves == 0 ? 1 : abs(closes[row] - closes[row - 30]) / moves
        let rate = straight * (2.0 / 3 - 2.0 / 31) + 2.0 / 31
        mean += rate * rate * (closes[row] - mean)
        theirs[row] = mean
      }
      for found in try different("KAMA", kind) {
        #expect(abs(theirs[found.row] - found.theirs) < 1e-9, "\(kind) row \(found.row)")
      }
    }
  }

  @Test(arguments: [("AROON_up", "high"), ("AROON_down", "low")])
  func ofEqualsTheOldestCounts(_ column: String, _ input: String) throws {
    let series = try Series.column(column == "AROON_up" ? input : "-low", Series.ruled(.locked))
    let found = try different(column, .locked)
    #expect(!found.isEmpty)
    for (row, theirs, ours) in found {
      let window = Array(series[(row - 14)...row])
      let top = window.max()
      let (oldest, youngest) = (window.firstIndex(of: top ?? 0), window.lastIndex(of: top ?? 0))
      #expect(ours == Double(oldest ?? -1) / 14 * 100, "row \(row)")
      #expect(abs(theirs - 100 * Double(youngest ?? -1) / 14) < 1e-9, "row \(row)")
    }
  }

  @Test func theAdaptiveMeanStaysAmongTheLastPrices() throws {
    for kind in [Series.Kind.flat, .locked] {
      let closes = try Series.column("close", Series.ruled(kind))
      for found in try different("MAMA_mama", kind) {
        let window = closes[(found.row - 120)...found.row]
        let range = (window.min() ?? 0)...(window.max() ?? 0)
        #expect(range.contains(found.ours) && range.contains(found.theirs), "row \(found.row)")
      }
    }
  }

  @Test func theLostDigitsAreTheirs() throws {
    let bars = Series.ruled(.trending)
    let (highs, lows) = (try Series.column("high", bars), try Series.column("low", bars))
    for (row, theirs, ours) in try different("CORREL", .trending) {
      let left = highs[(row - 29)...row].map { Float80($0) }
      let right = lows[(row - 29)...row].map { Float80($0) }
      let (one, two) = (Series.moments(left), Series.moments(right))
      let common = zip(left, right).reduce(0) { $0 + ($1.0 - one.mean) * ($1.1 - two.mean) } / 30
      let exact = Double(common / one.deviation / two.deviation)
      #expect(10 * abs(ours - exact) < abs(theirs - exact), "row \(row)")
    }
  }

  /// The first rows that differ, beside what the page says of them.
  static let laterOrEarlier: [String: String] = [
    "HT_TRENDLINE":
      "TA-Lib lets its transform run in for 37 bars; here the last of its means decides",
    "MAMA_mama": "TA-Lib lets its transform run in; here the first value comes at once",
    "MAMA_fama": "TA-Lib lets its transform run in; here the first value comes at once",
    "MACD_macd": "TA-Lib waits for the signal",
    "MACDEXT_macd": "TA-Lib waits for the signal",
    "MACDFIX_macd": "TA-Lib waits for the signal",
    "MINUS_DM": "TA-Lib starts its sum one move early",
    "PLUS_DM": "TA-Lib starts its sum one move early",
    "STOCH_slowk": "TA-Lib waits for the other output",
    "STOCHF_fastk": "TA-Lib waits for the other output",
    "STOCHRSI_fastk": "TA-Lib waits for the other output",
    "OBV": "no direction on the first bar",
  ]

  @Test func firstRowsThatDifferAreListed() throws {
    let golden = try #require(try Golden.kinds("talib")["ruled"])
    let features = try Golden.features("talib")
    for (index, feature) in features.enumerated() {
      let column = try Series.column(feature.expression, Series.ruled)
      let isSame = column.firstIndex { $0.isFinite } == golden.first[index]
      #expect(isSame == (Self.laterOrEarlier[feature.name] == nil), "\(feature.name)")
    }
  }
}
