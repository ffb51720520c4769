import Console
import Training

/// What a search varies, how, and what it looks for.
extension Schema {
  static let search = Setting.section(
    "search", "What `train search` varies and looks for.",
    [
      .value(
        "over", .table(.text), "{}",
        "Settings to vary: trees.leaves: 7..63, trees.rate: 1%..10%:log, features.recipe: \"ta,minute\"."
      ),
      .value(
        "method", .choice(Search.Method.allCases.map(\.rawValue)), "tpe",
        "grid tries all; tpe and genetic learn from what went well; halving begins on little data."),
      .value("trials", .integer(1...100_000), "30", "Combinations tried."),
      .value("seed", .integer(0...Int.max), "1", "Where chance begins."),
      .value(
        "goal", .choice(SearchGoal.allCases.map(\.rawValue)), "rank-ic",
        "rank-ic and r2 of the forecasts; net: the Sharpe ratio of trading on them, costs paid."),
    ])
}

/// What makes one trial better than another.
public enum SearchGoal: String, CaseIterable, Sendable {
  case rankIC = "rank-ic"
  /// Against the forecast of nothing.
  case r2
  /// The yearly Sharpe ratio of daily returns after all costs.
  case net
}
