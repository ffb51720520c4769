import Testing

@Suite struct SmoothingTests {
  /// Seeded with the mean of the first values, then the recursion, absent values skipped.
  private func reference(_ values: [Double], _ count: Int, weight: Float80) -> [Float80?] {
    var seed: [Float80] = []
    var mean: Float80 = 0
    return values.map { value in
      guard abs(value) < 0x1p240 else { return nil }
      if seed.count < count {
        seed.append(Float80(value))
        mean = seed.reduce(0, +) / Float80(count)
        return seed.count == count ? mean : nil
      }
      mean += weight * (Float80(value) - mean)
      return mean
    }
  }

  @Test(arguments: [1, 2, 12, 26, 200])
  func meansFollowTheRecursion(count: Int) throws {
    let forms: [(String, Float80)] = [
      ("ema", 2 / Float80(count + 1)), ("wilder", 1 / Float80(count)),
    ]
    for (word, weight) in forms {
      for (name, values) in Series.hard(seed: 17) where name != "spiked" {
        let column = try Series.column("\(word)(turnover, \(count))", Series.carrying(values))
        let expected = reference(values, count, weight: weight)
        let (_, deviation) = Series.moments(
          values.filter(\.isFinite).map { Float80($0) })
        for row in values.indices {
          guard let mean = expected[row] else {
            holds(column[row].isNaN, "\(word) \(name) row \(row)")
            continue
          }
          holds(
            abs(Float80(column[row]) - mean) <= 1e-9 * deviation + 1e-14 * abs(mean),
            "\(word) \(name) row \(row)")
        }
      }
    }
  }

  @Test func valuesBeyondReasonAreSkipped() throws {
    var values = Array(repeating: 5.0, count: 40)
    (values[3], values[20], values[21]) = (1e300, .nan, -.infinity)
    let column = try Series.column("ema(turnover, 4)", Series.carrying(values))
    let silent = column.indices.filter { column[$0].isNaN }
    #expect(silent == [0, 1, 2, 3, 20, 21])
    #expect(column[39] == 5)
  }
}
