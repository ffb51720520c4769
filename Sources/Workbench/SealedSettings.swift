public import Console

extension WorkSettings {
  /// The settings a version was made with, as its bundle keeps them, with our own paths. What later
  /// releases no longer know is left at its default.
  public func sealed(_ text: String) throws(Failure) -> WorkSettings {
    let known = Set(settings.entries.map(\.key))
    var changes: [(key: String, text: String)] = []
    for line in text.split(separator: "\n") {
      guard let colon = line.firstRange(of: ": ") else {
        throw Failure(.store, "a version's settings hold the line \"\(line)\"")
      }
      let (key, value) = (String(line[..<colon.lowerBound]), line[colon.upperBound...])
      guard known.contains(key) else { continue }
      // A text may stand in quotes there, and would keep them here.
      let document = YamlDocument(Array("value: \(value)".utf8), path: "settings.yaml")
      guard case .mapping(let pairs) = document.root.content, let pair = pairs.first else {
        continue
      }
      if case .scalar(let scalar, _) = pair.value.content {
        changes.append((key, scalar))
      } else {
        changes.append((key, String(value)))
      }
    }
    return try changing(changes)
  }
}
