import Numerics
import Testing

@Suite struct StatisticsTests {
  struct Goldens: Decodable {
    struct Shared: Decodable {
      let returns: [Double]
      let mean, deviation, skew, kurtosis: Double
      let neweyWestT: [[Double]]
      let automaticLags: Int
      let x, y: [Double]
      let pearson, spearman, spearmanP: Double
    }
    struct Own: Decodable {
      let x, y: [Double]
      let variance, skew, kurtosis, covariance, pearson, pearsonP, spearman: Double
      let ranks: [Double]
      let quantiles: [[Double]]
      let median, medianDeviation: Double
      let neweyWestT: [[Double]]
    }
    let shared: Shared
    let own: Own
  }

  private func close(_ a: Double, _ b: Double) -> Bool { agree(a, b, 1e-12) }

  @Test func returnsOfTheHonestyChecklistGiveItsFigures() throws {
    let golden = try Golden.load("statistics", as: Goldens.self).shared
    #expect(close(Statistics.mean(golden.returns), golden.mean))
    #expect(close(Statistics.deviation(golden.returns), golden.deviation))
    #expect(close(Statistics.skew(golden.returns), golden.skew))
    #expect(close(Statistics.kurtosis(golden.returns), golden.kurtosis))
    for row in golden.neweyWestT {
      #expect(agree(Statistics.neweyWestT(golden.returns, lags: Int(row[0])), row[1], 1e-9))
    }
    #expect(Statistics.automaticLags(count: golden.returns.count) == golden.automaticLags)
    #expect(close(Statistics.pearson(golden.x, golden.y), golden.pearson))
    let spearman = Statistics.spearman(golden.x, golden.y)
    #expect(close(spearman, golden.spearman))
    let p = Statistics.correlationP(spearman, count: golden.x.count)
    #expect(close(p, golden.spearmanP))
  }

  @Test func momentsRanksAndQuantilesAgreeWithScipy() throws {
    let golden = try Golden.load("statistics", as: Goldens.self).own
    #expect(close(Statistics.variance(golden.x), golden.variance))
    #expect(close(Statistics.skew(golden.x), golden.skew))
    #expect(close(Statistics.kurtosis(golden.x), golden.kurtosis))
    #expect(close(Statistics.covariance(golden.x, golden.y), golden.covariance))
    let pearson = Statistics.pearson(golden.x, golden.y)
    #expect(close(pearson, golden.pearson))
    let p = Statistics.correlationP(pearson, count: golden.x.count)
    #expect(close(p, golden.pearsonP))
    #expect(close(Statistics.spearman(golden.x, golden.y), golden.spearman))
    #expect(Statistics.ranks(golden.x) == golden.ranks)
    for row in golden.quantiles {
      #expect(close(Statistics.quantile(golden.x, row[0]), row[1]), "quantile \(row[0])")
    }
    #expect(Statistics.median(golden.x) == golden.median)
    #expect(close(Statistics.medianDeviation(golden.x), golden.medianDeviation))
    for row in golden.neweyWestT {
      #expect(agree(Statistics.neweyWestT(golden.x, lags: Int(row[0])), row[1], 1e-9))
    }
  }

  /// By hand: of 1, 2, 3, 4 γ = 1.25, 0.3125, −0.375, −0.5625; of 1, −1, 2, 0 the plain sum falls below nothing.
  @Test func sharedOutcomesCountInFull() {
    let rising = Statistics.overlapVariance([1, 2, 3, 4], horizon: 2)
    #expect(close(rising, (1.25 + 2 * 0.3125) / 4))
    #expect(close(Statistics.overlapT([1, 2, 3, 4], horizon: 2), 2.5 / rising.squareRoot()))
    let torn = [1.0, -1, 2, 0]
    let plain = Statistics.neweyWestVariance(torn, lags: 4)
    #expect(plain > 0 && Statistics.overlapVariance(torn, horizon: 2) == plain)
  }

  /// Many values are ordered by their digits: as comparing them would, equal ones as they came.
  @Test func orderIsThatOfComparing() {
    var generator = Xoshiro256(seed: 3)
    for count in [0, 1, 255, 257, 5_000] {
      let wild = (0..<count).map { _ in generator.normal() * exp(20 * generator.normal()) }
      let tied = (0..<count).map { _ in Double(generator.int(below: 9) - 4) }
      let odd = (0..<count).map {
        [0, -0.0, .infinity, -.infinity, .leastNonzeroMagnitude, 7][$0 % 6]
      }
      for values in [wild, tied, odd, [Double](repeating: 2, count: count)] {
        let slow = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        #expect(Statistics.order(values) == slow, "\(count)")
      }
    }
  }

  @Test func compensatedSumKeepsWhatAPlainSumLoses() {
    #expect(Statistics.sum([1, 1e100, 1, -1e100]) == 2)
    #expect(Statistics.sum([Double](repeating: 0.1, count: 1_000_000)) == 100_000)
    #expect(Statistics.sum([.infinity, 1]) == .infinity)
  }

  @Test func automaticLagsAreWholeWhereThePowerIs() {
    #expect(Statistics.automaticLags(count: 51_200) == 16)
    #expect(Statistics.automaticLags(count: 100) == 4 && Statistics.automaticLags(count: 0) == 0)
  }

  @Test func tooFewValuesHaveNoAnswer() {
    #expect(Statistics.mean([]).isNaN && Statistics.variance([1]).isNaN)
    #expect(Statistics.pearson([1, 1, 1], [1, 2, 3]).isNaN && Statistics.quantile([], 0.5).isNaN)
    #expect(Statistics.correlationP(0.5, count: 2).isNaN && Statistics.ranks([]) == [])
    #expect(Statistics.correlationP(1, count: 10) == 0)
  }
}
