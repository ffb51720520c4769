@testable import Features

extension Vocabulary {
  /// One call of every function there is, over a series.
  static func samples(over series: String) -> [String] {
    functions.map { function in
      let arguments = function.parameters.enumerated().map { index, parameter in
        switch parameter {
        case .series, .framed, .usual: series
        case .bars: "\(3 + index)"
        case .number: "\(index)"
        case .share: "0.\(index)"
        }
      }
      return "\(function.name)(\(arguments.joined(separator: ", ")))"
    }
  }
}
