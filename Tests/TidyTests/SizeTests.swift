import Testing

/// A file is read at one sitting and a function fits on a screen; the formatter holds the width.
@Suite struct SizeTests {
  static let fileLines = 400
  static let functionLines = 50
  static let words = 100

  @Test func filesAreReadAtOneSitting() {
    for file in House.here.sources + House.here.tests where file.lines.count > Self.fileLines {
      Issue.record("\(file.path): \(file.lines.count) lines, at most \(Self.fileLines)")
    }
  }

  @Test func functionsFitOnAScreen() {
    for file in House.here.sources + House.here.tests {
      for function in file.functions where function.length > Self.functionLines {
        Issue.record(
          "\(file.path):\(function.line): \(function.length) lines, at most \(Self.functionLines)")
      }
    }
  }

  @Test func theMeasureFindsAFunction() {
    let body = Array(repeating: "    work()", count: 49).joined(separator: "\n")
    let file = SourceFile(path: "x", module: "x", text: "struct A {\n  func f() {\n\(body)\n  }\n}")
    #expect(file.functions.map(\.length) == [51])
  }
}
