/// A setting that holds a value, with its dotted key.
struct Leaf {
  let key: String
  let kind: Kind
  let shipped: String?
  let help: String
}

extension [Setting] {
  /// All values in the order of the schema, sections opened.
  func leaves(below prefix: String = "") -> [Leaf] {
    flatMap { setting -> [Leaf] in
      let key = prefix + setting.name
      switch setting.content {
      case .section(let inner): return inner.leaves(below: key + ".")
      case .leaf(let kind, let shipped):
        return [Leaf(key: key, kind: kind, shipped: shipped, help: setting.help)]
      }
    }
  }
}
