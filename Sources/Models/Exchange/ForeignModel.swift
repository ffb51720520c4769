public import Features

/// A model that another program has made, the names it had for its features, and how it scales them: trees are asked
/// with raw values.
public struct ForeignModel: Hashable, Sendable {
  /// Whose file it is.
  public enum Format: String, CaseIterable, Hashable, Sendable {
    /// LightGBM's text model.
    case lightgbm
    /// What scripts/export_sklearn.py writes of scikit-learn's forests.
    case sklearn
    /// What scripts/export_network.py writes of networks of PyTorch and Keras.
    case network
  }

  public let names: [String]
  public let model: Model
  public let scaler: Scaler

  init(names: [String], model: Model, scaler: Scaler? = nil) {
    self.names = names
    self.model = model
    self.scaler = scaler ?? .identity(columns: names.count)
  }

  /// Reads a file, trusting nothing in it.
  public init(_ format: Format, _ bytes: [UInt8]) throws(ModelsError) {
    switch format {
    case .lightgbm:
      var reader = LightGbmReader(bytes)
      self = try reader.model()
    case .sklearn:
      var reader = PlainTreesReader(bytes)
      self = try reader.model()
    case .network:
      var reader = PlainNetworkReader(bytes)
      self = try reader.model()
    }
  }
}

/// A tree as other programs list it: nodes by number, children anywhere.
struct ForeignTree {
  /// Negative in a leaf.
  var features: [Int32]
  /// What goes left at most; the value in a leaf.
  var cuts: [Float]
  var lefts: [Int32]
  var rights: [Int32]
  var isMissingLeft: [Bool]
  var covers: [Float]
  var gains: [Float]
  /// By node: which set of categories goes left, if any.
  var sets: [Int: [Float]] = [:]

  /// The tree with children side by side behind their parent; `nil` where the nodes make none: a child that
  /// is not there or has two parents, or one too deep.
  func tree(columns: Int) -> Tree? {
    guard !features.isEmpty else { return nil }
    var tree = Tree()
    var isSeen = [Bool](repeating: false, count: features.count)
    var waiting = [(node: 0, place: 0, depth: 0)]
    while let (node, place, depth) = waiting.popLast() {
      guard features.indices ~= node, !isSeen[node], depth <= GrowthParameters.mostDepth else {
        return nil
      }
      isSeen[node] = true
      tree.covers[place] = sound(covers[node])
      guard features[node] >= 0 else {
        guard cuts[node].isFinite else { return nil }
        tree.nodes[place].cut = cuts[node]
        continue
      }
      guard Int(features[node]) < columns, !cuts[node].isNaN else { return nil }
      let left = tree.split(
        place, feature: Int(features[node]), cut: cuts[node], isMissingLeft: isMissingLeft[node],
        set: sets[node], gain: Double(sound(gains[node])))
      waiting.append((Int(rights[node]), left + 1, depth + 1))
      waiting.append((Int(lefts[node]), left, depth + 1))
    }
    return tree
  }

  /// What only explains need not be exact, but must be a number from nothing on.
  private func sound(_ value: Float) -> Float { value > 0 && value.isFinite ? value : 0 }
}

extension Float {
  /// The largest single-precision number that is not above a double: the same numbers are at most both.
  init(floor value: Double) {
    let near = Float(value)
    self = Double(near) > value ? near.nextDown : near
  }
}
