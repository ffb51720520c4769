internal import Market
internal import Numerics

/// Adjacent columns of a feature matrix with the state that fills them: what one worker works at.
struct ColumnStrip {
  var state: FeatureState
  /// Per row, whether all of these columns are finite numbers.
  private(set) var isWhole: [Bool]
  /// Per column, how many values are not.
  private(set) var absences: [Int]

  init(_ state: FeatureState, rows: Int) {
    self.state = state
    isWhole = Array(repeating: true, count: rows)
    absences = Array(repeating: 0, count: state.recipe.count)
  }

  /// Writes every value of the columns, which lie in `target` one after the other.
  mutating func fill(_ target: UnsafeMutableBufferPointer<Float>, _ bars: [Bar]) {
    let rows = bars.count
    bars.withUnsafeBufferPointer { bars in
      var row = 0
      while row < rows {
        row += state.take(firstOf: UnsafeBufferPointer(rebasing: bars[row...])) { column, found in
          let start = column * rows + row
          let place = UnsafeMutableBufferPointer(rebasing: target[start..<start + found.count])
          guard let first = place.baseAddress, !PastCaches.round(found, to: first) else { return }
          absences[column] += place.settleAbsences { isWhole[row + $0] = false }
        }
      }
    }
  }
}

extension UnsafeMutableBufferPointer<Float> {
  /// Makes every value that is no finite number the one NaN, names its place and counts it.
  fileprivate func settleAbsences(_ mark: (Int) -> Void) -> Int {
    var absent = 0
    for index in 0..<count where !self[index].isFinite {
      self[index] = .nan
      mark(index)
      absent += 1
    }
    return absent
  }
}
