internal import Numerics

/// How many features a model is given, and by what they are chosen.
public struct SelectionRule: Hashable, Sendable {
  public enum Criterion: String, CaseIterable, Hashable, Sendable {
    /// What a feature tells of the label by itself, whatever the shape.
    case information
    /// What trees grown on all of them gained through it.
    case importance
  }

  public let count: Int
  public let criterion: Criterion
  /// Two features whose ranks correlate above it are twins: the weaker one goes.
  public let twinCorrelation: Double

  public init(count: Int, criterion: Criterion = .information, twinCorrelation: Double = 0.95) {
    precondition(count > 0 && 0 < twinCorrelation && twinCorrelation <= 1, "something to choose")
    self.count = count
    self.criterion = criterion
    self.twinCorrelation = twinCorrelation
  }
}

/// Which features were chosen, and what became of each of the others.
public struct Selection: Hashable, Sendable {
  public enum Verdict: Hashable, Sendable {
    case kept
    /// It hardly moves on the training rows.
    case still
    /// It tells the same as a better one.
    case twin(of: String)
    /// Others tell more.
    case weaker
  }

  public struct Mark: Hashable, Sendable {
    public let name: String
    /// Nats of information about the label, or the share of what trees gained.
    public let relevance: Double
    public let verdict: Verdict

    public init(name: String, relevance: Double, verdict: Verdict) {
      self.name = name
      self.relevance = relevance
      self.verdict = verdict
    }
  }

  /// One for each feature, in the recipe's order.
  public let marks: [Mark]

  /// One that was made before and kept as bytes.
  public init(marks: [Mark]) { self.marks = marks }

  /// The columns kept, in the recipe's order.
  public var columns: [Int] { marks.indices.filter { marks[$0].verdict == .kept } }

  /// Chooses by the rows given alone, thinned evenly where they are many. `importance` holds a number
  /// for each feature where that is the criterion.
  public init(
    _ rule: SelectionRule, fitting matrix: FeatureMatrix, rows: [Int], outcomes: [Double],
    importance: [Double]? = nil
  ) {
    precondition(rows.count == outcomes.count && !rows.isEmpty, "an outcome for each row")
    let places = Selection.thinned(rows.count)
    let ranked = (0..<matrix.columns).map { column in
      RankedColumn(places.map { Double(matrix[rows[$0], column]) })
    }
    let target = RankedColumn(places.map { outcomes[$0] })
    let relevance = importance ?? ranked.map { $0.information(about: target) }
    var verdicts = ranked.map { $0.isStill ? Verdict.still : .weaker }
    let order = ranked.indices.filter { !ranked[$0].isStill }
      .sorted { (-relevance[$0], $0) < (-relevance[$1], $1) }
    var kept: [Int] = []
    for column in order where kept.count < rule.count {
      let twin = kept.first {
        abs(ranked[$0].correlation(with: ranked[column])) > rule.twinCorrelation
      }
      if let twin {
        verdicts[column] = .twin(of: matrix.names[twin])
      } else {
        verdicts[column] = .kept
        kept.append(column)
      }
    }
    // A market that stands still leaves nothing to choose by: the first feature stands for all.
    if kept.isEmpty { verdicts[0] = .kept }
    marks = ranked.indices.map {
      Mark(name: matrix.names[$0], relevance: relevance[$0], verdict: verdicts[$0])
    }
  }

  /// Enough rows to rank by: more change nothing that noise does not.
  private static let mostRows = 20_000

  /// At most so many of the places, evenly spread.
  static func thinned(_ count: Int) -> [Int] {
    guard count > mostRows else { return Array(0..<count) }
    return (0..<mostRows).map { $0 * count / mostRows }
  }
}

extension Selection: CustomStringConvertible {
  /// A line per feature, for the record.
  public var description: String {
    marks.reduce(into: "") { text, mark in
      text += "\(mark.name)\t\(mark.relevance)\t"
      switch mark.verdict {
      case .kept: text += "kept\n"
      case .still: text += "hardly moves\n"
      case .twin(let name): text += "twin of \(name)\n"
      case .weaker: text += "weaker\n"
      }
    }
  }
}
