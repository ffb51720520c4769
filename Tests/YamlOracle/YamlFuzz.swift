internal import Console

/// The comparison of the strict reader with the slow one over seeded documents.
public struct YamlFuzz {
  public private(set) var documents = 0
  public private(set) var accepted = 0
  /// Documents that one reader takes and the other refuses, or that mean two things.
  public private(set) var disagreements: [Disagreement] = []

  public struct Disagreement {
    public let number: Int
    public let bytes: [UInt8]
    public let fast: String
    public let slow: String
  }

  /// Stops early after a few disagreements; more of them would tell nothing new.
  public static func run(mutations: Int, seed: UInt64) -> YamlFuzz {
    var fuzz = YamlFuzz()
    var source = YamlMutation(seed: seed)
    while fuzz.documents < mutations, fuzz.disagreements.count < 10 {
      fuzz.compare(source.document())
    }
    return fuzz
  }

  private mutating func compare(_ bytes: [UInt8]) {
    documents += 1
    let document = YamlDocument(bytes, path: "fuzz.yaml")
    let slow = Result { () throws(SlowYaml.Refusal) in try SlowYaml.read(bytes) }
    switch (document.faults.first, slow) {
    case (nil, .success(let tree)):
      accepted += 1
      if agree(document.root, tree) { return }
      record(bytes, "\(document.root)", "\(tree)")
    case (nil, .failure(let refusal)):
      record(bytes, "accepted", "\(refusal)")
    case (let fault?, .success):
      record(bytes, "\(fault)", "accepted")
    case (_?, .failure):
      return
    }
  }

  private mutating func record(_ bytes: [UInt8], _ fast: String, _ slow: String) {
    disagreements.append(
      Disagreement(number: documents, bytes: bytes, fast: fast, slow: slow))
  }
}

/// Same kinds, same texts, same places; only where nothing is written is no place compared.
func agree(_ fast: YamlNode, _ slow: SlowNode) -> Bool {
  let isSamePlace = fast.line == slow.line && fast.column == slow.column
  switch (fast.content, slow.content) {
  case (.scalar(let left, let quoted), .scalar(let right, let slowQuoted)):
    return quoted == slowQuoted && left.unicodeScalars.elementsEqual(right)
      && (isSamePlace || (right.isEmpty && !quoted))
  case (.sequence(let left), .sequence(let right)):
    return isSamePlace && left.count == right.count && zip(left, right).allSatisfy(agree)
  case (.mapping(let left), .mapping(let right)):
    return isSamePlace && left.count == right.count
      && zip(left, right).allSatisfy { pair, slowPair in
        pair.key.unicodeScalars.elementsEqual(slowPair.text)
          && pair.line == slowPair.key.line && pair.column == slowPair.key.column
          && agree(pair.value, slowPair.value)
      }
  default:
    return false
  }
}
