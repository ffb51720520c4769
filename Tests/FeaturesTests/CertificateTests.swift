import Features
import Foundation
import Testing

/// The tables of Documentation/FEATURE-PARITY.md are computed here and compared with what it says.
///
/// After a change that is meant, `AUSPEX_CERTIFY=1 swift test --filter CertificateTests` writes them.
@Suite struct CertificateTests {
  private static let path = "Documentation/FEATURE-PARITY.md"
  private static let marks = (start: "<!-- certificate -->\n", end: "<!-- end of certificate -->")

  @Test func theCertificateIsTrue() throws {
    let page = try Golden.page(Self.path)
    let start = try #require(page.firstRange(of: Self.marks.start)).upperBound
    let end = try #require(page.firstRange(of: Self.marks.end)).lowerBound
    let certificate = try certificate()
    if ProcessInfo.processInfo.environment["AUSPEX_CERTIFY"] != nil {
      let written = page[..<start] + certificate + page[end...]
      try String(written).write(
        to: Golden.house.appending(path: Self.path), atomically: true, encoding: .utf8)
      return
    }
    #expect(String(page[start..<end]) == certificate, "AUSPEX_CERTIFY=1 writes it anew")
  }

  private struct Line {
    let name: String
    let worst: Double
    let firsts: (there: Int, here: Int)
    var notes: [String] = []
  }

  private func certificate() throws -> String {
    let plain = try ["ta", "alpha158", "chinese"].map {
      (recipe: $0, lines: try lines($0, from: $0 == "ta" ? 1_000 : 0))
    }
    let talib = try talibLines()
    var text = Self.head
    for (recipe, lines) in plain + [("talib", talib)] {
      let agree = lines.count { $0.worst < 1e-9 && $0.notes.isEmpty }
      let partly = lines.count - agree
      text += "| `\(recipe)` | \(lines.count) | \(Self.originals[recipe] ?? "") | \(agree) "
      text += "| \(partly == 0 ? "–" : "\(partly)") |\n"
    }
    for (recipe, lines) in plain {
      text += table(recipe, recipe == "alpha158" ? folded(lines) : lines)
    }
    return text + table("talib", talib) + deviations(talib)
  }

  private static let head = """
    ## Certificate

    Written by `CertificateTests`; the bound is that of the worst difference, in standard deviations of the column.

    | recipe | columns | original | agree within 1e-9 σ everywhere | deviate on some bars |
    |---|---|---|---|---|

    """

  private static let originals = [
    "ta": "PyPI ta 0.11.0, `add_all_ta_features`, pandas 2.3.3",
    "alpha158": "pandas 2.3.3 formulas of qlib's Alpha158",
    "chinese": "pandas 2.3.3 formulas of the charting programs",
    "talib": "PyPI TA-Lib 0.8.2 (C 0.8.1), six kinds of bars",
  ]

  private func lines(_ recipe: String, from start: Int) throws -> [Line] {
    let golden = try Golden.load(recipe)
    return try Golden.features(recipe).enumerated().map { index, feature in
      let column = try Series.column(feature.expression, Series.ruled)
      return Line(
        name: feature.name, worst: golden.worst(feature.name, column, from: start),
        firsts: (golden.first[index], column.firstIndex { $0.isFinite } ?? -1))
    }
  }

  private func talibLines() throws -> [Line] {
    let goldens = try Golden.kinds("talib")
    return try Golden.features("talib").enumerated().map { index, feature in
      var line = Line(name: feature.name, worst: 0, firsts: (0, 0))
      for kind in Series.Kind.allCases {
        let golden = try #require(goldens[kind.rawValue])
        let column = try Series.column(feature.expression, Series.ruled(kind))
        let first = column.firstIndex { $0.isFinite } ?? -1
        let deviation = Deviation.talib(feature.name, kind)
        let worst = deviation == nil ? golden.worst(feature.name, column, from: 0) : 0
        line = Line(
          name: line.name, worst: max(line.worst, worst),
          firsts: kind == .ruled ? (golden.first[index], first) : line.firsts,
          notes: line.notes + (deviation.map { ["\(kind.rawValue) (\($0.number))"] } ?? []))
      }
      return line
    }
  }

  /// One line for a family of windows.
  private func folded(_ lines: [Line]) -> [Line] {
    var folded: [Line] = []
    for line in lines {
      var family = line.name
      while family.last?.isNumber == true { family.removeLast() }
      if let place = folded.firstIndex(where: { $0.name == family }) {
        folded[place] = Line(
          name: family, worst: max(folded[place].worst, line.worst),
          firsts: folded[place].firsts)
      } else {
        folded.append(Line(name: family, worst: line.worst, firsts: line.firsts))
      }
    }
    return folded
  }

  private func bound(_ worst: Double) -> String {
    if worst == 0 { return "exact" }
    return [-15, -12, -9].first { worst < pow(10, Double($0)) }.map { "< 1e\($0)" } ?? "more"
  }

  private func table(_ recipe: String, _ lines: [Line]) -> String {
    let isFolded = recipe == "alpha158"
    var text = "\n### \(recipe)\n\n| \(isFolded ? "family" : "column") | difference, σ "
    text += "| first row there | first row here | deviates on |\n|---|---|---|---|---|\n"
    for line in lines {
      text += "| \(line.name) | \(bound(line.worst)) | \(line.firsts.there) | \(line.firsts.here) "
      text += "| \(line.notes.joined(separator: ", ")) |\n"
    }
    return text
  }

  private func deviations(_ talib: [Line]) -> String {
    var text = """

      ## Deviations from TA-Lib, on purpose

      The classical functions of its overlap, momentum, volatility, volume, price-transform and statistic groups are here; the
      cycle, math and pattern groups are not. Recursive means are compared from row 1,000 on: TA-Lib starts the fast mean of
      `APO`, `PPO` and the `MACD`s when the slow one has enough bars, here each starts on its own. The bars trend, stand
      still for an hour, jump, trade nothing or lock at their limit; numbers are those of the table above.


      """
    for deviation in Deviation.talib {
      let columns = deviation.columns.map { "`\($0)`" }.joined(separator: ", ")
      text +=
        "\(deviation.number). \(columns) (\(deviation.kinds.map(\.rawValue).joined(separator: ", "))): "
      text += deviation.why + "\n"
    }
    text += "\n| column | first row of TA-Lib | here | why |\n|---|---|---|---|\n"
    for line in talib {
      guard let why = TalibTests.laterOrEarlier[line.name] else { continue }
      text += "| \(line.name) | \(line.firsts.there) | \(line.firsts.here) | \(why) |\n"
    }
    return text
  }
}
