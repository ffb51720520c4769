/// How a tree grows; that it exists means that its numbers were checked.
public struct GrowthParameters: Hashable, Sendable {
  /// Which leaf is split next.
  public enum Order: String, CaseIterable, Hashable, Sendable {
    /// The one that gains most: fewer leaves for the same fit.
    case leafwise
    /// The nearest to the root: balanced trees.
    case depthwise
  }

  /// What a forecast may do as a feature rises.
  public enum Direction: Int, Hashable, Sendable {
    case falling = -1
    case free = 0
    case rising = 1
  }

  public var order = Order.leafwise
  public var leaves = 31
  /// Splits between the root and any leaf; `nil` for no limit.
  public var depth: Int?
  public var leastLeafRows = 20
  /// And the least share of all rows, so that longer histories do not mean smaller leaves.
  public var leastLeafShare = 0.0
  /// What a split must gain, in squared units of the label.
  public var leastGain = 0.0
  /// Penalties on the absolute and on the squared value of a leaf.
  public var l1 = 0.0
  public var l2 = 0.0
  /// The share of features that a tree and, of these, that a node may choose from.
  public var treeFeatures = 1.0
  public var nodeFeatures = 1.0
  /// Codes a feature, not counting that of the absent.
  public var bins = 255
  /// By column; columns beyond are free.
  public var directions: [Direction] = []
  /// Columns whose numbers are names.
  public var categories: Set<Int> = []

  /// No leaf lies deeper, whatever was asked for.
  public static let mostDepth = 1_000
  public static let mostLeaves = 1_000_000

  public init() {}

  /// Refuses numbers out of range, with the name at fault.
  func check() throws(ModelsError) {
    try inRange("leaves", leaves, 2...Self.mostLeaves)
    if let depth { try inRange("depth", depth, 1...Self.mostDepth) }
    try inRange("rows of a leaf", leastLeafRows, 1...1_000_000_000)
    try inRange("bins", bins, 2...255)
    guard 0...0.5 ~= leastLeafShare else {
      throw .badParameter(
        name: "share of a leaf", found: "\(leastLeafShare)", expected: "0 to 0.5")
    }
    for (name, value) in [("least gain", leastGain), ("l1", l1), ("l2", l2)] {
      guard value >= 0, value.isFinite else {
        throw .badParameter(name: name, found: "\(value)", expected: "a number from 0 on")
      }
    }
    for (name, share) in [
      ("features of a tree", treeFeatures), ("features of a node", nodeFeatures),
    ] {
      try inShare(name, share)
    }
    for column in categories.sorted() where directions.indices.contains(column) {
      guard directions[column] == .free else {
        throw .badParameter(
          name: "direction of column \(column + 1)", found: "\(directions[column])",
          expected: "none, as it holds categories")
      }
    }
  }

  /// What a leaf must hold of so many rows.
  func leastRows(of rows: Int) -> Int {
    max(leastLeafRows, Int((leastLeafShare * Double(rows)).rounded(.up)))
  }

  /// The same for some of the columns, in that order.
  func choosing(_ columns: [Int]) -> GrowthParameters {
    var other = self
    other.directions = isDirected ? columns.map(direction) : []
    other.categories = Set(columns.indices.filter { categories.contains(columns[$0]) })
    return other
  }

  /// Whether any column is bound to a direction.
  var isDirected: Bool { directions.contains { $0 != .free } }

  func direction(_ column: Int) -> Direction {
    directions.indices.contains(column) ? directions[column] : .free
  }
}

func inRange(_ name: String, _ value: Int, _ range: ClosedRange<Int>) throws(ModelsError) {
  guard range ~= value else {
    throw .badParameter(
      name: name, found: "\(value)", expected: "\(range.lowerBound) to \(range.upperBound)")
  }
}

func inShare(_ name: String, _ value: Double) throws(ModelsError) {
  guard value > 0, value <= 1 else {
    throw .badParameter(name: name, found: "\(value)", expected: "more than 0, at most 1")
  }
}
