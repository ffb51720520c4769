/// How p values are raised when many tests were made.
public enum Correction: String, CaseIterable, Sendable {
  /// Any error at all, the crudest bound: n·p.
  case bonferroni
  /// Any error at all, step by step from the smallest p.
  case holm
  /// The share of errors among what is found, for tests that are independent or rise together (Benjamini and
  /// Hochberg).
  case hochberg
  /// The same share whatever the dependence (Benjamini and Yekutieli).
  case yekutieli

  /// The corrected p value of each, in the order given.
  public func applied(to values: [Double]) -> [Double] {
    let count = values.count
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    let sorted = order.map { values[$0] }
    var raised: [Double]
    switch self {
    case .bonferroni: raised = sorted.map { $0 * Double(count) }
    case .holm:
      raised = sorted.indices.map { sorted[$0] * Double(count - $0) }
      for place in raised.indices.dropFirst() {
        raised[place] = max(raised[place], raised[place - 1])
      }
    case .hochberg, .yekutieli:
      let harmonic = self == .yekutieli ? (1...max(1, count)).reduce(0) { $0 + 1 / Double($1) } : 1
      raised = sorted.indices.map { sorted[$0] * harmonic * Double(count) / Double($0 + 1) }
      for place in raised.indices.dropLast().reversed() {
        raised[place] = min(raised[place], raised[place + 1])
      }
    }
    var answer = [Double](repeating: 0, count: count)
    for (place, index) in order.enumerated() { answer[index] = min(1, raised[place]) }
    return answer
  }
}
