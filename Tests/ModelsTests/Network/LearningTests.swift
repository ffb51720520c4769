import Foundation
import Numerics
import Testing

@testable import Models

/// Series of which it is known what there is to be learned: a sine, and the adding problem over 60 steps.
@Suite struct LearningTests {
  /// The root mean square of the errors on windows that were not learned from.
  private func error(
    _ parameters: NetworkParameters, _ training: WindowedRows, _ fresh: WindowedRows
  ) throws -> Double {
    let forecasts = try parameters.fit(training).ensemble.predict(fresh)
    return Statistics.mean(zip(forecasts, fresh.labels).map { ($0 - $1) * ($0 - $1) })
      .squareRoot()
  }

  @Test func aSineGoesOn() throws {
    var parameters = NetworkParameters()
    parameters.window = 20
    parameters.recurrent = [12]
    parameters.dense = []
    parameters.dropout = 0
    parameters.rate = 0.01
    parameters.epochs = 12
    func waves(_ count: Int, from start: Int) -> WindowedRows {
      let values = (start..<start + count + 20).map { Float(sin(0.3 * Double($0))) }
      let ends = (0..<count).map { $0 + 20 }
      return WindowedRows(
        values, features: 1, window: 20, ends: ends, labels: ends.map { Double(values[$0]) })
    }
    let (training, fresh) = (waves(600, from: 0), waves(200, from: 5_000))
    let found = try error(parameters, training, fresh)
    #expect(found < 0.05, "a deviation of 0.71 without learning: \(found)")
    parameters.rate = 1e-6
    #expect(try error(parameters, training, fresh) > 0.3, "who does not learn, fails")
  }

  @Test func twoMarkedNumbersAreAddedUp() throws {
    let problem = AddingProblem(steps: 60)
    let (training, fresh) = (problem.windows(2_000, seed: 1), problem.windows(300, seed: 2))
    var parameters = NetworkParameters()
    parameters.recurrent = [16]
    parameters.dense = []
    parameters.dropout = 0
    parameters.rate = 0.01
    parameters.epochs = 15
    let found = try error(parameters, training, fresh)
    #expect(found < 0.3 * AddingProblem.usual, "\(found)")
    // Without the marks a thirtieth of each number is all there is to know.
    parameters.epochs = 4
    let blind = try error(parameters, training.withoutMarks, fresh.withoutMarks)
    #expect(blind > 0.8 * AddingProblem.usual, "\(blind)")
  }
}

/// Of a window's numbers from −1 to 1 two are marked, one in either half; their sum is wanted.
struct AddingProblem {
  let steps: Int

  /// The deviation of a sum of two.
  static let usual = (2.0 / 3).squareRoot()

  func windows(_ count: Int, seed: UInt64) -> WindowedRows {
    var generator = Xoshiro256(seed: seed)
    var (values, labels) = ([Float](), [Double]())
    for _ in 0..<count {
      let half = steps / 2
      let marked = [generator.int(below: half), half + generator.int(below: steps - half)]
      var sum = 0.0
      for step in 0..<steps {
        let number = generator.uniform(in: -1...1)
        let isMarked = marked.contains(step)
        if isMarked { sum += number }
        values += [Float(number), isMarked ? 1 : 0]
      }
      labels.append(sum)
    }
    return WindowedRows(
      values, features: 2, window: steps, ends: (1...count).map { $0 * steps }, labels: labels)
  }
}

extension WindowedRows {
  fileprivate var withoutMarks: WindowedRows {
    WindowedRows(
      values.enumerated().map { $0.offset % 2 == 0 ? $0.element : 0 }, features: features,
      window: window, ends: ends.map(Int.init), labels: labels)
  }
}
