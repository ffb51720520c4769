public import Bytes
public import Market
public import Models

/// Why an experiment could not be run or its evidence not be read.
public enum TrainingError: Error, Equatable, Sendable {
  case badParameter(name: String, found: String, expected: String)
  /// The history is shorter than the first training window and one day of test.
  case tooFewDays(found: Int, needed: Int)
  /// Nothing is left to learn from before this fold's test.
  case noTrainingRows(fold: Int, testFrom: TradingDay)
  /// No row is whole, settled and labelled.
  case noRows
  case model(ModelsError)
  case damagedEvidence(BytesError)
}

extension TrainingError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .badParameter(let name, let found, let expected):
      "\(name): found \(found), expected \(expected)"
    case .tooFewDays(let found, let needed):
      "\(found) trading days of history, \(needed) are needed: load more or shorten the windows"
    case .noTrainingRows(let fold, let day):
      "fold \(fold): no row before \(day) is left to learn from: lengthen the training window"
    case .noRows: "no row has all its features and a label: the history is shorter than the warm-up"
    case .model(let error): "\(error)"
    case .damagedEvidence(let error): "the evidence is damaged: \(error)"
    }
  }
}
