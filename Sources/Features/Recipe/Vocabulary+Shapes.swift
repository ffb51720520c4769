extension Vocabulary {
  /// What a window's values look like beside their mean and spread.
  static let shapes = [
    Function("samplestd", .series("x"), .bars("bars")) {
      $0.add(.sampleDeviation($1.bars(1)), $1.series(0))
    },
    Function("skew", .series("x"), .bars("bars")) { $0.add(.skewness($1.bars(1)), $1.series(0)) },
    Function("kurt", .series("x"), .bars("bars")) { $0.add(.kurtosis($1.bars(1)), $1.series(0)) },
    // The mean distance from the mean.
    Function("mad", .series("x"), .bars("bars")) {
      $0.add(.meanDistance($1.bars(1)), $1.series(0))
    },
    // The mean with weights 1, 2, 3 … from the oldest on.
    Function("wma", .series("x"), .bars("bars")) {
      $0.add(.weightedMean($1.bars(1)), $1.series(0))
    },
    // The window's straight line: its rise per bar, what it explains, the newest value's distance.
    Function("slope", .series("x"), .bars("bars")) { $0.add(.slope($1.bars(1)), $1.series(0)) },
    Function("rsquare", .series("x"), .bars("bars")) {
      $0.add(.lineShare($1.bars(1)), $1.series(0))
    },
    Function("residual", .series("x"), .bars("bars")) {
      $0.add(.residual($1.bars(1)), $1.series(0))
    },
    // The place of the extreme in its window, 0 for the oldest bar.
    Function("argmax", .series("x"), .bars("bars")) {
      $0.add(.highestPlace($1.bars(1)), $1.series(0))
    },
    Function("argmin", .series("x"), .bars("bars")) {
      $0.add(.lowestPlace($1.bars(1)), $1.series(0))
    },
    Function("quantile", .series("x"), .bars("bars"), .share("share")) {
      $0.add(.quantile($1.bars(1), $1.number(2)), $1.series(0))
    },
    Function("rank", .series("x"), .bars("bars")) { $0.add(.rank($1.bars(1)), $1.series(0)) },
    Function("corr", .series("x"), .series("y"), .bars("bars")) {
      $0.add(.correlation($1.bars(2)), $1.series(0), $1.series(1))
    },
    Function("cov", .series("x"), .series("y"), .bars("bars")) {
      $0.add(.covariance($1.bars(2)), $1.series(0), $1.series(1))
    },
    // The sum of all bars since the first; its level means nothing, its changes do.
    Function("total", .series("x")) { $0.add(.total, $1.series(0)) },
    // The first value of the history.
    Function("origin", .series("x")) { $0.add(.origin, $1.series(0)) },
  ]
}
