/// A stored model read by other code than the one that writes it: byte after byte, node after node.
public struct SlowModel {
  private indirect enum Kind {
    case zero
    case last(Int)
    case ridge(Double, [Double])
    case trees(base: Double, scale: Double, roots: [Int], nodes: [Node], sets: [[Float]])
    case sampled(trees: Kind, labels: [Float])
    case committee([(share: Double, knots: [Double], kind: Kind)], isRanked: Bool)
  }

  private struct Node {
    var feature = 0
    var cut: Float = 0
    var left = 0
    var detail = 0
  }

  private struct Fault: Error {}

  private var bytes: ArraySlice<UInt8>
  private var kind = Kind.zero

  /// `nil` where the bytes end too early or go on behind the model.
  public init?(_ bytes: [UInt8]) {
    self.bytes = bytes[...]
    guard let kind = try? read(), self.bytes.isEmpty else { return nil }
    self.kind = kind
  }

  public func forecast(_ row: [Float]) -> Double { Self.forecast(kind, row) }

  /// The least and the largest outcome that a forest's leaves tell of a row; `nil` where they tell none.
  public func extremes(_ row: [Float]) -> [Double]? {
    guard case .sampled(let trees, let labels) = kind else { return nil }
    let told = Self.leaves(trees, row).map { Double(labels[$0]) }
    return told.min().flatMap { least in told.max().map { [least, $0] } }
  }

  private mutating func bits(_ count: Int) throws(Fault) -> UInt64 {
    guard bytes.count >= count else { throw Fault() }
    var value: UInt64 = 0
    for shift in 0..<count { value |= UInt64(bytes.removeFirst()) << UInt64(8 * shift) }
    return value
  }

  private mutating func whole() throws(Fault) -> Int { Int(Int32(truncatingIfNeeded: try bits(4))) }
  private mutating func real() throws(Fault) -> Double { Double(bitPattern: try bits(8)) }
  private mutating func single() throws(Fault) -> Float {
    Float(bitPattern: UInt32(try bits(4)))
  }

  private mutating func many<Value>(
    _ one: (inout SlowModel) throws(Fault) -> Value
  ) throws(Fault) -> [Value] {
    let count = try bits(4)
    guard count <= bytes.count else { throw Fault() }
    var values: [Value] = []
    for _ in 0..<count { values.append(try one(&self)) }
    return values
  }

  private mutating func read() throws(Fault) -> Kind {
    let word = try bits(1)
    switch word {
    case 0: return .zero
    case 1: return .last(try whole())
    case 2:
      let intercept = try real()
      _ = (try real(), try real())
      return .ridge(intercept, try many { me throws(Fault) in try me.real() })
    case 3, 4: return try readTrees()
    case 7:
      let trees = try readTrees()
      return .sampled(trees: trees, labels: try many { me throws(Fault) in try me.single() })
    case 5:
      let isRanked = try bits(1) == 1
      let count = try bits(4)
      var members: [(share: Double, knots: [Double], kind: Kind)] = []
      for _ in 0..<min(count, 100) {
        let share = try real()
        let knots = isRanked ? try many { me throws(Fault) in try me.real() } : []
        members.append((share, knots, try read()))
      }
      return .committee(members, isRanked: isRanked)
    default: throw Fault()
    }
  }

  private mutating func readTrees() throws(Fault) -> Kind {
    _ = try whole()
    let (base, scale) = (try real(), try real())
    let roots = try many { me throws(Fault) in try me.whole() }
    let features = try many { me throws(Fault) in try me.whole() }
    var nodes = features.map { Node(feature: $0) }
    let cuts = try many { me throws(Fault) in try me.single() }
    let lefts = try many { me throws(Fault) in try me.whole() }
    let details = try many { me throws(Fault) in try me.whole() }
    _ = try many { me throws(Fault) in try me.single() }
    _ = try many { me throws(Fault) in try me.single() }
    let sets = try many { me throws(Fault) in try me.many { me throws(Fault) in try me.single() } }
    guard cuts.count == nodes.count, lefts.count == nodes.count, details.count == nodes.count else {
      throw Fault()
    }
    for place in nodes.indices {
      nodes[place] = Node(
        feature: features[place], cut: cuts[place], left: lefts[place], detail: details[place])
    }
    return .trees(base: base, scale: scale, roots: roots, nodes: nodes, sets: sets)
  }

  private static func forecast(_ kind: Kind, _ row: [Float]) -> Double {
    switch kind {
    case .zero: return 0
    case .last(let column): return Double(row[column])
    case .ridge(let intercept, let weights):
      return zip(weights, row).reduce(intercept) { $0 + $1.0 * Double($1.1) }
    case .trees(let base, let scale, _, let nodes, _):
      return base + scale * leaves(kind, row).reduce(0) { $0 + Double(nodes[$1].cut) }
    case .sampled(let trees, _): return forecast(trees, row)
    case .committee(let members, let isRanked):
      let answers = members.map { forecast($0.kind, row) }
      guard isRanked else { return zip(members, answers).reduce(0) { $0 + $1.0.share * $1.1 } }
      let mean = zip(members, answers).reduce(0) { $0 + $1.0.share * rank(of: $1.1, $1.0.knots) }
      return members.reduce(0) { $0 + $1.share * value(at: mean, $1.knots) }
    }
  }

  /// Where a row ends in each tree.
  private static func leaves(_ kind: Kind, _ row: [Float]) -> [Int] {
    guard case .trees(_, _, let roots, let nodes, let sets) = kind else { return [] }
    return roots.map { root in
      var place = root
      while nodes[place].feature >= 0 {
        let (node, value) = (nodes[place], row[nodes[place].feature])
        let isLeft =
          value.isNaN
          ? node.detail % 2 == 1
          : node.detail > 1 ? sets[node.detail / 2 - 1].contains(value) : value <= node.cut
        place = isLeft ? node.left : node.left + 1
      }
      return place
    }
  }

  private static func rank(of value: Double, _ knots: [Double]) -> Double {
    let steps = Double(knots.count - 1)
    if let first = knots.firstIndex(of: value), let last = knots.lastIndex(of: value) {
      return Double(first + last) / 2 / steps
    }
    guard let above = knots.firstIndex(where: { $0 > value }) else { return 1 }
    guard above > 0 else { return 0 }
    let share = (value - knots[above - 1]) / (knots[above] - knots[above - 1])
    return (Double(above - 1) + share) / steps
  }

  private static func value(at rank: Double, _ knots: [Double]) -> Double {
    let place = min(1, max(0, rank)) * Double(knots.count - 1)
    let left = min(Int(place), knots.count - 2)
    return knots[left] + (place - Double(left)) * (knots[left + 1] - knots[left])
  }
}
