import Fixtures
import Foundation
import Testing

/// Quantiles of outcomes, from the command line.
@Suite struct ForestQuantileTests {
  /// A forest that keeps labels tells quantiles row by row; its forecasts are those of one that does not.
  @Test func aForestTellsQuantiles() throws {
    let place = Workplace()
    try place.run("data make --until 2020-02-14")
    let fit = "train fit --model forest --folds 2 --set forest.trees=40"
    try place.run(fit)
    try place.run("\(fit) --set forest.quantiles=true")
    func shares(_ version: Int) throws -> [String: Any] {
      let told = try place.run("evaluate explain \(version) --json").object()
      return try #require(told["shares"] as? [String: Any])
    }
    let (without, with) = (try shares(1), try shares(2))
    #expect(without["quantiles"] is NSNull)
    #expect(without["forecasts"] as? [Double] == with["forecasts"] as? [Double])
    let quantiles = try #require(with["quantiles"] as? [String: [Double]])
    let (low, middle, high) = (
      try #require(quantiles["5 %"]), try #require(quantiles["50 %"]),
      try #require(quantiles["95 %"])
    )
    #expect(low.count == (with["forecasts"] as? [Double])?.count && low.count > 10)
    for row in low.indices { #expect(low[row] < middle[row] && middle[row] < high[row]) }
    let text = try place.run("evaluate explain 2").output
    #expect(text.contains("95 %") && text.contains("rows ago"), "\(text)")
    let page = String(decoding: FileBytes.read(place.path("runs/explain.html")), as: UTF8.self)
    #expect(page.contains("quantiles"))
  }
}
