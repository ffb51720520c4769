import Foundation

/// A Swift file of the package, as the house rules look at it.
struct SourceFile {
  /// The path below the package's root.
  let path: String
  /// The module's folder: the first one below `Sources`, or `bench`.
  let module: String
  let lines: [String]
  /// The lines with comments and string literals blanked out, so that rules meet code alone.
  let code: [String]

  init(path: String, module: String, text: String) {
    self.path = path
    self.module = module
    lines = text.components(separatedBy: "\n")
    code = Self.blanked(text).components(separatedBy: "\n")
  }

  /// Every module named by an import, with the line it stands on.
  var imports: [(module: String, line: Int)] {
    let kinds = "struct|class|enum|protocol|func|var|let|typealias"
    guard let pattern = try? Regex("\\bimport\\s+(?:(?:\(kinds))\\s+)?([A-Za-z_][A-Za-z0-9_]*)")
    else { return [] }
    return code.enumerated().flatMap { number, line in
      line.matches(of: pattern).compactMap { match in
        match.output[1].substring.map { (String($0), number + 1) }
      }
    }
  }

  /// Functions, initialisers and computed properties, found by the indentation that the formatter leaves behind.
  var functions: [(line: Int, length: Int)] {
    code.indices.compactMap { start in
      let words = code[start].split(separator: " ").map(String.init)
      let opens = words.contains { word in
        word == "func" || word == "var" || word.hasPrefix("init(") || word.hasPrefix("init<")
          || word.hasPrefix("init?(") || word.hasPrefix("subscript(")
      }
      guard opens else { return nil }
      let indent = String(code[start].prefix { $0 == " " })
      let close = code[start...].dropFirst().firstIndex { line in
        line == indent + "}"
          || (line.hasPrefix(indent) && !line.hasPrefix(indent + " ")
            && !line.hasPrefix(indent + ")") && !line.hasPrefix(indent + "}"))
      }
      guard let close, code[close] == indent + "}" else { return nil }
      return (start + 1, close - start + 1)
    }
  }

  /// Names of the types the file declares.
  var types: [(name: String, line: Int)] {
    code.enumerated().flatMap { number, line in
      line.matches(of: /\b(?:struct|class|enum|protocol|actor)\s+([A-Z][A-Za-z0-9_]*)/)
        .map { (String($0.output.1), number + 1) }
    }
  }

  /// Replaces what comments and string literals hold by spaces, keeping the lines.
  private static func blanked(_ text: String) -> String {
    var result = ""
    var rest = Substring(text)
    while let character = rest.first {
      if rest.hasPrefix("//") {
        rest = rest.drop { $0 != "\n" }
      } else if rest.hasPrefix("\"\"\"") {
        rest = skip(rest.dropFirst(3), to: "\"\"\"", keepingLinesIn: &result)
      } else if character == "\"" {
        rest = skip(rest.dropFirst(), to: "\"", keepingLinesIn: &result)
      } else {
        result.append(character)
        rest = rest.dropFirst()
      }
    }
    return result
  }

  /// Drops a literal's text up to its closing mark; an interpolation inside it is dropped with it.
  private static func skip(
    _ text: Substring, to mark: String, keepingLinesIn result: inout String
  ) -> Substring {
    var rest = text
    while let character = rest.first, !rest.hasPrefix(mark) {
      if character == "\n" {
        result.append("\n")
        // An unclosed single-line literal ends with its line.
        if mark.count == 1 { return rest.dropFirst() }
      }
      rest = rest.dropFirst(character == "\\" ? 2 : 1)
    }
    return rest.dropFirst(mark.count)
  }
}

/// The package's own files, read once.
struct House {
  let root: URL
  let sources: [SourceFile]

  static let here = House()

  private init() {
    root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    sources =
      Self.swiftFiles(below: root.appending(path: "Sources"), root: root) {
        $0.split(separator: "/").dropFirst().first.map(String.init) ?? ""
      }
      + Self.swiftFiles(below: root.appending(path: "Benchmarks"), root: root) { _ in "bench" }
      + Self.swiftFiles(below: root.appending(path: "notebooks-as-scripts"), root: root) { _ in
        "notebooks"
      }
  }

  var tests: [SourceFile] {
    Self.swiftFiles(below: root.appending(path: "Tests"), root: root) {
      $0.split(separator: "/").dropFirst().first.map(String.init) ?? ""
    }
  }

  func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  private static func swiftFiles(
    below folder: URL, root: URL, module: (String) -> String
  ) -> [SourceFile] {
    let walker = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    var files: [SourceFile] = []
    while let url = walker?.nextObject() as? URL {
      guard url.pathExtension == "swift", let text = try? String(contentsOf: url, encoding: .utf8)
      else { continue }
      let path = String(url.path.dropFirst(root.path.count + 1))
      files.append(SourceFile(path: path, module: module(path), text: text))
    }
    return files.sorted { $0.path < $1.path }
  }
}
